@medassist
Feature: A patient's conversation survives a poor line
  Patients write from trains, cellars and hospital corridors. The clinic's owner wants nothing said to be lost or said
  twice because a line dropped, whichever way the patient comes back.
  Proves MA-WS-03 and MA-WS-04.

  @websocket @persona-new-patient @MA-WS-03
  Scenario: Whoever loses the line 10 times has read every message once and in order
    When Pia's window loses its line 10 times, 5 of them in the middle of an answer, while another stays open
    Then each of the 10 returns began with exactly what was missed
    And all 10 messages are kept, answered and shown once and in order in both windows

  @integration @persona-new-patient @MA-WS-04
  Scenario: Where no line can be held the same conversation goes on without one, and back
    When Pia writes 2 messages over a line that is lost, 2 without any and 2 over a new one, another window watching
    Then all 6 messages are one conversation, each kept, answered and shown once and in order
