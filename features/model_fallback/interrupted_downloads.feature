@modelhub
Feature: What was fetched once is not fetched again, and only what is right is kept
  The product owner pays for every gigabyte and wants no model offered whose bytes are not the published ones. A model
  has six files; "exactly the published bytes" is judged by the SHA-256 of each.

  @integration @persona-regular-user @MH-DL-02
  Scenario: A repair fetches only the files that are missing or damaged
    Given the hub has only the text model installed
    And of the text model one of 6 files is deleted and another one changed
    When Rosa has it repaired
    Then the source was asked for these 2 files only
    And all 6 files are right again and the hub calls the model healthy

  @integration @persona-regular-user @MH-DL-05
  Scenario: An interrupted download goes on where it stopped
    Given the hub has no model installed
    When downloads of Rosa are interrupted by a broken connection, by a pause, and by a failure and a new start
    Then each goes on where it stopped, with at most 1 MB transferred twice
    And each arrives with exactly the published bytes

  @integration @fault @persona-regular-user @MH-DL-05
  Scenario: A download goes on after the program that fetches it was killed
    Given the hub has no model installed
    When the downloading program is killed in the middle of a download of Rosa and started again
    Then each goes on where it stopped, with at most 1 MB transferred twice
    And each arrives with exactly the published bytes

  @integration @persona-regular-user @MH-DL-05
  Scenario: A source that cannot continue a file costs time but never its bytes
    Given the hub has no model installed
    When Rosa resumes one download at a source that starts over and one at a source that denies the rest
    Then each arrives with exactly the published bytes

  @integration @websocket @persona-regular-user @MH-DL-06
  Scenario: A model is never offered before its bytes are proven right
    Given the hub has no model installed
    When these limited downloads meet their trouble while everything that is told of them is looked at 10 times a second
      | person | first wait | longest wait | retries | trouble         | failures  |
      | Rosa   | 0.2 s      | 300 s        | 1       | damaged bytes   | always, 1 |
      | Rosa   | 0.2 s      | 300 s        | 1       | shortened files | always, 1 |
      | Rosa   | 0.2 s      | 300 s        | 2       | damaged bytes   | always    |
    Then no status, health report or notice offers one of the 5 models before its download is completed and proven right
    And each is tried again as often as its retries allow and then arrives or is given up, a lasting trouble at once
