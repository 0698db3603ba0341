@chattrain @websocket
Feature: The chat of a training
  A trainee joins and is greeted, writes and is answered, in order and without anything lost or doubled; what nobody can
  use is refused with a clear word, and the conversation goes on. The owner wants to rely on this whoever writes what.
  Proves the criteria CT-CHAT-01 to CT-CHAT-04 and CT-CHAT-06.

  @quick @persona-first-time @CT-CHAT-01
  Scenario: Whoever joins a session is greeted before anything else happens
    When 5 pilot users each join their session 4 times and say nothing
    Then all 20 are greeted first of all, by the number of their session, within 1 second
    And each of them is told that the session is active

  @quick @persona-competent @CT-CHAT-02
  Scenario: Twenty lines in a row each get one receipt, one reply and one feedback
    Given Emma has opened the customer service training
    When Emma says 20 lines, each after the feedback on the one before
    Then each of the 20 lines has exactly one receipt, one reply and one feedback, in this order
    And each of the 20 lines was answered by the customer and rated

  @persona-fast-typist @CT-CHAT-02
  Scenario: Five lines at once are answered in the order in which they were sent
    Given David has opened the customer service training
    When David says 5 lines at once, without waiting for an answer
    Then each of the 5 lines has exactly one receipt, one reply and one feedback, in this order
    And each of the 5 lines was answered by the customer and rated
    And replies and feedback belong to the lines in the order in which they were sent

  @persona-careless @CT-CHAT-03
  Scenario: A message that nobody can use is refused once and leaves no trace
    Given Chloe has said a line of 2000 characters in the customer service training, which was taken
    When Chloe sends each of these messages
      | message                            |
      | no content                         |
      | an empty value                     |
      | a number                           |
      | a list                             |
      | a nested object                    |
      | no character                       |
      | only blanks                        |
      | only line breaks                   |
      | half a character                   |
      | 2001 characters                    |
      | 11000 characters                   |
      | 5 million characters               |
      | an unknown kind of message         |
      | a message without a kind           |
      | a kind that is a number            |
      | a message in the customer's name   |
    Then each is refused with one clear error within 3 seconds, without a receipt
    And the conversation holds 1 exchange as before

  @persona-careless @CT-CHAT-04
  Scenario: A broken message is answered with an error and the conversation goes on
    Given Chloe has opened the customer service training
    When Chloe sends each of these and a good line after it
      | in place of a message     |
      | text that is no message   |
      | bytes                     |
      | a list                    |
      | a bare word               |
    Then each is answered with one clear error within 3 seconds
    And the good line after each is answered and rated on the same connection

  @persona-stranger @CT-CHAT-06
  Scenario: A chat of a session that does not exist lets nobody in and keeps nothing
    When Mallory tries to join each of these chats and says a line at each
      | chat                              |
      | the number after the newest session |
      | a number far ahead                |
      | the number zero                   |
      | a negative number                 |
      | a word                            |
      | a fraction                        |
      | a number of 20 digits             |
      | a number of 300 digits            |
    Then Mallory is turned away from each of them without a receipt
    And nothing of it is stored, neither for a session started afterwards nor for an unknown one
