@medassist @api
Feature: What is asked wrongly is refused plainly and changes nothing
  The clinic's owner wants whoever asks for something wrong to be told so in one form that programs can read, as announced
  beforehand, and wants nobody to break anything by what they send.
  Proves MA-API-01 and MA-API-02; the requests stand in personas/material/medassist_refusals.yaml.

  Background:
    Given Pia, Priya, Nora and Ada work at the clinic with something of everything there

  @serial @persona-new-patient @persona-second-patient @persona-nurse @persona-administrator @MA-API-01
  Scenario: Every refusal says what is wrong in one form and was announced
    When they ask for everything that is to be refused
    Then each refusal is the right one, in the one form of all refusals
    And the published description names each refusal of a described service

  @persona-new-patient @persona-second-patient @persona-nurse @persona-administrator @MA-API-01
  Scenario: Every time that the clinic's system tells is universal time
    When they hear every time that the clinic's system tells
    Then each of at least 60 times is in universal time and ends in Z

  @persona-new-patient @persona-second-patient @persona-nurse @persona-administrator @MA-API-02
  Scenario: Malformed, hostile and oversized input is refused and changes nothing
    When they send hostile input of every kind to every service that changes something
    Then each of at least 60 hostile requests is refused as a mistake of the caller
    And the clinic's system stays healthy all the time
    And everything they can read is as it was before
