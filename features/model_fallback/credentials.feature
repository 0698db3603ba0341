@modelhub
Feature: Nobody gets into the hub without good credentials
  The hub's owner wants people to register and sign in without help, every door to open for good credentials alone, and
  guessing to be a waste of time.
  Proves MH-SEC-04; what people try stands in personas/material/modelhub_door.yaml.

  @quick @api @persona-new-user @MH-SEC-04
  Scenario: Whoever registers gets into the hub in every way, until the key is deleted
    When Noor registers, signs in by name and address, renews the sign-in, makes a key, uses and deletes it
    Then each of these lets Noor in
    And the key was shown only once
    And the deleted key opens nothing at once

  @api @persona-new-user @MH-SEC-04
  Scenario: Bad names, addresses, passwords and lives of keys are refused in words
    When somebody like Noor registers with everything that is bad, and wishes for keys that nobody may have
    Then each of at least 30 wishes is refused in words, and no password is repeated
    And none of them made an account

  @api @websocket @persona-regular-user @MH-SEC-04
  Scenario: False credentials open neither a service of the hub nor a live line
    When a stranger shows every kind of false credentials of Rosa on 5 services and every live line of the hub
    Then none of them opens a service of the hub, and each refusal says why
    And none of them opens a live line
    And the good credentials of Rosa open those services that are read

  @fault @serial @api @websocket @persona-regular-user @MH-SEC-04
  Scenario: A sign-in and a key at the hub end when their time is over
    When Rosa stays longer than a short sign-in and a key of few days last
    Then both were good before their end and open nothing after it, and the refusal says so
    And the ended sign-in opens no live line
    And a renewal still lets Rosa go on at the hub

  @api @persona-second-user @MH-SEC-04 @MH-API-02
  Scenario: Guessing passwords at the hub is slowed after 10 failures
    When somebody guesses 12 passwords of Viktor by name and by address within a minute
    Then the first 10 guesses are wrong, and every later one is told to wait, the right password too
    And being told to wait names the cause and the number of the request
