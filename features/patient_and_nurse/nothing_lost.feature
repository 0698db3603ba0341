@medassist @integration
Feature: What was confirmed is kept, once, whatever happens
  A complaint that was taken in and then lost, or a decision that nobody can find again, is the worst the clinic's owner
  can think of. It must not happen when many messages come at once, when the system is killed, or without its database.
  Proves MA-DATA-01 and MA-DATA-02.

  @fault @persona-new-patient @MA-DATA-01
  Scenario: Messages sent at the same moment are numbered without gaps, and one sent twice is kept once
    When Pia's two windows send 50 messages at the same moment, 10 of them from both
    Then all 50 messages are kept once, numbered without a gap and answered once, in both windows
    And each of the 10 messages that were sent twice had the same confirmation twice
