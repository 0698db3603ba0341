@medassist @api @persona-new-patient @persona-nurse
Feature: Foreign websites get nothing out of the clinic
  The clinic's owner wants the browser of a patient or a nurse to be of no use to any website they happen to visit, and
  wants what the browser was told to stay in it no longer than needed.
  Proves MA-SEC-08.

  @quick @MA-SEC-08
  Scenario: Foreign websites can read nothing, and every answer protects its reader
    When Pia and Nora visit foreign websites that ask the clinic for everything with their browsers
    Then the foreign websites can read no answer of the clinic
    And each answer forbids guessing its kind, those of services are kept by nobody, and pages say what they may do
    And no cookie is within reach of scripts or foreign websites
