@chattrain @persona-stranger
Feature: Strangers stay outside
  The owner of the pilot wants every training to belong to the one person who opened it, the customer's words to come
  from the system alone, and the trainees' browsers to be of no use to foreign websites.
  Proves the criteria CT-SEC-07 to CT-SEC-09.

  @quick @websocket @CT-SEC-07
  Scenario: Knowing the number of a session opens no door to it
    Given Emma is in the middle of a customer service training
    When Mallory tries to enter and to read the session of Emma
    Then Mallory is turned away from the chat every time
    And Mallory is denied every reading of the session
    And nothing that Mallory saw holds the name or a word of Emma
    And the training of Emma goes on with nobody's lines but hers

  @websocket @CT-SEC-08
  Scenario: Nobody can put words into the customer's mouth
    Given Mallory has opened the customer service training
    When Mallory sends lines in the customer's name
    Then no connection of the session shows a line in the customer's name
    And such a line is kept nowhere in the conversation
    And every line in the customer's name is refused

  @websocket @api @CT-SEC-09
  Scenario: Foreign websites can use nothing of the system through a trainee's browser
    Given Ben has opened the customer service training
    When Mallory lures Ben to foreign websites
    Then the foreign websites are turned away from the chat every time
    And the foreign websites can read no answer of the system
    And the pilot page itself can still open the chat
