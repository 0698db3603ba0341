@medassist @integration
Feature: A nurse decides
  The clinic's owner answers for every decision: it must be plain who took it and when, an override must say why and what
  is right, nobody decides what a colleague has decided or holds, and the patient hears of it at once.
  Proves MA-NURSE-03, MA-NURSE-04, MA-NURSE-05, MA-NURSE-06, MA-NURSE-07 and MA-NURSE-08.

  @quick @persona-new-patient @persona-nurse @persona-second-nurse @MA-NURSE-03
  Scenario: An approval says who decided and when
    Given 1 urgent report of Pia waits
    When Nora approves it with a note
    Then the report is approved by Nora, with her note, at the moment she did it
    And Nora and Nils read the same decision
    And it is not in the queue any more

  @persona-new-patient @persona-nurse @MA-NURSE-04
  Scenario: An override without a reason or a corrected assessment decides nothing
    Given 1 urgent report of Pia waits
    When Nora sends decisions that lack something, are too short or too long, or are no decision at all
    Then each of them is refused and the report still waits undecided

  @persona-new-patient @persona-nurse @MA-NURSE-04
  Scenario: A proper override keeps the words of the AI beside those of the nurse
    Given 2 urgent reports of Pia wait
    When Nora overrides them, once with the shortest and once with the longest words allowed
    Then each report keeps the assessment of the AI beside her reason and her corrected assessment

  @persona-new-patient @persona-nurse @persona-second-nurse @MA-NURSE-05
  Scenario: A decision is final
    Given 1 urgent report of Pia waits
    And Nora has approved it
    When Nora and Nils decide it again in every way
    Then every later decision is refused, and that of Nora stands

  @persona-new-patient @persona-nurse @persona-second-nurse @MA-NURSE-05
  Scenario: Of two decisions at the same moment one holds
    Given 10 urgent reports of Pia wait
    When Nora approves and Nils overrides each of the 10 at the same moment
    Then each of the 10 has one decision, the other was refused, and the one that won is kept

  @persona-new-patient @persona-nurse @MA-NURSE-08
  Scenario: A patient in the chat hears of the decision within a second
    Given 10 urgent reports of Pia wait while she stays in their chats
    When Nora decides each of the 10
    Then Pia is told of each of the 10 decisions within 1 second
    And each of the 10 sessions is completed by it

  @persona-new-patient @persona-nurse @MA-NURSE-08
  Scenario: A patient who was away sees the decision on return
    Given 1 urgent report of Pia waits
    When Nora approves it with a note
    Then Pia, who was away, sees the decision and a completed session
