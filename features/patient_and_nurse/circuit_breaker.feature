@medassist @serial @integration @persona-administrator @persona-new-patient
Feature: A failing AI is left alone for a while
  The clinic's owner wants nobody to wait for an AI that is down: after five failures in a row everybody is answered at
  once without it, and it is taken back by itself as soon as it answers again.
  Proves MA-RESIL-03.

  Background:
    Given Ada has a model of her own with one version in service

  @fault @MA-RESIL-03
  Scenario: The breaker opens after five failures in a row, tries again by itself and closes after recovery
    When the AI fails 4 times, answers once, fails 5 times in a row and then once more when it is tried, while Pia writes
    Then the breaker opens at the fifth failure in a row and an alert says so within 10 seconds
    And while it is open predictions and the message of Pia are answered within 500 milliseconds without the AI
    And after the pause one of 4 predictions at once is tried, and its failure opens the breaker for another pause
    And the third good trial after that closes the breaker, and the alert ends within 60 seconds

  @MA-RESIL-03
  Scenario: A single failure of the AI is made up for by a second call and counts as none
    When the AI fails the first call for a message of Pia and then answers
    Then Pia reads an answer of the AI and no failure is counted
