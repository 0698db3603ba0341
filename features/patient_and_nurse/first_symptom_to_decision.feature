@medassist @integration
Feature: From the first symptom to a nurse's decision
  The clinic's owner wants every patient's complaint to end with a person: whoever reports an emergency is told at once
  what to do and is seen first, and whoever has a routine complaint reads what a nurse decided, not what a machine wrote.
  Proves MA-JOURNEY-01 and MA-JOURNEY-02.

  @quick @persona-emergency-patient @persona-new-patient @persona-nurse @MA-JOURNEY-01
  Scenario: An emergency is taken from the first message to a nurse's approval
    Given Pia waits for a nurse with an urgent complaint
    And Paul has reported an emergency in a new chat
    And Paul was told at once to call for help and that a report is ready
    When Nora approves the report of Paul
    Then the report of Paul was immediate and headed the queue
    And Paul is told of the decision within 1 second
    And Paul reads the approved report in a completed session

  @persona-new-patient @persona-nurse @MA-JOURNEY-01
  Scenario: An urgent complaint is taken from the first message to a nurse's approval
    Given Pia waits for a nurse with an urgent complaint
    When Nora approves the report of Pia
    Then the report of Pia was urgent and waited in the queue
    And Pia is told of the decision within 1 second
    And Pia reads the approved report in a completed session

  @persona-new-patient @persona-nurse @MA-JOURNEY-02
  Scenario: A routine complaint is taken from the first message to a nurse's approval
    Given Pia has told her routine complaint in 3 messages and asked for a report
    When Nora approves the report of Pia
    Then the report of Pia was routine and waited in the queue
    And Pia is told of the decision within 1 second
    And Pia reads the approved report in a completed session

  @persona-new-patient @persona-nurse @MA-JOURNEY-02
  Scenario: A patient with a routine complaint reads the nurse's words
    Given Pia has told her routine complaint in 3 messages and asked for a report
    When Nora overrides the report of Pia with a reason and a corrected assessment
    Then the report of Pia was routine and waited in the queue
    And Pia reads the corrected assessment, and neither the reason nor the assessment of the AI
