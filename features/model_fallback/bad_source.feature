@modelhub
Feature: A badly failing source and errors of all kinds are lived through
  The product owner wants downloads to succeed in the end however badly the source behaves, without paying for the same
  bytes again and again, and a hub that gets well again when a lot goes wrong at once.
  Proves MH-STRESS-02 and MH-STRESS-05.

  @load @fault @persona-regular-user @MH-STRESS-02
  Scenario: Twenty downloads arrive although each of their files is cut twice, and little is fetched twice
    Given the hub has no model installed
    When Rosa downloads 20 models at once and each of their files is cut twice in the middle
    Then at least 20 of 20 downloads arrive whole in the end
    And at most 1.2 times the bytes that are needed are fetched
    And no file is tried again more than 3 times

  @load @fault @persona-regular-user @MH-STRESS-02
  Scenario: With 3 of 10 requests to the source failing, 19 of 20 downloads arrive
    Given the hub has no model installed
    When Rosa downloads 20 models at once while 30 in 100 requests to the source fail
    Then at least 19 of 20 downloads arrive whole in the end
    And at most 1.2 times the bytes that are needed are fetched
    And no file is tried again more than 3 times

  @load @fault @serial @persona-regular-user @MH-STRESS-05
  Scenario: Errors of all kinds that come thick and fast are recovered from
    Given the hub has only the text model installed
    When 50 errors befall 20 people like Rosa within 3 minutes: a failing source, damaged files, dying downloads and a failing engine
    Then the hub recovers from at least 9 of 10 of the 50 errors by itself or by the way out that it offers
    And 95 of 100 recoveries take at most 30 seconds
