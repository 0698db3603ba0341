@modelhub @performance @load @api
Feature: Every part of the hub keeps the pace that was agreed
  The product owner agreed on limits for each part of the hub: what it does in a second for five clients that never pause,
  how long one client waits, and how far the memory of the hub may grow. The tables name the limits; what was measured
  stands beside them in the report, with the number of calls it rests on. Proves MH-PERF-01 to MH-PERF-05.

  @persona-power-user
  Scenario Outline: Asking for <part> keeps the agreed pace
    Given Pavel's hub holds <state>
    When Pavel asks for <part> 300 times alone, then from 5 places without a pause for 10 seconds, and on up to 2000 calls
    Then the memory of the hub grows by at most <MB> MB over at least 2000 calls
    And at least <calls a second> calls a second are answered from the 5 places
    And 99 of 100 of at least 300 answers to one place come within <milliseconds> milliseconds
    And not one of at least 2000 calls goes wrong

    @MH-PERF-01
    Examples: the downloader
      | part                      | state                              | calls a second | milliseconds | MB |
      | the control of a download | three models and a paused download | 10             | 1000         | 50 |

    @MH-PERF-02
    Examples: the health monitor
      | part                       | state                                    | calls a second | milliseconds | MB |
      | the health of the models   | three models and a damaged one           | 100            | 100          | 10 |
      | the health of large models | three models of 60 MB and a damaged one  | 100            | 100          | 10 |

    @MH-PERF-03
    Examples: the availability manager
      | part                     | state        | calls a second | milliseconds | MB |
      | the status of the models | three models | 50             | 500          | 25 |

    @MH-PERF-04
    Examples: the fallback manager
      | part             | state                          | calls a second | milliseconds | MB |
      | what to use instead | three models and an absent one | 200            | 50           | 5  |

    @MH-PERF-05
    Examples: the usage analytics
      | part               | state                        | calls a second | milliseconds | MB |
      | the figures of use | three models used 1000 times | 100            | 200          | 15 |
