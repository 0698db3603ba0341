@modelhub
Feature: Damaged models are recognised and mended
  The product owner wants nobody to generate with a damaged model or to wonder why it does not work: whatever happens to
  the files is noticed, named for what it is and repaired. Proves MH-HEALTH-01, 02 and 04.

  @api @persona-power-user @MH-HEALTH-04
  Scenario: Every kind of damage is told for what it is
    Given the fast model is the only model that is installed
    When Pavel has the fast model judged after each of these
      | what happened                                                  | health    | kinds of damage              | integrity | shown as  |
      | everything in place                                            | healthy   | none                         | 1         | available |
      | a weight file overwritten, its size kept                       | corrupted | wrong contents               | 0.833     | corrupted |
      | a weight file overwritten, its size and time kept              | corrupted | wrong contents               | 0.833     | corrupted |
      | a weight file cut to half                                      | corrupted | incomplete                   | 0.833     | corrupted |
      | a weight file emptied                                          | corrupted | unreadable                   | 0.833     | corrupted |
      | the configuration made unreadable                              | corrupted | unreadable                   | 0.833     | corrupted |
      | a file deleted                                                 | corrupted | missing file                 | 0.833     | corrupted |
      | two files deleted, another overwritten                         | corrupted | missing file, wrong contents | 0.5       | corrupted |
      | the whole folder deleted                                       | missing   | none                         | 0         | missing   |
      | everything in place, beside a left-over of an unfinished download | degraded  | incomplete                   | 1         | available |
    Then each of the 10 states is recognised for what it is

  @api @persona-power-user @MH-HEALTH-04
  Scenario: A model of somebody's own is judged by what lies beside it
    When Pavel has a model of somebody's own judged that lies there in each of these ways
      | what happened                              | health    | kinds of damage | integrity | shown as  |
      | complete, without checksums                | healthy   | none            | 1         | available |
      | complete, with the right SHA-256 beside it | healthy   | none            | 1         | available |
      | complete, with the right MD5 beside it     | healthy   | none            | 1         | available |
      | complete, with a wrong SHA-256 beside it   | corrupted | wrong contents  | below 1   | corrupted |
      | complete, with a wrong MD5 beside it       | corrupted | wrong contents  | below 1   | corrupted |
      | without any weight file                    | corrupted | missing file    | below 1   | corrupted |
    Then each of the 6 states is recognised for what it is

  @websocket @persona-regular-user @MH-HEALTH-02
  Scenario: Damage is noticed and repaired without anybody asking
    Given all three models are installed and damage is repaired without asking
    When their files are damaged 10 times in different ways, and Rosa only listens
    Then Rosa is told of each of the 10 damages within 15 seconds
    And each of the 10 is mended within 30 seconds with the files as they were published

  @websocket @persona-regular-user @MH-HEALTH-02
  Scenario: Damage is only told where nothing may be repaired without asking
    Given all three models are installed and nothing is repaired without asking
    When the files of two of them are damaged, and Rosa only listens
    Then Rosa is told of each of the 2 damages within 15 seconds
    And Rosa is asked to do something, and the files stay as they are

  @integration @persona-regular-user @MH-HEALTH-01
  Scenario: A model is looked at when it is loaded, and a damaged one is not used
    Given the text model was just installed and nothing looks at the models from time to time
    When Rosa generates with the text model, and again after one of its files was damaged
    Then the files were looked at for both generations
    And the first gave a result, nothing was made with the damaged model, and 5 of its 6 files are right

  @integration @persona-regular-user @MH-HEALTH-01
  Scenario: The speed of a model is told after 5 runs
    Given the text model is the only model that is installed
    When Rosa generates 5 times with the text model
    Then a performance score and an average time are told of it
