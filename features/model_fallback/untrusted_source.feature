@modelhub @integration
Feature: The source of models is not trusted
  The hub's owner wants a source that was taken over, or is broken, to do no more harm than a download that fails.
  Proves MH-SEC-07; the lists stand in personas/material/modelhub_lists.yaml.

  @persona-power-user @MH-SEC-07
  Scenario: A malicious or broken list of files harms nothing but its own download
    Given the hub has no model installed
    When Pavel downloads models by every kind of malicious or broken list of files
    Then each of these downloads fails because of its list, and no such model is offered for use
    And nothing was written outside of the folder of models
    And at no time more was stored than announced and 1 MB
