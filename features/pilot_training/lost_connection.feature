@chattrain
Feature: A lost connection costs a trainee nothing but time
  The pilot users train on trains and in offices with poor networks. The product owner wants nobody to start again
  because a line dropped: what was said stays, what was on its way arrives, and the training goes on.
  Proves CT-RESIL-01 and CT-RESIL-02, and CT-CHAT-02 on a slow network.

  @websocket @persona-fast-typist @CT-RESIL-01
  Scenario: Whoever loses the line is let in again, after a second and after half a minute
    Given 5 pilot users have each held 2 exchanges of the customer service training
    When all of them lose the connection twice, once for 1 second and once for 30 seconds
    Then each of the 10 returns ends with a greeting within 3 seconds
    And each return finds the training still going on
    And the next line after each return earns a reply, a score and a comment

  @websocket @persona-fast-typist @CT-RESIL-02
  Scenario: The answer that was on its way when the line dropped arrives, and nothing said before is gone
    Given David has held 5 exchanges of the customer service training
    When the connection of David drops the moment his next line is confirmed, and he comes back
    Then the answer and the score of that line reach David within 10 seconds
    And David finds all 6 exchanges with their feedback, each once and in order

  @websocket @persona-fast-typist @CT-RESIL-02 @CT-CHAT-02
  Scenario: On a network that is 2 seconds slow nothing is doubled, lost or reordered
    Given David is in the customer service training over a network that brings everything 2 seconds late
    When David says 5 lines there without waiting
    Then each of the 5 lines is confirmed, answered and rated once, in the order of sending
    And the network made every reply at least 2 seconds late and none later than 5 seconds
    And all 5 exchanges are kept as they came
