@modelhub
Feature: One look at the health of all models
  The product owner wants one look to be enough to see how the models are and what to do next, and to rely on its
  figures. Proves MH-HEALTH-05.

  @api @persona-power-user @MH-HEALTH-05
  Scenario: The overall health agrees with the state of each model
    When Pavel reads the health of the store with nothing, some and all models installed and with damaged ones
    Then score, counts, recommendations and storage agree with the models for each of at least 4 mixes
