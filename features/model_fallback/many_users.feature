@modelhub @load
Feature: Many users at once are served as one is
  The product owner expects a company's whole design team at the hub on a Monday morning: they look at models and figures,
  generate, and control downloads, and nobody waits or loses what was accepted. The operator wants to know what that takes
  of the machine, and where the hub's breaking point is.
  Proves MH-LOAD-01, 02, 03, 05 and 06.

  @performance @persona-regular-user @MH-LOAD-01
  Scenario Outline: With <users> users at once every kind of call is answered quickly and without an error
    When <users> users like Rosa use everything the hub offers for 60 seconds and at least <calls> calls
    Then none of at least <calls> calls fails
    And of each kind of call half are answered within 100 ms, 95 of 100 within 500 ms and 99 of 100 within 1000 ms

    Examples:
      | users | calls |
      | 5     | 300   |
      | 20    | 1000  |

  @performance @persona-regular-user @MH-LOAD-05
  Scenario: At normal load the hub leaves room on its machine
    When 20 users like Rosa use everything the hub offers for 60 seconds and at least 1000 calls
    Then the hub takes at most 70 percent of the processors on average and at most 80 percent of the memory at any time

  @performance @persona-regular-user @MH-LOAD-02
  Scenario: With fifty users at once the hub stays quick and loses nothing
    When 50 users like Rosa use everything the hub offers for 60 seconds and at least 2000 calls
    Then fewer than 1 in 100 of at least 2000 calls fail
    And of each kind of call 95 of 100 are answered within 500 ms, and the time of half and of 99 of 100 is on record
    And every generation and every download that was accepted comes to its end

  @integration @persona-regular-user @MH-LOAD-03
  Scenario: With more than one hundred users at once the hub stays up and loses nothing it accepted
    When 120 users like Rosa use everything the hub offers for 60 seconds and at least 2000 calls
    Then each of at least 2000 calls is answered or, at most 5 of 100, refused with a waiting time
    And every look at the health meanwhile is answered within 1 second
    And every generation and every download that was accepted comes to its end
    And the hub is well afterwards

  @performance @persona-power-user @MH-LOAD-06
  Scenario: Past its breaking point the hub gets slower gradually, and it is quick again after the relief
    When after 1 client 10, then 20, 40, 80 and 160 read without a pause, 15 seconds each, until the hub breaks, then 1 again
    Then the curve and the breaking point are on record
    And no step is served at less than half the rate of the one before
    And within 30 seconds of the relief calls are as quick as before, 95 of 100 within 500 ms, and none fails
