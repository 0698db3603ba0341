@modelhub @api
Feature: The hub explains what it does
  Whoever builds on the hub wants each refusal to say what is wrong and what to do next, in one form, and a description
  that is true. The guesser who is told to wait stands in credentials.feature.
  Proves MH-API-02; refusals and services stand in personas/material/modelhub_refusals.yaml.

  @persona-regular-user @persona-second-user @MH-API-02
  Scenario: Every refusal of the hub is explained in one form, and every time is universal
    Given the hub has only the fast model installed
    When Rosa is refused in every way while Viktor downloads the text model, and hears every time
    Then each of at least 30 different refusals is explained in its one form, with what to do next
    And each request keeps the number that it brought, or gets one of its own
    And each of at least 20 times at the hub is in universal time and ends in Z

  @persona-regular-user @MH-API-02
  Scenario: The published description of the hub is true
    Given the hub has only the fast model installed
    When Rosa reads the published description of the hub and asks at every service that it names
    Then it names every service of the contract, with what it takes and what it answers
    And the answers of the hub are as it describes them
    And every service that it names is there
    And the documentation of the hub has a language and a title
