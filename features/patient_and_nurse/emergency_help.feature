@medassist @integration
Feature: Help is called for at once, whatever the AI does
  The clinic's owner wants whoever is in danger to be told at once whom to call, and a nurse to see the case first. Fixed
  rules do this, not the AI: it may fail, and it may never talk an emergency down.
  Proves MA-TRIAGE-05 and MA-TRIAGE-06.

  @websocket @persona-emergency-patient @persona-nurse @MA-TRIAGE-05
  Scenario: Of 20 emergencies each is told whom to call, escalated and queued, with and without the AI
    When patients like Paul report 20 emergencies, every second one while the AI fails where it is scripted
    Then each of the 20 is told to call the emergency number before any answer, and of self-harm the crisis line
    And 95 in 100 of the 20 pieces of advice are shown within 500 ms
    And every advice is kept right behind the message that it answers
    And every session is escalated, and its report waits as immediate in the queue of Nora
    And every emergency is answered, with a stand-in where the AI failed

  @persona-emergency-patient @MA-TRIAGE-06
  Scenario Outline: A report on <complaint> is <urgency> when the AI suggests <suggestion>
    When Paul tells of <complaint> and the AI suggests <suggestion> for the report
    Then the report is <urgency> with <red flags>
    And what the AI suggested has reached the report

    Examples: the AI can raise the urgency and never lowers it
      | complaint                 | suggestion | urgency   | red flags                |
      | an emergency that is over | routine    | immediate | chest pain and breathing |
      | an urgent complaint       | routine    | urgent    | no red flag              |
      | a routine complaint       | urgent     | urgent    | no red flag              |
      | a routine complaint       | immediate  | immediate | no red flag              |
