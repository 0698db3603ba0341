@medassist @browser @integration
Feature: Patients and nurses work on their own pages
  The clinic signs for what its patients and nurses see, and what they see is a page. It has to bring an emergency to
  every nurse at once, take a decision off everybody's list, and never take what somebody typed for anything but text.
  Proves MA-JOURNEY-03 and MA-NURSE-10.

  @persona-emergency-patient @persona-nurse @MA-JOURNEY-03
  Scenario: An emergency goes from the patient's page over the nurse's page to the outcome
    Given Paul and Nora have signed in, each on the own page
    And Paul has agreed to the consent text on the page
    When Nora approves on her page the emergency that Paul reports on his
    Then the report came to the page of Nora within 2 seconds, without loading it anew
    And Nora found it by urgency, by red flags and by name
    And the page of Paul shows the emergency advice all the time, and the outcome in the end
    And no browser reports an error or a failed request

  @persona-new-patient @persona-nurse @persona-second-nurse @MA-NURSE-10
  Scenario: A decision on one nurse's page takes the report off the page of the other
    Given Nora and Nils have signed in on the nurse page
    And a report of Pia has come to the pages of Nora and Nils
    When Nora overrides it on the page, at first without the texts that an override needs
    Then the override without the texts is refused on the page
    And the report holds the reason and the corrected assessment of Nora
    And it is gone from the page of Nils within 2 seconds, without loading it anew

  @persona-emergency-patient @persona-new-patient @persona-nurse @MA-NURSE-10
  Scenario: A nurse narrows the queue down on the page
    Given Nora has signed in on the nurse page
    And an emergency of Paul and a routine report of Pia have come to the page of Nora
    When Nora narrows the queue down on the page by urgency, by red flags and by words
    Then every filter leaves the reports that match it and no others

  @persona-new-patient @persona-nurse @MA-NURSE-10
  Scenario: What a patient typed is only text on the nurse page
    Given a patient who typed markup as name and complaint waits for a nurse
    When Nora signs in on the nurse page and opens that report
    Then no window pops up and nothing new becomes part of the page
    And the page shows name and complaint word by word

  @persona-new-patient @persona-nurse @MA-NURSE-10
  Scenario: Nothing of a patient is left on the page after a nurse has signed out
    Given Nora has signed in on the nurse page
    And a report of Pia has come to the page of Nora
    When Nora signs out with the report of Pia open
    Then the page shows nothing of Pia, not even after loading it anew
