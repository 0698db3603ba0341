@medassist @integration
Feature: The audit trail
  The clinic's data protection officer has to be able to say, years later, who did what to which record, when and from
  where, who read a patient's words, and who tried what was not theirs to do. A trail that can be changed says nothing.
  Proves MA-AUDIT-01 and MA-AUDIT-02.

  @persona-new-patient @persona-nurse @persona-administrator @MA-AUDIT-01
  Scenario: Every action leaves exactly one entry
    When Pia, Nora and Ada do everything that is offered to patients, nurses and administrators
    Then Ada finds exactly one entry for each of their actions: who, what, when, from where and how it ended
    And the trail tells of nothing that they did not do
    And no entry holds a word that Pia wrote

  @persona-new-patient @persona-second-patient @persona-nurse @persona-administrator @MA-AUDIT-02
  Scenario: Failed sign-ins, refused accesses and reads of patient data are in the trail
    Given 1 emergency report of Pia waits
    When others try the door of Pia, Priya her records, Pia the queue, and Nora reads it all
    Then Ada finds exactly one entry for each of these tries and reads, with how it ended

  @persona-new-patient @persona-nurse @persona-administrator @MA-AUDIT-02
  Scenario: Nobody can write into the trail, and nurses see only what they did themselves
    Given 1 emergency report of Pia waits
    And Nora has approved it
    When Ada, Nora and Pia try to write into the trail, to change it and to empty it
    Then every try is refused, and the entries that were there are there unchanged
    And Pia may not read the trail, and Nora sees her own actions alone

  @fault @persona-new-patient @persona-nurse @persona-administrator @MA-AUDIT-02
  Scenario: The trail outlives a restart
    Given 1 emergency report of Pia waits
    And Nora has approved it
    When the system is started anew under the eyes of Ada
    Then the entries that were there are there unchanged
