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

  @fault @persona-second-patient @persona-nurse @persona-administrator @MA-DATA-02
  Scenario: A system killed in the middle of its work has lost nothing that was confirmed, and left nothing half done
    Given 20 patients with 200 messages, a nurse with 20 reports and an administrator with 10 deployments are at work
    When the system is killed in the middle of it and started again, and everybody goes on
    Then all 200 messages are kept and answered once, the last of them within 30 seconds
    And all 20 decisions are kept once, each with its entry in the audit trail and its session closed
    And all confirmed deployments are kept, and the last of 10 versions alone is active
    And the audit trail tells of every message that is kept, and of no other

  @fault @persona-second-patient @persona-nurse @persona-administrator @MA-DATA-02
  Scenario: A database lost in the middle of the work has taken along nothing that was confirmed
    Given 20 patients with 200 messages, a nurse with 20 reports and an administrator with 10 deployments are at work
    When the database is gone for a while in the middle of it, and everybody goes on
    Then all 200 messages are kept and answered once, the last of them within 30 seconds
    And all 20 decisions are kept once, each with its entry in the audit trail and its session closed
    And all confirmed deployments are kept, and the last of 10 versions alone is active
    And the audit trail tells of every message that is kept, and of no other
