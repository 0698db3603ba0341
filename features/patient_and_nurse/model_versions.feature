@medassist @api @persona-administrator
Feature: Versions of the models behind the answers
  The clinic's owner wants a better model to reach patients without a gap and a bad one to leave at once: it is always
  clear which version answers, none of poor quality ever does, and no request is lost while versions change.
  Proves MA-MODEL-01, MA-MODEL-02 and MA-MODEL-03.

  @quick @MA-MODEL-01
  Scenario: Every version is registered once and the highest number is the newest
    When Ada registers the versions 1.0.0, 1.10.0 and 1.9.0 of a new model in this order
    Then the newest version is 1.10.0, before 1.9.0 and 1.0.0
    And registering version 1.9.0 again is refused as a duplicate
    And these numbers are refused as malformed:
      | number     |
      | 1.0        |
      | v1.0.0     |
      | 1.0.0-beta |
      | 1.00.0     |
    And the newest version is 1.10.0, before 1.9.0 and 1.0.0

  @quick @MA-MODEL-01
  Scenario: A version of poor quality cannot be put into service
    When Ada registers a version that is right in 0.69 of all cases and one that is right in 0.70
    Then the poorer version is rejected and cannot be put into service
    And the better version is accepted and serves predictions

  @fault @serial @MA-MODEL-01
  Scenario: Registered versions outlive a restart
    Given Ada has put the second version of a new model into service
    When the system is started anew, where its operator allows that
    Then every version of the model is still there in the state it had

  @serial @integration @persona-new-patient @MA-MODEL-02
  Scenario: A deployed version serves every prediction and every chat answer from then on
    Given Ada has registered a new version of the model that answers patients
    When Ada puts it into service while predictions go on
    Then of at least 200 predictions none failed
    And 100 of 100 predictions after the change come from the new version
    And the next chat answer to Pia comes from the new version

  @integration @MA-MODEL-03
  Scenario: A rollback brings the former version back within 5 seconds and withdraws what the other one said
    Given Ada has put the second version of a new model into service
    When Ada rolls it back with a reason while predictions go on
    Then of at least 200 predictions none failed
    And within 5 seconds of the rollback 100 predictions in a row come from the first version
    And questions that the withdrawn version had answered are answered anew by the first version
    And exactly one rollback is on record, with its reason
    And a second rollback is refused as there is no version to go back to
