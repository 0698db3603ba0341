@chattrain @integration
Feature: What was said stays, and stays with whom it belongs to
  A trainer goes through past conversations with the trainees; the pilot lead wants to find every message, score and
  comment again exactly as it was shown, and never a word of one trainee in the conversation of another.
  Proves that sessions are kept completely and apart (criteria CT-DATA-01, CT-DATA-03).

  @quick @CT-DATA-01
  Scenario: Ten sessions are read back as they were held
    When 5 people each hold 2 sessions of 5 messages and open them again on another device
    Then all 50 messages are there in order, with the answers, scores and comments that were shown
    And the average of each session is the one of its scores

  @websocket @CT-DATA-03
  Scenario: Nobody meets the words of somebody else
    When 5 people say 10 lines each at the same time, every one with a word of their own
    Then each of the 50 replies holds the own word and no other
    And each of the 50 lines reached the AI without a word of somebody else
    And every stored message holds the own word and no other
