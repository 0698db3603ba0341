@chattrain @websocket @persona-competent @CT-JOURNEY-05
Feature: A training leaves time to think
  A trainee reads the manual between two answers and may say nothing for minutes. The pilot plans 30 minutes for a
  training, so the conversation has to be there when she comes back to it, on the connection she opened.
  Proves the long training (criterion CT-JOURNEY-05); the report says which length was run.

  @patient
  Scenario: Silences of a minute and more do not break a training
    Given Emma has opened the customer service training
    When Emma answers the customer 6 times with silences of 60 and 90 seconds in between
    Then the connection of Emma stays open through every silence
    And every line of Emma earned a reply, a score and a comment
    And Emma trained for at least 2.5 minutes on one connection, giving 6 answers

  @soak
  Scenario: A training of 30 minutes runs to its end on one connection
    Given the run plays silences in their true length
    And Emma has opened the customer service training
    When Emma answers the customer 6 times, evenly over 30 minutes
    Then the connection of Emma stays open through every silence
    And every line of Emma earned a reply, a score and a comment
    And Emma trained for at least 30 minutes on one connection, giving 6 answers
