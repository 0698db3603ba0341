@medassist @api
Feature: Everybody does what their role allows, and nothing else
  The clinic's owner wants patients to reach what is theirs, nurses to work on what waits for them, administrators to look
  after accounts and models, and strangers to reach nothing at all.
  Proves MA-SEC-02; the access matrix stands in personas/material/medassist_access.yaml.

  @persona-new-patient @persona-second-patient @persona-nurse @persona-administrator @MA-SEC-02
  Scenario: Every cell of the access matrix holds on every route
    Given Pia, Priya, Nora and Ada work at the clinic with something of everything there
    When they and a stranger try every route of the access matrix
    Then each is allowed or refused as the matrix says
    And no refusal tells anything that belongs to Pia

  @websocket @persona-new-patient @persona-second-patient @persona-nurse @persona-administrator @MA-SEC-02
  Scenario: Every cell of the access matrix holds at every door to live talks and notices
    Given Pia, Priya, Nora and Ada work at the clinic with something of everything there
    When they and a stranger try every live door of the access matrix
    Then each is allowed or refused as the matrix says
