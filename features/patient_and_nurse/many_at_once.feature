@medassist @load
Feature: Many patients at once are served as one is
  The clinic's owner expects a Monday morning: one hundred patients write at the same time, nurses read their queue, and
  nobody waits, is answered in somebody else's words, or loses a message.
  Proves the load criteria of the Medical AI Assistant (MA-LOAD) and the speed of its database under load (MA-PERF-05).

  @websocket @persona-nurse @MA-LOAD-01
  Scenario: One hundred patients chat at the same time and each is answered
    Given 100 patients have joined their chats
    When each of them says 3 things, one every 3 seconds, while Nora reads her queue every second
    Then each of the 300 messages is answered, in the words of its own patient and of nobody else
    And 285 of 300 answers are whole within 2.5 seconds of the moment their message was due
    And every look of Nora at the queue took less than 3 seconds

  @performance @persona-nurse @MA-PERF-05
  Scenario: The database stays quick while one hundred patients chat
    Given 100 patients have joined their chats
    When each of them says 3 things, one every 3 seconds, and Nora reads her queue
    Then 95 of 100 of at least 500 questions to the database took at most 100 milliseconds
