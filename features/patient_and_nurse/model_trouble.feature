@medassist @api @persona-administrator
Feature: Trouble with a model is told
  The clinic's owner wants to hear of a failing or slow model before patients complain, with figures that can be trusted,
  and to hear that it is over.
  Proves MA-MODEL-08.

  Background:
    Given Ada has a model of her own with one version in service

  @MA-MODEL-08
  Scenario: Failures of a model show in its figures and raise an alert that ends with them
    When of 50 predictions the AI fails every fifth
    Then the figures of the model and of its version tell of 50 requests, 10 of them failed
    And an alert about the failures is raised within 10 seconds
    And after 50 good predictions it ends within 60 seconds

  @MA-MODEL-08
  Scenario: Slowness of a model shows in its figures and raises an alert that ends with it
    When the AI takes 2 seconds for each of 50 predictions
    Then the figures of the model and of its version tell of 50 requests, 0 of them failed
    And they tell an average and a 95th percentile of 2 seconds or more
    And an alert about the slowness is raised within 10 seconds
    And after 50 good predictions it ends within 60 seconds
