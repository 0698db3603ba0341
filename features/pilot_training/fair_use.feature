@chattrain @persona-fast-typist
Feature: Nobody takes more than a fair share
  The operator of the pilot wants one trainee who sends too much, by mistake or on purpose, to be slowed down politely,
  while all others train on without noticing, and wants that trainee back in a moment later.
  Proves the criteria CT-SEC-05 and CT-SEC-06.

  @websocket @patient @persona-competent @CT-SEC-05
  Scenario: A trainee who floods the chat is slowed down and nobody else is
    Given David has opened the customer service training
    When David sends 30 lines at once and 10 more after 15 seconds, while Emma trains
    Then every line of Emma was answered within 3 seconds
    And 20 to 25 lines sent within 10 seconds were accepted
    And 4 to 7 lines sent after the pause were accepted
    And David was told for every other line that it was too fast and how long to wait
    And exactly the accepted lines of David were kept

  @api @persona-competent @CT-SEC-06
  Scenario: A user who opens sessions without end is stopped and nobody else is
    When David opens 50 sessions of the customer service training at once, while Emma opens one
    Then at least 20 and at most 25 of these sessions were opened
    And David was told for every other session how long to wait
    And the session of Emma was opened
