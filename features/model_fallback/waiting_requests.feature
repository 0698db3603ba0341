@modelhub
Feature: A request may wait for its model, in a queue that is fair and never endless
  The product owner wants whoever waits to know the place, to be served in turn and once, and to hear of it when the wait
  is over. Proves MH-QUEUE-01 and MH-QUEUE-02.

  @api @integration @websocket @persona-regular-user @MH-QUEUE-01
  Scenario: Waiting requests are served by priority and arrival, each exactly once
    Given the hub has no model installed
    When Rosa lets requests wait for the text model, which is on its way, in this order
      | priority |
      | low      |
      | normal   |
      | critical |
      | high     |
      | low      |
      | normal   |
      | high     |
      | critical |
      | normal   |
      | high     |
    Then each is told its place, from 1 to 10, by priority and then by arrival
    And they are served in this order, each exactly once
    And the first is served within 5 seconds of the model's arrival
    And for each of them exactly one completion is told

  @api @persona-regular-user @persona-second-user @MH-QUEUE-02
  Scenario: At most 100 requests wait, and each is its owner's own
    Given the hub has no model installed
    When Rosa lets 100 requests wait for the text model, and tries one more
    Then 100 wait on, and the one more is refused with the time to come again
    And Viktor neither sees nor reads nor withdraws any of those of Rosa
    And Rosa withdraws one, whose place Viktor takes

  @api @websocket @patient @persona-regular-user @MH-QUEUE-02
  Scenario: A request that waits longer than it may is ended with a message
    Given the hub has no model installed
    When Rosa lets a request wait at most 1 minute for the text model, which does not come
    Then within 5 seconds after that it is ended with a sentence, and Rosa is told
