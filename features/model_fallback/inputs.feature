@modelhub @api
Feature: What is sent to the hub is taken exactly or refused plainly
  The hub's owner wants a mistake to be told by its name, a server that nobody can trip, and a value that was accepted to
  be the value that is used.
  Proves MH-API-01 and parts of MH-SEC-06; the input stands in personas/material/modelhub_inputs.yaml.

  @persona-new-user @MH-API-01
  Scenario: Wrong input of any kind is refused by name and trips nobody
    Given the hub has no model installed
    When Noor sends wrong input of every kind to every service of the hub
    Then each of at least 300 wrong requests is refused as a mistake, with the name of what is wrong
    And a right request on the same connection is answered after each of them

  @persona-new-user @MH-SEC-06
  Scenario: Refusals show nothing of the inside of the hub
    Given the hub has no model installed
    When Noor sends wrong input of every kind to every service of the hub
    Then none of at least 200 refusals shows anything of the inside of the hub

  @quick @persona-new-user @MH-API-01
  Scenario: Accepted values are used as they were sent
    Given the hub has no model installed
    When Noor sends values at the edges of what is allowed
    Then each of them is used as it was sent, zeros included
