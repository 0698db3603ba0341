@medassist @websocket
Feature: What is said in a session reaches everybody in it and nobody else
  The clinic's owner answers for what patients confide: a second window, or a nurse who looks on, shows all of it, and no
  other patient ever sees a word.
  Proves MA-WS-05.

  @persona-new-patient @persona-nurse @MA-WS-05
  Scenario: Every window of a session shows all of it and nothing of another
    Given 10 patients have two windows open each, and Nora looks on at the first
    When all of them write 3 messages at the same moment, the first an emergency too, and all one more after closing a window
    Then all 41 messages are shown once and in order in the windows of their own session and in no other
    And the emergency was shown alike in both windows of its session and to Nora
    And what Nora wrote there was refused and is nowhere kept
