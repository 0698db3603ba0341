@modelhub
Feature: A download outlasts passing trouble and says plainly when it cannot
  The product owner wants nobody to start a download again by hand because the source hiccuped, and nobody to be left
  with a failed download and no idea what to do. Waits have a random part of up to 30 percent.

  @integration @websocket @persona-regular-user @MH-DL-01
  Scenario: A passing trouble is outlasted by up to three retries with doubling waits, a lasting one is not retried
    Given the hub has no model installed
    When these downloads each meet their trouble at the source so many times
      | person | first wait | longest wait | retries | trouble                          | failures   |
      | Rosa   | 0.2 s      | 1 s          | 3       | a silent source                  | 4, 3, 2, 1 |
      | Noor   | 2 s        | 300 s        | 3       | an overloaded source             | 3          |
      | Rosa   | 0.2 s      | 1 s          | 5       | an overloaded source             | 5          |
      | Rosa   | 0.2 s      | 1 s          | 3       | an overloaded source             | 4, 3, 2, 1 |
      | Rosa   | 0.2 s      | 1 s          | 3       | a broken connection              | 4, 3, 2, 1 |
      | Rosa   | 0.2 s      | 1 s          | 3       | a wish for 3 seconds of patience | 1          |
      | Rosa   | 0.2 s      | 1 s          | 3       | a file that is gone              | 4          |
    Then each is tried again as often as its retries allow and then arrives or is given up, a lasting trouble at once
    And by the clock of the source each wait is twice the one before, up to the longest, and as long as the source asks
    And each retry is announced once with its number and its wait

  @integration @websocket @persona-regular-user @MH-DL-04
  Scenario: A download that is given up says what happened and at least two things to do
    Given the hub has no model installed
    When these downloads each meet their trouble at the source so many times
      | person | first wait | longest wait | retries | trouble              | failures |
      | Rosa   | 0.2 s      | 300 s        | 1       | a silent source      | always   |
      | Rosa   | 0.2 s      | 300 s        | 3       | an overloaded source | always   |
      | Rosa   | 0.2 s      | 300 s        | 3       | a refused connection | always   |
      | Rosa   | 0.2 s      | 300 s        | 3       | damaged bytes        | always   |
    Then each is given up and tells its cause in a plain sentence with at least 2 fitting things to do
    And whoever listens is told the same in the moment it is given up
