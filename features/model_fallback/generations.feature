@modelhub
Feature: A generation begins only where it can succeed, and always ends
  The product owner wants nobody to wait for a result that cannot come, and nobody to be left without an answer. Proves
  MH-GEN-01 and MH-GEN-02.

  @api @persona-regular-user @MH-GEN-01
  Scenario Outline: A generation with a model that is <state> is refused with a way out
    Given the hub has no model installed
    When Rosa asks for a generation with the text model, which is <state>
    Then it is refused with a reason and a next step, and no generation begins

    Examples: models that are not completely there
      | state                |
      | not installed        |
      | on its way           |
      | never heard of       |
      | damaged a moment ago |

  @integration @persona-regular-user @MH-GEN-02
  Scenario: Twenty generations that are asked for at once all end with a result
    Given the hub has only the text model installed
    When Rosa asks for 20 generations with the text model at once
    Then all 20 are completed within 60 seconds, each with a result
    And none of these ends changes any more

  @integration @fault @persona-regular-user @MH-GEN-02
  Scenario: A generation ends whatever the engine does
    Given the hub has only the text model installed
    When Rosa asks for generations with the text model to which the engine answers
      | how                       |
      | slowly                    |
      | with an error             |
      | with nothing at all       |
      | with half of it           |
      | with an empty result      |
      | with what nobody can read |
    Then what is answered slowly ends completed with a result, everything else failed with a reason
    And each is over within 3 times the patience the hub has with its engine
    And none of these ends changes any more

  @integration @websocket @persona-regular-user @MH-GEN-02
  Scenario: A generation that is cancelled is over for good
    Given the hub has only the text model installed
    When Rosa cancels one generation with the text model that runs and one that waits
    Then each of the two is cancelled for good, and nothing more is told of it
