@medassist @browser
Feature: Everybody can use the pages of patients and nurses
  Patients are ill when they come, some see little, some hear the page, some cannot use a mouse; and so it is with nurses.
  The clinic wants all of them to get to help, and every nurse to hear of an emergency the moment it comes.
  Proves MA-A11Y-01 and MA-A11Y-02.

  @persona-keyboard-patient @MA-A11Y-01
  Scenario: No part of the patient page shuts anybody out, be it narrow or enlarged
    When Kofi goes through the patient page, each part wide, 320 wide and enlarged twofold
    Then nobody meets any barrier in any of these parts
      | part                 |
      | the way in           |
      | a refused sign-in    |
      | creating an account  |
      | the consent text     |
      | the empty chat       |
      | the filled chat      |
      | the emergency advice |
      | the outcome          |

  @persona-keyboard-nurse @MA-A11Y-01
  Scenario: No part of the nurse page shuts anybody out, be it narrow or enlarged
    When Nadia goes through the nurse page, each part wide, 320 wide and enlarged twofold
    Then nobody meets any barrier in any of these parts
      | part                             |
      | the way in                       |
      | a refused sign-in                |
      | the queue                        |
      | an open report                   |
      | the override dialog              |
      | an override that lacks its texts |

  @persona-keyboard-patient @MA-A11Y-02
  Scenario: A patient gets from signing in to the emergency advice by keyboard alone
    When Kofi signs in, agrees, complains and reports an emergency by keyboard alone
    Then the way on the page was gone to its end
    And the focus is visible at every stop
    And every control on the way has a name
    And a screen reader is told of every change on the way

  @persona-keyboard-nurse @persona-emergency-patient @MA-A11Y-02
  Scenario: A nurse hears of an emergency and decides it by keyboard alone
    When Nadia hears of an emergency, narrows the queue down and overrides the report by keyboard alone
    Then the focus goes into the dialog and comes back out of it
    And a screen reader is told of every change on the way
    And the urgency is a word in the queue and in the report
    And the way on the page was gone to its end
    And the focus is visible at every stop
    And every control on the way has a name
