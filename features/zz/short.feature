@modelhub @wip @load
Feature: Short
  Short
  Short

  @MH-LOAD-01
  Scenario: A
    When 5 users like Rosa use everything the hub offers for 10 seconds and at least 30 calls
    Then none of at least 30 calls fails
    And of each kind of call half are answered within 100 ms, 95 of 100 within 500 ms and 99 of 100 within 1000 ms
    And the hub takes at most 70 percent of the processors on average and at most 80 percent of the memory at any time
    And every generation and every download that was accepted comes to its end
    And every look at the health meanwhile is answered within 1 second
    And the hub is well afterwards

  @MH-LOAD-06
  Scenario: B
    When first 10, then 20, 40 clients read without a pause, 5 seconds each, until the hub breaks, and then 1
    Then the curve and the breaking point are on record
    And no step is served at less than half the rate of the one before
    And within 30 seconds of the relief 95 of 100 calls take at most 500 ms and none fails
