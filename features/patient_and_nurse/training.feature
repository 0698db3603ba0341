@medassist @persona-administrator
Feature: Training a model for the answers
  The clinic's owner wants what was learnt to reach patients on the same guarded way as every version, and a training
  that went wrong to reach nobody.
  Proves MA-MODEL-07.

  @serial @integration @persona-new-patient @MA-MODEL-07
  Scenario: A finished training becomes a version that can be put into service and then answers patients
    Given Ada has trained a new version of the model that answers patients on good data
    When Ada puts the trained version into service
    Then the training was completed within 60 seconds and its progress never fell
    And the trained version was registered and serves the next prediction
    And the next chat answer to Pia comes from the trained version

  @api @MA-MODEL-07
  Scenario: A poor, cancelled or impossible training changes nothing in service
    Given Ada has a model of her own with one version in service
    When Ada trains it on poor data, cancels another training and asks for impossible ones
    Then the training on poor data leaves a rejected version that cannot be put into service
    And the cancelled training leaves no version
    And a training on unknown data and one for an existing version are refused
    And the first version goes on serving predictions
