@medassist
Feature: Nothing that happens to machines costs the clinic its records
  The clinic's owner knows that disks die. What was there at the last backup has to come back, a standby has to step in
  where there is one, and more machines have to help where the load asks for them.
  Proves MA-RESIL-05, and MA-RESIL-06 and MA-PERF-07 where the deployment has a standby database or several copies.

  @fault @integration @persona-nurse @persona-new-patient @MA-RESIL-05
  Scenario: After a total loss everything that was there at the backup comes back
    Given 4 patients are writing, and as many have reported emergencies, half of them decided by Nora
    When the system is backed up while all go on, loses its database, is restored and started again
    Then every message, report, decision and entry of the audit trail that existed at the backup is there
    And somebody new, Pia, is told at once to call for help in an emergency, and Nora approves the report

  @fault @integration @MA-RESIL-06
  Scenario: A standby database takes over within 30 seconds and nothing that was confirmed is lost
    Given 5 patients are writing
    When the main database is lost for good while they write on
    Then within 30 seconds everybody's messages are confirmed again
    And every message that was confirmed is kept

  @load @performance @MA-PERF-07
  Scenario: Copies of the system come with the load and go with it, and nobody notices
    When more and more patients work with the system for 10 minutes
    Then none of at least 3000 operations fails
    And more copies of the system serve during the load than before it
    And fewer copies serve afterwards
