@medassist @performance
Feature: Patients and nurses are told in time
  The clinic's owner wants no patient to wonder whether anybody listens, and no nurse to learn of an emergency late
  because something less important came first.
  Proves MA-PERF-01 and MA-PERF-04.

  @websocket @MA-PERF-01
  Scenario: Patients are fully answered within 2.5 seconds
    When 5 patients say 20 things each, one after the other, all at the same time
    Then all 100 messages are answered by the AI
    And 95 of 100 messages are fully answered within 2.5 seconds

  @websocket @MA-PERF-04
  Scenario: A message is acknowledged at once, however long the answers take
    Given 50 patients have joined their chats
    When each of them says 4 things, one every 2 seconds, without waiting for the slow answers
    Then 190 of 200 messages are acknowledged within 0.5 seconds

  @websocket @serial @persona-nurse @persona-second-nurse @persona-administrator @MA-PERF-04
  Scenario: A nurse hears of an emergency at once, however many other notices there are
    Given Nora is on duty and hears every notice
    And 50 patients have joined their chats
    When each of them reports an emergency, the second half while two others work at the reports that Nora sees
    Then at least 200 notices of other things reached Nora during the second half
    And Nora heard of 48 of 50 emergencies within 0.5 seconds
