@medassist
Feature: No chat without consent
  Patients must know that a machine answers them and who reads what they write. The clinic's owner wants no chat before
  they have agreed to all of it; but whoever is in danger is told whom to call, agreed or not.
  Proves MA-CHAT-08.

  @websocket @api @persona-new-patient @MA-CHAT-08
  Scenario: Before consent nothing is taken, and an emergency brings its advice all the same
    When Pia writes a routine complaint and an emergency without having agreed to the consent text
    Then by every way of writing each message is refused for lack of consent, and not kept
    And for the emergency, and for it alone, the advice to call the emergency number is shown all the same

  @api @persona-new-patient @MA-CHAT-08
  Scenario: A consent that lacks one point is none
    When Pia agrees to all points of the consent text but one, for each of them
    Then each partial consent is refused, and no chat takes place

  @websocket @persona-new-patient @MA-CHAT-08
  Scenario: After full consent the chat works, also after signing in again
    When Pia agrees to the whole consent text, writes, signs in again and writes once more
    Then both messages are answered
