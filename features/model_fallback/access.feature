@modelhub @api
Feature: Everybody at the hub reaches what is theirs, and nothing else
  The hub's owner wants strangers to reach nothing, users to work without seeing each other's work, and what concerns
  everybody to be changed by administrators alone, in their name.
  Proves MH-SEC-01, MH-SEC-02 and MH-SEC-03; what is public and what is reserved stands in
  personas/material/modelhub_access.yaml.

  @quick @websocket @persona-regular-user @MH-SEC-01
  Scenario: Whoever has not signed in at the hub learns nothing and changes nothing
    When somebody like Rosa tries every service and every live line of the hub without signing in
    Then each service that is not public tells the stranger to sign in, and nothing else
    And every live line turns the stranger away without a word
    And what is public answers the stranger

  @persona-regular-user @persona-second-user @MH-SEC-02
  Scenario: What concerns everybody is reserved to administrators
    Given the hub has only the fast model installed
    And Viktor is downloading the text model slowly
    When Rosa tries everything that is reserved to administrators, with her own token and with forged ones
    Then all of it is refused because she is no administrator
    And a forged role opens nothing
    And everything at the hub is as it was before

  @persona-power-user @MH-SEC-02
  Scenario: What administrators do is written down as theirs
    Given the hub has only the fast model and the image model installed
    When Pavel changes a policy, has an update installed and taken back, deletes a model and frees space
    Then all of it is done
    And the trail of changes holds each of these as done by the administrator

  @websocket @persona-regular-user @persona-second-user @MH-SEC-03
  Scenario: Two users never see anything of each other
    Given the hub has no model installed
    When Rosa and Viktor each have 10 generations at the same time, and look for everything of the other
    Then neither sees anything of the other in lists, live messages, figures or refusals
    And each was told live of all 10 generations of their own
    And what belongs to the other is answered exactly like what does not exist
    And the preferences of each are their own
