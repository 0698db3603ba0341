@medassist @integration @serial
Feature: The figures of the dashboard
  The head of nursing plans shifts by the figures of the dashboard. They have to be counted from what really happened:
  a made-up rate looks just as good on a screen as a true one.
  Proves MA-NURSE-09.

  @persona-new-patient @persona-nurse @MA-NURSE-09
  Scenario: The dashboard counts real reports and real decisions
    Given Nora has read the dashboard while 10 reports of Pia wait
    When Nora approves 7 of them, overrides 3, and 2 new ones come
    Then the figures grew by exactly these 10 decisions and 2 reports
    And the rates of the 12 reports are 70 of 100 approved and 30 of 100 overridden
    And their average review time and longest wait are those the suite itself has clocked
