@medassist @websocket
Feature: A patient's connection to the chat is reliable
  The clinic's owner wants a patient to know that somebody is there: the chat opens for its own patient alone, survives
  what a broken page may send, and is never a line into nowhere that only looks alive.
  Proves MA-WS-01, MA-WS-02 and MA-WS-08.

  @quick @persona-new-patient @MA-WS-01
  Scenario: A chat opens with its state, gives 20 signs of life and is closed in good order
    When Pia opens her chat, asks for a sign of life 20 times and leaves
    Then the chat opened with the state of its session
    And 20 signs of life came
    And the chat was closed in good order

  @persona-new-patient @persona-nurse @MA-WS-01
  Scenario: Nobody is let into a chat that does not exist, is over, or without signing in
    When Pia tries the chats of an unknown, a malformed, a completed and a cancelled session, and her own without a sign-in
    Then each of the 5 tries was refused before anything was shown

  @serial @persona-new-patient @MA-WS-01
  Scenario: A chat that was closed does not count as open
    When Pia opens 50 connections to her chat and closes them all
    Then each of the 50 was closed in good order
    And the system, where it tells how many are open, counted them rightly

  @persona-new-patient @MA-WS-02
  Scenario: Nothing that a broken page sends leaves a dead connection behind
    When Pia's page sends every broken frame
    Then each of the 9 frames brought one error, and a sign of life came within 0.5 seconds after it
    And the good message after them is answered, and nothing else is kept

  @persona-new-patient @MA-WS-01 @MA-WS-02
  Scenario: A frame that is too large ends its connection with the reason, and the next connection works
    When Pia's page sends a frame of the largest size and one that is larger
    Then the larger one alone ended its connection for its size, and Pia is served on a new one

  @fault @patient @persona-new-patient @persona-second-patient @MA-WS-08
  Scenario: A dead connection is noticed by its silence, a quiet living one is kept
    When Pia's page answers signs of life for 4 intervals and Priya's page answers nothing
    Then the connection of Pia is still open
    And the connection of Priya was ended as dead after 2 to 3 intervals
