@modelhub
Feature: A hub that runs out of something says so, keeps what it has, and recovers
  The product owner knows that disks fill up and that crowds come. Nothing that is installed may suffer, whoever cannot
  be served is told so politely, and afterwards everything is as before.
  Proves MH-RESIL-04 and MH-RESIL-05.

  @integration @fault @persona-power-user @MH-RESIL-04
  Scenario: A full storage stops downloads with a clear message and nothing else
    Given the hub has only the text model and the image model installed
    When Pavel downloads the fast model into a storage that is too small, then into one that becomes full on the way, and removes the image model
    Then the first start is refused before one byte is fetched, with what to do about it
    And the download that was under way is stopped within 5 seconds, with what to do about it
    And the 2 models that were there stay whole and one of them is used, and nothing half-written is in use
    And a new start after the removal goes on from the bytes that are there and arrives whole

  @load @fault @serial @websocket @persona-regular-user @MH-RESIL-05
  Scenario: Too many lines, generations and requests at once are turned away politely, and soon all is as before
    Given the hub has only the text model and the fast model installed
    When all this comes together with an inspection of all models while a download of Rosa runs
      | what                    | number |
      | lines                   | 320    |
      | of them never read      | 20     |
      | waiting generations     | 200    |
      | generations beyond them | 20     |
      | requests                | 300    |
    Then at most 300 of 320 lines are let in, and the others are told that they are too many
    And no more than 200 generations wait, and who comes beyond or is not served is told when to come again
    And within 30 seconds everything is as before, with as few open files and a new line let in
    And the running download arrives whole and each generation that was taken is completed
    And all the time the hub says within 1 second that it is alive
