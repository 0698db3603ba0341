@modelhub @websocket
Feature: Whoever generates is told live how it goes
  The product owner wants every window of a user to show the state of the user's own generations without asking again
  and again. Proves MH-WS-05.

  @performance @persona-regular-user @MH-WS-05
  Scenario: Every window of a user is told of every state of the user's own generations
    Given the hub has only the text model installed
    When Rosa has 10 generations and cancels 3 of them, while 50 windows of hers are open
    Then each of the 50 windows was told of every state of each generation, in order and with one end
    And 95 of 100 of these messages came within 1 second
    And each of the 50 windows gives a sign of life within 1 second

  @persona-regular-user @MH-WS-05
  Scenario: Nothing that a broken program sends costs it its line about generations
    When Rosa's program sends every broken frame over the line about generations
    Then each of the 9 frames brought one error, and a sign of life came within 0.5 seconds after it
