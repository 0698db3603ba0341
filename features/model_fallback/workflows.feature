@modelhub @serial @integration
Feature: The seven workflows of the people who use the model hub
  The product owner signs only when new, regular, power and accessibility users get through their workflows, are told
  the truth at each step and are left satisfied. Each workflow is gone through once for all scenarios that rest on it.
  Proves MH-JOURNEY-01 to 07, MH-UAT-01 to 03 and MH-GATE-02.

  @persona-new-user @MH-JOURNEY-01
  Scenario: A new user comes from an empty hub to a first generation within a minute
    When Noor goes through the workflow "new user" 5 times
    Then all 7 steps are completed each of the 5 times
    And whatever a step has to tell is told and is true
    And no way from the first step to the last takes longer than 60 seconds

  @persona-regular-user @MH-JOURNEY-02
  Scenario: A user whose model is away generates with an alternative and is told when the preferred one is done
    When Rosa goes through the workflow "fallback" 3 times
    Then all 6 steps are completed each of the 3 times
    And whatever a step has to tell is told and is true

  @fault @persona-regular-user @MH-JOURNEY-03
  Scenario: A user is told of a damaged model, approves its repair and generates again
    When Rosa goes through the workflow "corruption" 3 times
    Then all 6 steps are completed each of the 3 times
    And whatever a step has to tell is told and is true

  @persona-power-user @MH-JOURNEY-04
  Scenario: A power user manages models and every step takes real effect
    When Pavel goes through the workflow "management" 3 times
    Then all 8 steps are completed each of the 3 times
    And whatever a step has to tell is told and is true

  @load @persona-regular-user @MH-JOURNEY-05
  Scenario: A user sees the own place in the queue come forward under high load and receives the result
    When Rosa goes through the workflow "high load", with 50 others active and 20 requests before hers, 3 times
    Then all 6 steps are completed each of the 3 times
    And no wait is longer than 2 times the announced one
    And whatever a step has to tell is told and is true

  @fault @persona-power-user @MH-JOURNEY-06
  Scenario: A user learns the cause of every kind of error, is shown a way out and is working again
    When Pavel goes through the workflow "error recovery" once for each of network failure, full disk, damaged model, service unavailable and timeout
    Then all 6 steps are completed each of the 5 times
    And whatever a step has to tell is told and is true

  @browser @persona-accessibility-user @MH-JOURNEY-07
  Scenario: A person without a mouse does everything on the page and is told of every result
    When Amara goes through the workflow "accessibility" once for each of keyboard only, screen reader, high contrast, large text and voice
    Then at least 9 of 10 steps are completed each of the 5 times
    And whatever a step has to tell is told and is true

  @fault @load @browser @persona-new-user @persona-regular-user @persona-power-user @persona-accessibility-user
  @MH-UAT-01
  Scenario: Everybody completes the steps of every workflow
    When Noor, Rosa, Pavel and Amara go through all seven workflows
    Then each of the 4 completes at least 80 of 100 steps in every workflow, in 3 runs or more

  @fault @load @browser @persona-new-user @persona-regular-user @persona-power-user @persona-accessibility-user
  @MH-UAT-02
  Scenario: People are satisfied with every workflow
    When Noor, Rosa, Pavel and Amara go through all seven workflows
    Then the measured satisfaction is at least 0.8 in every workflow, for each of them and on average

  @fault @load @browser @persona-new-user @persona-regular-user @persona-power-user @persona-accessibility-user
  @MH-UAT-03
  Scenario: Problems are few and soon over
    When Noor, Rosa, Pavel and Amara go through all seven workflows
    Then every problem they meet is resolved within 60 seconds by the way that was shown
    And the new user meets at most 1 problem each of the 5 times

  @fault @load @browser @persona-new-user @persona-regular-user @persona-power-user @persona-accessibility-user
  @MH-GATE-02
  Scenario: Workflows are completed from end to end
    When Noor, Rosa, Pavel and Amara go through all seven workflows
    Then at least 90 of 100 runs of the 7 workflows are completed, each in 3 runs or more
