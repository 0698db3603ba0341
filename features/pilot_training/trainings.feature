@chattrain @integration
Feature: Whole trainings lead to an end and to a fair score
  The product owner signs when the pilot works as a whole: its users train both scenarios to the end, the customer of
  each is a person of their own, and a competent answer is worth more than a careless one.
  Proves the journeys of the pilot beyond the first one (criteria CT-JOURNEY).

  @quick @persona-competent @CT-JOURNEY-02
  Scenario Outline: Full answers complete the <training> training
    Given Emma has opened the <training> training
    When Emma answers the customer <count> times
    Then the training of Emma ends as completed within 3 seconds of the last feedback
    And the summary of Emma covers <count> exchanges
    And the training of Emma is kept as completed

    Examples:
      | training         | count |
      | customer service | 4     |
      | claim handling   | 5     |

  @CT-JOURNEY-03
  Scenario: Five pilot users complete at least 8 of their 10 trainings
    Given 5 pilot users are ready to train
    When each of them trains customer service and directly after it claim handling
    Then at least 8 of the 10 trainings are completed
    And the first training of each pilot user stays as it was at its end

  @persona-competent @persona-careless @CT-JOURNEY-04
  Scenario: Competent pilot users score high and careless ones low
    Given 5 pilot users are ready to train
    When they train both with full answers while David gives 3 full answers and Chloe does not care
    Then every single training of the pilot users scores at least 80 on average
    And the 10 trainings score at least 75 on average
    And the 3 full answers of David score at least 70 on average
    And the answers of Chloe score below 50 on average

  @persona-first-time @CT-JOURNEY-06
  Scenario: Every customer has a problem of their own and more than one thing to say
    When Ben says 6 different things in each pilot training
    Then every customer opens with the problem of the training
    And no two customers open with the same words
    And every customer gives at least 3 different replies
    And no customer speaks of the other training

  @quick @persona-fast-typist @CT-JOURNEY-07
  Scenario: Every training on the list can be trained
    When David says a polite line in every training on the list
    Then every training on the list replies to the line, rates it and comments on it
    And the polite line is worth more than nothing in every training
