@medassist @api
Feature: The front door keeps guessers out and gives nothing away
  The clinic's owner wants good passwords that count in full, nobody to find out who is a patient here, and whoever
  guesses or floods to be held up without locking out anybody else.
  Proves MA-SEC-04 and MA-SEC-05.

  @quick @persona-new-patient @MA-SEC-04
  Scenario: A weak password is refused without being repeated
    When somebody like Pia chooses 7 weak passwords one after the other
    Then each of the 7 weak passwords is refused, and the refusal does not repeat it

  @persona-new-patient @MA-SEC-04
  Scenario: A long password counts to its last character
    When somebody like Pia has a password of 83 characters and signs in with parts of it and with all of it
    Then no part and no other ending opens the account, and the whole password does

  @persona-new-patient @MA-SEC-04
  Scenario: An address is taken in whatever letters it is written
    When somebody registers the address of Pia again in capitals
    Then the address is refused as taken already

  @persona-new-patient @MA-SEC-04
  Scenario: Signing in does not tell which addresses exist
    When somebody like Pia signs in 20 times with an unknown address and 20 times with a wrong password, in turn
    Then all 40 refusals are the same
    And the medians of the 20 times of each kind lie less than 100 ms apart

  @persona-new-patient @persona-second-patient @MA-SEC-05
  Scenario: Whoever guesses a password is held up, and nobody else
    When somebody guesses 12 passwords of Pia within a minute while Priya signs in
    Then each guess after 10 wrong ones is told to wait, and so is the right password
    And Priya was let in every time

  @websocket @persona-new-patient @persona-second-patient @MA-SEC-05
  Scenario: A flood of messages is taken in part, and the rest is refused and not kept
    When Pia sends 40 messages at once while Priya writes one, and one more after the wait she is told
    Then at most 20 of the 40 messages are taken, and each other one is refused as too fast
    And exactly the messages that were taken are kept
    And her message after the wait, and that of Priya, are answered

  @persona-new-patient @persona-second-patient @MA-SEC-05
  Scenario: A flood of requests is told to wait while others are served
    When Pia asks 200 times within 3 seconds while Priya asks as usual
    Then at least 60 of the 200 requests are told to wait, and no request fails otherwise
    And Priya was let in every time
