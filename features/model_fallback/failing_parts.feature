@modelhub @fault @serial @integration
Feature: A part that fails takes nothing else with it
  The hub's owner knows that processes die, that event stores and databases go away, and that this happens several times
  on one bad day. Whatever is left has to go on, nothing that was confirmed may be lost or done twice, nobody may be told
  of models that are not there, and everything has to be well again soon after the last part is back.
  Proves MH-RESIL-01, MH-RESIL-06, MH-RESIL-07, MH-RESIL-08 and MH-RESIL-09.

  @load @persona-regular-user @MH-RESIL-01
  Scenario: When processes fail one after another the others go on, and everything is whole again 15 seconds after their return
    Given the hub has only the text model installed
    And 5 others use the hub
    When monitor, generator and downloader stop in turn, 5 seconds apart, and are started again while Rosa works on
    Then whatever does not need the stopped part goes on, and the rest is taken and waits
    And of at least 100 looks at status, health and alternatives 99 of 100 are answered
    And everything is whole again within 15 seconds of the return of the last part
    And every generation is done once, and each of the 2 downloads arrives with at most 1 MB twice for an interruption

  @load @persona-regular-user @MH-RESIL-06
  Scenario: Several failures at once reduce the service and lose nothing
    Given the hub has only the text model and the fast model installed
    And 20 others use the hub
    When source, downloader and space are lost and a model is damaged, all at once for 30 seconds, in a download of Rosa
    Then of at least 400 looks at status, health and alternatives 95 of 100 are answered
    And no look offers a model that is not whole, or misses the one that is
    And everything is whole again within 30 seconds of the return of the last part
    And the download arrives, every generation is done once, and all counts agree with the models

  @persona-regular-user @MH-RESIL-07
  Scenario: No process that is killed takes a download, generation, waiting request, setting or count along
    Given the hub has only the fast model installed
    When monitor, generator, downloader and the answering process are killed in the middle of Rosa's work, 3 times each
    Then after each of the 12 times every list is as it was before
    And each of the 3 generations that were killed is done once more or given up with a sentence, within 30 seconds
    And the download arrives with at most 1 MB twice for each of the 3 interruptions
    And nothing is left hanging, and every generation and every request that waited is done once

  @load @websocket @persona-regular-user @MH-RESIL-08
  Scenario: Losing the event store costs notices only, and these come back within 10 seconds
    Given the hub has only the text model installed
    And 5 others use the hub
    When the event store is away for 20 seconds in the middle of a download and a generation of Rosa
    Then the health tells of it within 5 seconds
    And the work that was under way ends meanwhile, and nothing of at least 100 wishes and looks fails
    And notices come again within 10 seconds of its return, and new listeners are told the truth
    And every generation is done once, and each of the 2 downloads arrives with at most 1 MB twice for an interruption

  @persona-regular-user @MH-RESIL-09
  Scenario: Without its database the hub turns everybody away clearly and soon, and serves again 15 seconds after its return
    Given the hub has only the text model installed
    When the database is away for 20 seconds in the middle of a download of Rosa while 4 people ask for everything
    Then each of at least 60 calls is turned away within 2 seconds with the time to come again and what to do
    And the health tells within 5 seconds that the hub cannot be used, and is good within 15 seconds of the return
    And all lists are as they were before, and the download arrives with the published bytes
