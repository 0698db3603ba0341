@modelhub
Feature: Operators see what is wrong with the hub, and what it did
  The hub's operator wants to know within seconds which part is down, to be called when trouble begins and told when it is
  over, and figures that count what really happened and name nobody.
  Proves MH-MON-01 and MH-MON-02.

  @fault @serial @api @websocket @persona-power-user @MH-MON-01
  Scenario: The health tells which part of the hub is down, and alerts tell when trouble begins and ends
    When each part of the hub goes away in turn and comes back, while Pavel watches health and alerts
    Then the health tells within 5 seconds which part is down, and that the hub is unusable only without database
    And it is good again within 5 seconds of the return of each part
    And there was one alert when each outage began and one when it was over
    And alerts of parts without which messages still flow came live

  @fault @serial @api @persona-power-user @MH-MON-01
  Scenario: The health is right again when the part of the hub that answers is back
    When the part of the hub that answers is stopped and started while Pavel looks at the health
    Then nobody answers meanwhile, and the health is good within 5 seconds of the start

  @api @websocket @persona-power-user @MH-MON-02
  Scenario: The figures of the hub count what really happened and name nobody
    Given the hub has only the text model installed
    When Pavel does known numbers of everything that is counted at the hub
    Then the figures changed by exactly what was done
    And they tell memory, processor time and open files of each process
    And they hold no prompt, no name and no token
