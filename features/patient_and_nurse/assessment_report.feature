@medassist
Feature: The assessment report
  A nurse decides on what the report says. The clinic's owner wants it complete, in the patient's own words, with every
  symptom whenever it was told, and one for each session; and a report that the AI had no part in must say so.
  Proves MA-CHAT-07.

  @api @integration @persona-new-patient @persona-nurse @MA-CHAT-07
  Scenario: The report is complete and names the symptoms told in several turns
    When Pia tells her symptoms in 4 turns and asks twice for the report that Nora reads
    Then the report has complaint, symptoms, assessment, urgency, confidence and the version of the model
    And its complaint is in the words of Pia
    And it names all 3 symptoms that were told
    And there is one report, the same one after the second request

  @api @integration @persona-new-patient @persona-nurse @MA-CHAT-07
  Scenario: A report that the AI could not write is made all the same and says so
    When Pia asks twice for the report that Nora reads, and the AI writes what is no report
    Then it is marked as made without the AI
    And the report has complaint, symptoms, assessment, urgency, confidence and the version of the model
    And its complaint is in the words of Pia
    And it names all 3 symptoms that were told
    And there is one report, the same one after the second request
