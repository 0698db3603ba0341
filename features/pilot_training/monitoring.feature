@chattrain @persona-operator
Feature: The operator sees how the system really is
  Olga looks after the system while others train. She wants a health check that never says healthy when nobody can
  work, figures she can trust, and a system that does not need more memory every day.
  Proves CT-MON-01 to CT-MON-03.

  @fault @api @CT-MON-01
  Scenario: Whoever looks at the health is told when the database is gone, and when it is back
    Given Ben has held 1 exchange of the customer service training
    And Olga finds the system healthy
    When the database goes away and comes back while Olga looks at the health
    Then Olga reads within 5 seconds that the system cannot work, and nothing else until the database is back
    And Olga reads within 10 seconds of its return that the system is healthy

  @quick @serial @api @CT-MON-02
  Scenario: The figures count what happened
    Given Olga has noted the figures of the system at rest
    When Ben opens the customer service training, has 5 lines answered and 2 refused
    Then the figures show 5 more answered lines, 2 more refused ones and nothing else
    And the figures show 5 more timed answers, together no longer than Ben waited
    And the figures show 1 more session and 1 more open connection
    And the connection of Ben is counted off within 3 seconds of his leaving

  @serial @performance @CT-MON-03
  Scenario: The memory stays within its limit and does not grow with every message
    Given Olga has noted the memory of the system at rest
    When the pilot group says 200 lines over 100 connects
    Then the memory grew by less than 200 MB
    And the system takes less than 2 GB
