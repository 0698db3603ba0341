@chattrain @fault
Feature: A crash or a lost database loses nothing that was confirmed
  The product owner promises the pilot users that a confirmed line is a kept line. That has to hold when the system is
  killed at the worst moment and when its database cannot be used for a while.
  Proves CT-RESIL-05 and CT-RESIL-06.

  @integration @persona-competent @CT-RESIL-05
  Scenario: A system that is killed comes back with every session, confirmed line, score and state
    Given Emma has completed the claim handling training
    And Ben has held 2 exchanges of the customer service training
    When the system is killed the moment the next line of Ben is confirmed, and started again
    Then the system is ready within 10 seconds
    And Ben is back in his training with everything that was confirmed, and can go on
    And the training of Emma is still completed, with all that was said in it

  @integration @persona-careless @CT-RESIL-06
  Scenario: Without its database the system says so, confirms nothing, and recovers by itself
    Given Chloe has held 2 exchanges of the customer service training
    And Emma has held 2 exchanges of the claim handling training
    When the database is gone for 10 seconds while Chloe talks, Ben asks for sessions and Emma waits for an answer
    Then every line of Chloe is refused within 3 seconds, and none is confirmed
    And every wish of Ben is turned away within 3 seconds
    And within 10 seconds of its return lines and sessions are taken again
    And everything that Chloe and Emma had confirmed is kept, and nothing else
