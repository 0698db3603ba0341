@modelhub
Feature: The hub gives nothing away and runs nothing that others wrote
  The hub's owner wants names to be names and never ways to other files, answers that protect whoever reads them, and
  text that stays text wherever it comes from.
  Proves MH-SEC-05 and, with the refusals of inputs.feature, MH-SEC-06.

  @api @persona-regular-user @MH-SEC-05
  Scenario: No name given to the hub reaches a file elsewhere
    Given the hub has only the text model installed
    When Rosa tries names that lead elsewhere wherever the hub takes a name
    Then each of at least 150 such names is unknown or refused, and names of uploads lead nowhere
    And no answer holds anything of a foreign file
    And nothing was written outside of the folders of models and outputs

  @quick @api @persona-regular-user @MH-SEC-06
  Scenario: Foreign websites can read nothing of the hub, and every answer protects its reader
    When Rosa visits foreign websites that ask the hub for everything with her browser
    Then the foreign websites can read no answer of the hub
    And each answer of the hub, refusals included, protects its reader
    And no cookie of the hub is within reach of scripts or foreign websites

  @browser @persona-regular-user @MH-SEC-06
  Scenario: Markup from users and from the source stays text on the page
    Given the hub has only the text model and the fast model installed
    When Rosa meets markup in release notes and in the name of a model, and generates with markup in the prompt
    Then the page shows what was written as text
    And nothing of it runs or becomes a part of the page
