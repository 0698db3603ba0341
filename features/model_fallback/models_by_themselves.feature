@modelhub
Feature: The hub gets its models together by itself
  The product owner wants a hub that knows after a start what it has, fetches what it lacks if it may, and goes back
  from mock to real results as soon as it can, without somebody watching over it.

  @integration @persona-regular-user @MH-DL-03
  Scenario: Generation is real again as soon as the missing model has arrived
    Given the hub has no model installed
    And the source is away and Rosa's generation with the text model gives a mock result
    When the source is back and Rosa downloads the text model
    Then within 5 seconds after its arrival mock results have ended, without anybody resetting anything
    And her next generation is called real and is completed

  @integration @fault @persona-power-user @MH-DL-12
  Scenario: A fully automatic hub that starts fetches what is missing and repairs what is damaged
    Given the hub has only the text model, the image model and the fast model installed
    And the hub is set to fully automatic operation
    When the hub is stopped, loses the image model and a part of the fast model, and is started again
    Then within 20 seconds it has looked at every model again
    And within 20 seconds it has begun to fetch the one and to repair the other

  @integration @fault @persona-power-user @MH-DL-12
  Scenario: A hub that is to be run by hand only recommends what to fetch and repair
    Given the hub has only the text model, the image model and the fast model installed
    And the hub is set to manual operation
    When the hub is stopped, loses the image model and a part of the fast model, and is started again
    Then within 20 seconds it has looked at every model again
    And it recommends something for both and begins nothing
