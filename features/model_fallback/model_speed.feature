@modelhub
Feature: Models that become slower are noticed
  The product owner wants to hear from the hub, not from the users, that a model became slower and what to do about it.
  Proves MH-HEALTH-03.

  @integration @persona-power-user @MH-HEALTH-03
  Scenario Outline: A model that became 20 percent slower together with another <cause> is told
    When Pavel runs a model 5 times as usual and then 5 times three times as long with another <cause>
    Then Pavel is told by how much the model became slower, that it goes together with the <cause>, and what to do

    Examples:
      | cause      |
      | resolution |
      | load       |
      | version    |

  @integration @persona-power-user @MH-HEALTH-03
  Scenario: A model that runs as before is not complained about
    When Pavel runs a model 5 times and 5 times again in the same way
    Then the speed of the model is told as stable and nothing is recommended
