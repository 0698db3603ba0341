@chattrain @load
Feature: The whole pilot group works at once
  The pilot lead sits five trainees down at the same hour and wants nobody to wait, to fail or to stand in for somebody
  else. If four times as many come, they may be asked to wait, but nothing of theirs gets lost or mixed up.
  Proves the load criteria of the pilot (CT-LOAD) and the start of many sessions at once (CT-DATA-02).

  @api @CT-LOAD-01
  Scenario: Whatever the pilot users ask for at the same time comes quickly
    Given the pilot users know the customer service training
    When each pilot user asks 10 times for health, trainings, a session and a document
    Then at least 200 requests are made and all of them succeed
    And each of at least 200 answers comes within 3 seconds
    And all requests together take less than 10 seconds

  @api @CT-LOAD-02
  Scenario: Half a minute of steady use tires nothing
    Given 3 people know the customer service training
    When they keep asking for health, trainings and documents for 30 seconds
    Then more than 1 request per second is answered
    And fewer than 5 of 100 requests fail

  @quick @websocket @CT-LOAD-03
  Scenario: Nobody waits for the customer while everybody talks
    Given the pilot users have joined their chats of the customer service training
    When each pilot user answers the customer 5 times, all at the same time
    Then at least 25 lines are all answered, each within 3 seconds
    And all conversations together take less than 10 seconds
    And the average time of at least 5 sessions is on record

  @integration @CT-LOAD-04
  Scenario: Two whole trainings each are no burden
    When each pilot user walks through both trainings with 4 lines each, without thinking time
    Then at least 4 of 5 users finish
    And at least 8 of 10 sessions are held to their end
    And a user needs less than 10 seconds on average
    And the last user is done within 30 seconds

  @api @CT-DATA-02
  Scenario: Sessions started in one moment stay apart
    Given 5 people know the claim handling training
    When each of them starts 5 sessions at the same moment
    Then 25 sessions with different numbers exist
    And the 25 starts take less than 2 seconds on average and never 5 seconds
    And 3 lines in each session are all confirmed under different numbers and answered

  @integration @CT-LOAD-06
  Scenario: Four times the pilot group leaves no mark
    When 20 people each say 5 lines in a session of the claim handling training at once
    Then somebody new is served again within 10 seconds
    And 30 further connections and one whole training succeed
    And whoever of the 20 was not served was refused politely
    And nobody was shown or credited with anything of somebody else

  @integration @CT-LOAD-05
  Scenario: Failures stay rare over everything done under load
    Given the pilot users know the customer service training
    When each pilot user asks 25 times for health, trainings, documents and a document, and then says 5 lines in a session
    Then of at least 500 operations under load fewer than 5 of 100 failed
