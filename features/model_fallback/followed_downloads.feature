@modelhub @websocket
Feature: Whoever follows a download is told everything, in order and in time
  The product owner wants pages and programs to show what really happens, to all who look, also to those whose network
  breaks for a while. Proves MH-WS-02 and MH-WS-04.

  @performance @integration @persona-regular-user @MH-WS-02
  Scenario: Everybody is told the same story of a download, in order and within a second
    Given the hub has no model installed
    When 20 listeners follow a download of Rosa that meets 2 passing troubles, a pause and a resumption
    Then all 20 were told the same, each message once and in order, from its start to its one end
    And to each the percentage never fell, and each of 2 retries was told once
    And while it was downloading news came to each at least once a second, and at most 4 times
    And 190 of 200 messages came within 1 second by the clocks of the source and of Rosa

  @integration @persona-regular-user @MH-WS-04
  Scenario: Whoever loses the line for 5 seconds knows the present at once and has missed nothing
    Given the hub has only the text model installed
    When a window of Rosa loses its line for 5 seconds in the middle of a download, while another window stays
    Then the window that came back was told within 1 second how everything is now
    And it was told what it had missed, and everything once and in order
    And a newcomer was told within 1 second how everything is now, exactly as the hub answers
