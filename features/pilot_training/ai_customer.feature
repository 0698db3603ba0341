@chattrain @websocket @integration
Feature: The customer played by the AI
  The customer can only stay in the scene if the AI is given all of it: the scenario, what was said so far, and the
  trainee's line exactly as it was typed. The product owner wants the scene to be the scenario's, not the AI's.
  Proves the criteria CT-CHAT-05 and CT-CHAT-07.

  @persona-first-time @CT-CHAT-05
  Scenario: What a trainee types reaches the customer character for character
    Given Ben has opened the customer service training
    When Ben says 10 lines with emoji, Japanese, accents, quotes and markup to a customer who echoes
    Then the customer heard all 10 lines exactly as typed
    And every line is stored exactly as typed, where sessions can be read back

  @persona-competent @CT-CHAT-07
  Scenario: The AI is asked with the scenario and the conversation so far
    When Emma says 8 lines in customer service and as many in claim handling
    Then the AI is asked once for each of the 16 lines, with the scenario, up to 10 earlier messages in order and the new line exactly once
    And each question comes with the scenario's own model, temperature and length
