@modelhub
Feature: Updates of models do no harm
  The product owner wants new versions to reach the users without a pause, and a failed update to be no loss.
  Proves MH-UPD-01, 02 and 03.

  @websocket @persona-regular-user @MH-UPD-01
  Scenario: Newer versions are offered and told, older and unfinished ones are not
    When these versions are published behind models of version 2.0.0, and Rosa only listens
      | published    | offered as  |
      | 2.0.1        | patch       |
      | 2.1.0        | minor       |
      | 3.0.0        | major       |
      | 2.0.1 urgent | hotfix      |
      | 1.9.9        | not offered |
      | 2.0.0-rc1    | not offered |
      | 2.0.0        | not offered |
    Then within 15 seconds each of the 7 is offered or not as listed, and none is installed unasked

  @integration @persona-power-user @MH-UPD-02
  Scenario: A new version takes over by itself once it is whole
    When Pavel approves an update that takes some seconds while Rosa generates every second
    Then no generation is refused, and the old version stays whole until the new one is there
    And the version changes once by itself
    And only the files that changed were fetched

  @integration @persona-power-user @MH-UPD-03
  Scenario Outline: The previous version stays in use when <trouble>
    When Pavel approves an update and <trouble>
    Then the previous version is whole and generates within 10 seconds, and a sentence says what went wrong

    Examples:
      | trouble                                  |
      | a file has other contents than published |
      | the source is lost half-way              |
      | the space runs out half-way              |
      | the new version cannot be loaded         |

  @fault @serial @persona-power-user @MH-UPD-03
  Scenario: A hub that is killed while it installs an update finds its way back
    When the hub is killed at the moment in which it installs an update of Pavel
    Then afterwards one of the two versions is whole and generates, and the update is over

  @api @persona-power-user @MH-UPD-03
  Scenario: A power user goes back to the version before an update
    When Pavel goes back from an update, and tries the same without an earlier version
    Then the version before it is whole and generates within 10 seconds
    And going back without an earlier version is refused
