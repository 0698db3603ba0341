@chattrain @performance @serial
Feature: Answers come while a person is still looking at them
  A trainee who waits more than three seconds for a customer loses the thread of the conversation; the pilot lead wants
  that waiting measured on enough answers, alone and in company, and reported with its number of samples.
  Proves the answer times of the pilot (criteria CT-PERF).

  @api @CT-PERF-01
  Scenario: 95 of 100 requests are answered within three seconds
    Given 5 people know the customer service training
    When they ask for health, trainings, a session, documents and a document, first one by one and then at once
    Then 95 of 100 out of at least 200 answers came within 3 seconds
    And 95 of 100 came within 3 seconds both alone and in company
    And every one of at least 200 requests was answered, none after 10 seconds

  @websocket @CT-PERF-02
  Scenario: The customer answers in time, alone and in company
    Given 5 people know the claim handling training
    When one person says 20 lines alone and then 5 connected people say 20 lines between them
    Then each of the 40 lines is answered within 3 seconds
    And the 40 answers take less than 2 seconds on average
    And the time to the feedback of the 40 lines is on record

  @websocket @persona-fast-typist @CT-PERF-03
  Scenario: A fast typist is not held back
    Given David has opened the claim handling training
    When David sends 5 lines without waiting for an answer
    Then all 5 of them are answered, each within 3 seconds of its own sending

  @websocket @persona-fast-typist @CT-PERF-03
  Scenario: Twenty lines in one go keep flowing
    Given David has opened the claim handling training
    When David sends 20 lines without waiting for an answer
    Then at least 70 of 100 lines are answered
    And answers come at 2 per second or more

  @websocket @CT-PERF-03
  Scenario: Five fast typists do not hold each other back
    Given 5 people have joined their chats of the claim handling training
    When all of them send 5 lines each without waiting for an answer
    Then all 25 of them are answered, each within 3 seconds of its own sending

  @api @websocket @CT-PERF-04
  Scenario: The first steps of a training are quick
    Given 5 people know the claim handling training
    When they ask for health and trainings, start a session and join its chat 30 times
    Then of 30 looks at health 95 in 100 take less than 1 second
    And of 30 looks at the trainings 95 in 100 take less than 2 seconds
    And of 30 starts of a session 95 in 100 take less than 2 seconds
    And of 30 connections to a chat 95 in 100 take less than 1 second

  @api @CT-PERF-05
  Scenario: Looking after the content holds up nobody
    When the content is reloaded 20 times at once
    Then at least 20 looks at health meanwhile were all answered within 1 second
    And all 20 reloads succeeded
