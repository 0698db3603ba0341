@medassist @websocket
Feature: Every nurse learns of every report and decision
  The clinic's owner staffs several nurses at once. Whoever is on duty has to see the same waiting room, whoever comes
  back has to see what happened meanwhile, and nothing about a patient travels with a notice.
  Proves MA-WS-06 and MA-WS-07.

  @persona-nurse @persona-new-patient @MA-WS-06
  Scenario: 3 nurses are told of 100 reports and decisions alike, whoever else has stopped reading
    Given Nora, Nils and Nadia are on duty, and a fourth nurse whose line takes nothing any more
    When 100 reports and decisions come about
    Then each of the 3 nurses was told of every one of them, once
    And all of them were told the same in the same order, with no number left out
    And no notice holds a name, an address or a word of a patient

  @fault @integration @persona-nurse @persona-new-patient @MA-WS-07
  Scenario: A nurse who was away is told what happened meanwhile, also over a new start of the system
    When Nora loses her line, 20 reports and decisions come about, a new start between them where one is allowed, and Nora returns
    Then Nora was told at once exactly what she had missed
    And what she missed and what came after it was told once and in order, with no number left out
