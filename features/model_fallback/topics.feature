@modelhub @websocket
Feature: Whoever listens to the hub hears what was chosen, with all its facts
  The product owner wants programs and pages to be told of what concerns them, of nothing else, and not to lose their
  line because somebody else's program is broken.
  Proves MH-WS-01 and MH-WS-03.

  @persona-regular-user @MH-WS-01
  Scenario: A listener chooses among nine topics and is told of the chosen ones alone
    Given the hub has only the text model installed
    When Rosa chooses topics and gives them up again, while things happen at the hub after each choice
    Then she was greeted with the 9 topics of the hub
    And after each of the 4 choices she was told of what was chosen, and of nothing else
    And each wish was answered in words, that for a topic that does not exist with a no

  @persona-regular-user @MH-WS-01
  Scenario: Nothing that a broken program sends costs it its line with topics
    When Rosa's program sends every broken frame over the line with topics
    Then each of the 12 frames brought one error, and a sign of life came within 0.5 seconds after it

  @persona-regular-user @MH-WS-01
  Scenario: A frame above 64 KiB ends its line with the reason, and the next line works
    When Rosa's program sends a frame of 64 KiB and one that is larger
    Then the larger one alone ended its connection for its size, and Rosa is served on a new one

  @performance @persona-regular-user @persona-second-user @MH-WS-01
  Scenario: A listener who comes and goes all the time disturbs nobody
    Given the hub has only the text model installed
    When Viktor opens a line, chooses all topics and leaves 20 times, while Rosa uses the hub and listens
    Then each of the 20 visits of Viktor was greeted and could choose all 9 topics
    And each of at least 20 calls of Rosa meanwhile was answered well, within 1 second
    And the line of Rosa still tells her of her generations

  @integration @persona-regular-user @MH-WS-03
  Scenario: What happens to models, requests and space is told with all its facts
    Given the hub has only the fast model installed
    When each of these happens once at the hub, while Rosa listens
      | what                                                       |
      | an alternative to the text model is suggested              |
      | a request waits for the text model and is served           |
      | a file of the fast model is damaged                        |
      | the fast model is repaired                                 |
      | a newer version of a model comes out                       |
      | the space runs low                                         |
    Then each of the 6 was told once on its topic, with all its facts
