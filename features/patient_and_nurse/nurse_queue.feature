@medassist @integration @serial
Feature: The nurses' queue
  The head of nursing wants the patient in the greatest danger to be seen first, and nobody to be forgotten: what waits
  stands in one list whose order and counters are true, and a nurse finds in it what she looks for.
  Proves MA-NURSE-01 and MA-NURSE-02.

  @quick @persona-new-patient @persona-nurse @MA-NURSE-01
  Scenario: Whoever is in the greatest danger and has waited longest stands first
    Given 12 reports of Pia wait, of every urgency in mixed order
    When Nora looks through the queue
    Then all 12 reports are in the queue: red flags first, then by urgency, then the longest waiting
    And the total and the counters count every match, also on a page of 2 and among the urgent or flagged ones
    And the waiting time of each of the 12 reports grows
    And 3 reports that Nora decides leave the queue, and the others stay

  @persona-new-patient @persona-nurse @persona-second-patient @MA-NURSE-02
  Scenario: A nurse finds what she looks for in the queue and in the list of sessions
    Given 12 reports of Pia wait, of every urgency in mixed order
    And Nora has decided, taken or escalated some of them
    When Nora narrows the queue down by every filter and every pair of filters
    Then every list holds what matches and nothing else
    And pages of 5 show every report once, and senseless wishes are refused
    And the list of sessions honours every state and shows the escalated ones first
    And a part of a name or of a complaint of Priya, in other letters, brings her reports
