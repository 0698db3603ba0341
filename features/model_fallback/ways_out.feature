@modelhub
Feature: Whoever has no model yet is told the way to one, how long it takes, and what is only a mock
  The product owner wants nobody to stand before a closed door: instructions work, promised waits come true, and what is
  not real says so. Proves MH-FALL-02, MH-FALL-03 and MH-FALL-04.

  @api @integration @persona-new-user @MH-FALL-02
  Scenario Outline: Without any model there are instructions that work, with the source <state>
    Given the hub has no model installed
    When Noor asks what to do about the text model, and does it, while the source is <state>
    Then at least 2 sentences name a model, its size and its download
    And doing what they say ends in a model that is ready

    Examples: the source of models
      | state |
      | there |
      | away  |

  @api @integration @persona-regular-user @MH-FALL-03
  Scenario: A promised wait comes true, and the request may wait
    Given the hub has no model installed
    When Rosa downloads these at once and asks for each how long it takes
      | model             | size | limit   |
      | the text model    | 6 MB | 8 Mbps  |
      | the image model   | 7 MB | 9 Mbps  |
      | the fast model    | 4 MB | 5 Mbps  |
      | another model     | 8 MB | 9 Mbps  |
      | yet another model | 6 MB | 7 Mbps  |
    Then each of the 5 promised waits comes true within a factor of 2
    And each time letting the request wait is advised and allowed

  @api @persona-regular-user @MH-FALL-03
  Scenario: Whoever cannot wait as long as it takes is advised otherwise
    Given the hub has only the text model installed
    When Rosa asks what to do about the fast model, which is minutes away, with each patience
      | patience   | advice               | instead        | may wait |
      | 60 minutes | let the request wait | none           | yes      |
      | 1 minute   | take the alternative | the text model | yes      |
    Then the advice, the alternative and the leave to wait are as the table says

  @api @integration @persona-regular-user @MH-FALL-04
  Scenario: A mock result that was allowed is called so, and the way to the real one works
    Given the hub has no model installed
    When Rosa allows a mock result of the text model, and then follows the way to the real one
    Then the first result is called a mock everywhere, and the download to the real one is named
    And the second result is real, and called so everywhere

  @api @integration @persona-regular-user @MH-FALL-04
  Scenario: A result of the mock mode is called a mock, and the way to the real one works
    Given the hub has no model installed
    When Rosa generates with the text model in mock mode, and then follows the way to the real one
    Then the first result is called a mock everywhere, and the download to the real one is named
    And the second result is real, and called so everywhere
