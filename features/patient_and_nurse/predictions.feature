@medassist @api @persona-administrator
Feature: Predictions in time
  The clinic's owner wants staff who ask a model not to wait, and a question that was answered before not to be paid for
  twice, while nobody ever reads what another version said or what was never answered.
  Proves MA-PERF-03 and MA-PERF-06.

  @performance @serial @MA-PERF-03
  Scenario: 190 of 200 predictions take less than 1.5 seconds
    When Ada asks 200 questions without repeating one, 5 at a time
    Then at least 190 of 200 predictions take less than 1.5 seconds
    And none of the 200 predictions comes from the cache

  @performance @MA-PERF-06
  Scenario: A repeated question is answered from the cache at least twice as fast
    Given Ada has a model of her own with one version in service
    When Ada asks each of 30 questions twice
    Then all 30 second answers come from the cache, each under a number of its own
    And they take at most half as long as the first ones
    And the AI was asked exactly 30 times

  @integration @MA-PERF-06
  Scenario: The cache never serves another question, another parameter or another version
    Given Ada has a model of her own with the first version in service and a second one beside it
    When Ada asks a question twice and then with other words, with a parameter and of a new version
    Then only the repetition is answered from the cache
    And the AI was asked anew for each of the others

  @integration @MA-PERF-06
  Scenario: A failed answer and an answer in place of a failing version are never kept
    Given Ada has a model of her own with the first version in service and a second one beside it
    When Ada asks again what the AI failed to answer and what was answered in place of a failing canary
    Then the failed question is answered anew
    And the answer in place of the canary is made anew each time, and the canary's own once it answers
