@modelhub
Feature: A hub that is cut off from its source goes on with what it has
  The product owner knows that networks fail. What is installed stays usable meanwhile, nobody is told that it is gone,
  and when the source is back nobody has to begin a download again by hand.
  Proves MH-RESIL-02 and MH-RESIL-03.

  @integration @fault @persona-regular-user @MH-RESIL-02
  Scenario: Cut off from the source of models, everything installed goes on and the hub says that it is offline
    Given the hub has only the text model and the fast model installed
    When the source of models is cut off for 30 seconds while Rosa uses the text model and the fast model and begins to download the image model
    Then within 5 seconds the hub says that it is offline
    And all the time both installed models are available, and only these are suggested
    And each of the 6 generations is completed, and nothing that is asked for meets an error of the hub
    And the new download is given up with its cause and at least 2 fitting things to do

  @integration @fault @websocket @persona-regular-user @MH-RESIL-03
  Scenario: When the connection to the source returns, downloads go on by themselves and everybody sees the same
    Given the hub has no model installed
    When the source is cut off for a moment in the middle of 3 downloads of Rosa, and later until all are given up
    Then after both cuts each of the 3 goes on by itself within 15 seconds of the return
    And each of the 3 arrives with at most 1 MB fetched twice for each cut
    And status, notices and disk say the same of each: available, with exactly the published bytes

  @integration @fault @websocket @persona-regular-user @MH-RESIL-03
  Scenario: Downloads arrive over a bad line too
    Given the hub has no model installed
    When 3 downloads of Rosa meet lost connections, 60 percent failures, delays of 2 seconds and a slow line in turn
    Then each of the 3 arrives with at most 1 MB fetched twice for each cut
    And status, notices and disk say the same of each: available, with exactly the published bytes
