@medassist @integration
Feature: Nurses work together on reports
  The head of nursing wants two nurses never to work on one report at once, and a report that needs more (a colleague,
  a doctor, an answer of the patient) to get it, with every step of it on record.
  Proves MA-NURSE-06 and MA-NURSE-07.

  @persona-new-patient @persona-nurse @persona-second-nurse @MA-NURSE-06
  Scenario: A report that a nurse holds is nobody else's to take or to decide
    Given 1 urgent report of Pia waits
    And Nora has taken it
    When Nils tries to take and to decide it
    Then he is refused each time, and Nora still holds it
    And Nora, who holds it, decides it

  @persona-new-patient @persona-nurse @persona-second-nurse @persona-administrator @MA-NURSE-06
  Scenario: A held report is handed over by its holder or an administrator, and released
    Given 1 urgent report of Pia waits
    When it is taken by Nora, handed to Nils, given back to Nora by Ada, and released
    Then each of the 4 steps left the report with the nurse it was meant for
    And its history tells each of the 4 steps in order, with who took it and when

  @persona-new-patient @persona-nurse @MA-NURSE-06
  Scenario: Of ten nurses who take a report at the same moment one gets it
    Given 1 urgent report of Pia waits
    When 10 nurses like Nora take it at the same moment
    Then exactly one of the 10 holds it, and the others are refused

  @persona-new-patient @persona-nurse @MA-NURSE-07
  Scenario: An escalation needs a note and raises report and session
    Given 1 urgent report of Pia waits
    When Nora escalates it after a try without a note and one with too short a note
    Then the tries without a proper note decided nothing
    And the report and the session of Pia are escalated

  @persona-new-patient @persona-nurse @MA-NURSE-07
  Scenario: A nurse's question reaches the patient once, and the report waits again
    Given 1 urgent report of Pia waits while she stays in its chat
    And Nora has taken it
    When Nora asks Pia for more information
    Then the question comes into the chat of Pia once and stands in her history once
    And the report waits undecided, held by nobody

  @persona-new-patient @persona-nurse @persona-second-nurse @MA-NURSE-07
  Scenario: The history of a report tells every step
    Given 1 urgent report of Pia waits
    When it is taken by Nora, asked about by her, escalated by Nils, and approved by Nora
    Then its history tells each of the 4 steps in order, with who took it and when
