@medassist
Feature: Nobody gets in without good credentials, and access ends when it is meant to end
  The clinic's owner wants every door to open for those alone who have signed in, nobody to give themselves a role,
  and whoever has signed out, was deactivated or has stayed too long to be outside at once, open talks included.
  Proves MA-SEC-01, MA-SEC-03 and MA-SEC-09.

  @quick @api @websocket @persona-new-patient @MA-SEC-01
  Scenario: False credentials open neither a service nor a live talk
    Given Pia has signed in and opened a session
    When a stranger shows every kind of false credentials of Pia on 5 services and at every live door
    Then none of them opens a service, and each refusal says how to sign in
    And none of them opens a live door
    And the good credentials of Pia open the same service

  @api @persona-new-patient @MA-SEC-01
  Scenario: A refresh token works once, and for refreshing only
    Given Pia has signed in and opened a session
    When Pia renews her sign-in and somebody uses the old refresh token again
    Then the renewal gave Pia credentials that are good
    And the used refresh token, and what came of it, opens nothing any more
    And an access token renews nothing

  @quick @api @persona-new-patient @persona-nurse @MA-SEC-03
  Scenario: Nobody becomes a nurse or administrator by registering as one
    When a stranger, Pia and Nora register with staff roles and with every trick to get one
    Then each of the 6 wishes for a staff role is forbidden and makes no account
    And each trick makes a patient at most

  @api @websocket @persona-new-patient @MA-SEC-09
  Scenario: Signing out ends a sign-in and its open talk, and no other one
    When Pia signs out on one of two devices with an open talk on each
    Then the credentials that were signed out open nothing any more
    And the open talk is closed as no longer allowed within 5 seconds of signing out
    And the other sign-in goes on

  @api @websocket @persona-new-patient @persona-nurse @persona-administrator @MA-SEC-09
  Scenario: A deactivated account is outside at once
    When Ada deactivates Pia, who is in a talk, and Nora, who is on duty
    Then every credential of theirs is refused because the account is deactivated
    And the open talk is closed as no longer allowed within 5 seconds of the deactivation

  @fault @serial @api @websocket @persona-new-patient @persona-nurse @MA-SEC-09
  Scenario: A sign-in ends when its time is over
    When Pia and Nora stay in a live talk longer than their short sign-ins last
    Then the credentials whose time is over open nothing any more
    And the open talk is closed as no longer allowed within 10 seconds of the end of their time
    And a renewal still lets Pia go on
