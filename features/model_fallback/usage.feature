@modelhub
Feature: The figures of use are true
  The product owner decides by the figures of use which models to keep and to improve, and wants every real use counted
  once and nothing invented. Proves MH-ANA-01 and 02.

  @integration @persona-regular-user @MH-ANA-01
  Scenario: Every real run counts once with its time and outcome
    When Rosa runs one model 9 times and another 4 times, cancels a run, has a mock made, and 2 runs fail
    Then within 5 seconds each real run is counted once with its time, its outcome, its day and its hour
    And the totals add up, and the most used model is named

  @integration @persona-power-user @MH-ANA-02
  Scenario: The most used model and the busy hours are named, and nothing is invented
    When Pavel runs one model 9 times and another 4 times in mixed spelling, and has 6 mocks of the other made
    Then within 5 seconds each real run is counted once with its time, its outcome, its day and its hour
    And the totals add up, and the most used model is named
    And nothing is told of the use of a model that nobody used
