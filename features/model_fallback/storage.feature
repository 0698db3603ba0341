@modelhub
Feature: Space for models is never a surprise
  The product owner wants to be warned before the space runs out, to see what could go, and to keep what is used.
  Proves MH-STORE-01, 02 and 03, and the part of MH-ANA-02 about a time without any use.

  @api @websocket @persona-power-user @MH-STORE-01
  Scenario: Low space is told with what could be removed
    Given all three models are installed
    When the storage is filled to these levels, and Pavel looks and listens
      | full       | warning  |
      | 79 percent | none     |
      | 82 percent | medium   |
      | 96 percent | critical |
    Then each of the 3 levels is warned of as listed, with models to remove and the figures as on disk

  @api @persona-power-user @MH-STORE-02
  Scenario: Cleaning up frees exactly what it tells
    When Pavel cleans up in a dry run, in earnest and once more, and deletes a model
    Then cleaning up and deleting free the bytes that they tell, and the models are shown as missing
    And the dry run frees nothing, and neither does a clean-up where enough is free
    And a model that is being downloaded is not deleted

  @api @persona-power-user @MH-STORE-03
  Scenario: The least used models are proposed for removal first
    Given Pavel has used one model 5 times, one once and one never
    When Pavel asks in 6 situations what would be removed
    Then the least used go first and only as many as needed, and no preferred, recent or busy one is named

  @fault @serial @persona-power-user @MH-STORE-03 @MH-ANA-02
  Scenario: Models that nobody used for a month are recommended for removal
    Given Pavel has used one model 5 times, one once and one never
    When Pavel looks 31 days later
    Then removing each of the three models is recommended
    And no use, no favourite and no busy hour is told of the 30 days without any
