@modelhub @load
Feature: Heavy work leaves the hub as it was
  The operator expects a day on which everybody downloads at once, and months without a restart: no download is lost or
  fetched twice, limits hold for the sum of a user's downloads, and neither memory nor rubbish piles up.
  Proves MH-STRESS-01, MH-STRESS-03 and MH-STRESS-04.

  @integration @persona-regular-user @MH-STRESS-01
  Scenario: Sixty downloads started together all arrive, once each, while the hub keeps answering
    When 10 users start 60 downloads, of which 10 run at a time, each asked for by two users
    Then 60 starts are accepted, one for each model, and the other 60 are refused as already running
    And all 60 models are available, and each of their files left the source once
    And all starts are asked for and answered within 5 seconds
    And 95 of 100 looks at the status meanwhile take at most 500 ms
    And the success rate, the response times and what it took of the machine are on record

  @integration @persona-regular-user @persona-second-user @MH-STRESS-03
  Scenario: A user's speed limit holds for ten downloads together
    When Rosa downloads 10 models at once under a limit of 16 Mbps for all, which is halved on the way
    Then in any 3 seconds at most 110 percent of the limit leaves the source, and on the whole at least 70 percent
    And the halved limit is in force after 2 seconds
    And 95 of 100 calls of other users meanwhile take at most 500 ms

  @integration @performance @persona-power-user @MH-STRESS-04
  Scenario: After heavy work the memory comes back and no rubbish is left behind
    When the hub does 20 rounds of 10 downloads, looks into the files, cancels and 2000 calls
    Then its memory has grown by at most 50 MB, and over the second ten rounds by at most 10 MB
    And within 30 seconds of rest it is within 20 MB of what it was at the start
    And nothing unfinished, no file and no open connection is left behind
