@medassist @integration
Feature: What a patient may see of a report
  The clinic's owner answers for what patients read: no word of a machine about their health before a nurse has decided,
  and never what nurses write to each other.
  Proves MA-SEC-07.

  @persona-emergency-patient @persona-nurse @MA-SEC-07
  Scenario: Before the decision a patient learns nothing of the assessment
    Given Paul is in the chat with an emergency whose report Nora finds completed by the AI
    When Paul looks at everything he can reach
    Then the report is refused to Paul and his sessions show none
    And nothing Paul read or was sent tells what is in the report for the nurses

  @persona-emergency-patient @persona-nurse @MA-SEC-07
  Scenario: After an approval a patient sees the assessment, and nothing that is for nurses
    Given Paul is in the chat with an emergency whose report Nora finds completed by the AI
    And Nora has approved it with a note for her colleagues
    When Paul looks at everything he can reach
    Then the report shows Paul the assessment of the AI and only what is for patients
    And nothing Paul read or was sent tells what is in the report for the nurses

  @persona-emergency-patient @persona-nurse @MA-SEC-07
  Scenario: After an override a patient sees the nurse's words, and nothing that is for nurses
    Given Paul is in the chat with an emergency whose report Nora finds completed by the AI
    And Nora has overridden it with a note for her colleagues
    When Paul looks at everything he can reach
    Then the report shows Paul the corrected assessment and only what is for patients
    And nothing Paul read or was sent tells what is in the report for the nurses
