@modelhub
Feature: A new user gets a first result
  The product owner wants somebody who opens the application for the first time to get from the list of models to a
  finished generation without help. Proves part of MH-DL-10.

  @quick @persona-new-user @MH-DL-10
  Scenario: A download that was started once is not started again
    Given the hub has no model installed
    When Noor starts the download of the fast model twice
    Then the first start is accepted and the second is refused as already running
