@modelhub
Feature: Settings are kept as they were made
  The product owner wants people to rely on what they set: nothing else changes with it, nothing senseless is taken,
  nobody sees or spoils another's, and nothing is forgotten. Proves MH-CFG-01 and MH-CFG-03.

  @serial @api @persona-power-user @MH-CFG-01
  Scenario: Changing one setting leaves all others as they were
    When Pavel changes each of the 23 settings to another value, one after the other
    Then each of the 23 changes alters that setting and no other

  @serial @api @persona-power-user @MH-CFG-01
  Scenario: Every limit of a setting holds exactly where it is
    When Pavel has values at both limits of these settings and just beyond looked over, and then sets them
      | setting                                     | least | most  |
      | retries of a download                       | 0     | 10    |
      | seconds before the first retry              | 0.1   | 60    |
      | longest seconds before a retry              | 1     | 3600  |
      | speed limit in Mbps                         | 0.1   | 10000 |
      | downloads at once                           | 1     | 10    |
      | likeness that an alternative needs          | 0     | 1     |
      | minutes that a request may wait             | 1     | 1440  |
      | percent of the space from which to clean up | 50    | 99    |
    Then each of the 16 limits is taken and kept, and each of the 16 values beyond is refused, naming the setting
    And looking them over beforehand says the same and keeps nothing

  @serial @api @persona-power-user @MH-CFG-01
  Scenario: What makes no sense as a setting is refused as a whole
    When Pavel has 12 senseless settings looked over, and then tries to set them
    Then each of the 12 is refused, naming what is wrong, and nothing of it is kept
    And looking them over beforehand says the same and keeps nothing

  @serial @api @persona-regular-user @MH-CFG-01
  Scenario: Each user's settings are their own, and those of the installation hold for everybody
    When Rosa and Viktor set what is their own, Pavel sets what holds for all, and both try to set that too
    Then each of them has exactly their own settings beside those for all
    And each of the 5 things that hold for all is refused to both of them

  @fault @serial @persona-power-user @MH-CFG-03
  Scenario: Nothing that was set is forgotten when the hub is stopped and started
    Given the hub has no model installed
    And Rosa and Viktor have set what is their own, and Pavel what holds for all, a policy and a switch
    When every part of the hub is stopped and started
    Then the settings of all three, the policies and the switches are as they were set
    And what Rosa and Viktor set, what holds for all, the policy and the switch are in force
