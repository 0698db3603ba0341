@modelhub @performance @load @api
Feature: The hub does its work beside other work, and goes on doing it
  The product owner wants nobody to be held up by somebody who asks for statistics or has a model inspected, no collapse
  when more people come than the hub can serve at once, and no hub that becomes tired. Proves MH-PERF-06 and MH-LOAD-04.

  @persona-power-user @MH-PERF-06
  Scenario: Statistics, inspections and running downloads hold up nobody
    When Pavel looks 300 times at the status while 5 others read statistics and recovery, one has models inspected, and 3 downloads run
    Then 95 of 100 of at least 300 looks at the status take less than 500 milliseconds
    And every answer with statistics comes within 500 milliseconds
    And all 3 downloads run on meanwhile, and none of at least 300 calls fails

  @persona-power-user @MH-LOAD-04
  Scenario: Every part answers at least as many calls a second as was agreed
    When Pavel asks each part from 5 places without a pause for 10 seconds, unless this run has measured it
      | part                      | state                              | calls a second |
      | the control of a download | three models and a paused download | 10             |
      | the health of the models  | three models and a damaged one     | 100            |
      | the status of the models  | three models                       | 50             |
      | what to use instead       | three models and an absent one     | 200            |
      | the figures of use        | three models used 1000 times       | 100            |
    Then each part answers at least as many calls a second as its row says

  @persona-power-user @MH-LOAD-04
  Scenario: More clients than the hub can serve at once do not bring it down
    When Pavel asks for everything from 20 and from 50 places in turn, twice 4 seconds each
    Then the 50 places get at least 80 percent of the calls a second that the 20 get
    And none of the calls from the 20 and the 50 places fails

  @persona-power-user @MH-LOAD-04
  Scenario: The hub is as quick after a minute of work as at its beginning
    When Pavel keeps asking for everything from 20 places without a pause for 60 seconds
    Then the last third answers at least 90 percent of the calls a second of the first
    And 95 of 100 calls of the last third take at most 1.2 times as long as those of the first

  @persona-power-user @MH-LOAD-04 @soak
  Scenario: The hub is as quick after five minutes with 20 people as at their beginning
    When Pavel keeps asking for everything from 20 places with the pauses of people for 300 seconds
    Then the last third answers at least 90 percent of the calls a second of the first
    And 95 of 100 calls of the last third take at most 1.2 times as long as those of the first
