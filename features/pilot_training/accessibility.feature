@chattrain @browser @persona-keyboard-only
Feature: Everybody can train on the pilot page
  Some pilot users see little, hear the page instead of seeing it, or cannot use a mouse. The owner wants all of them
  to get through the same training, and no part of the page to shut anybody out.
  Proves the criteria CT-A11Y-01 to CT-A11Y-03.

  @CT-A11Y-01
  Scenario: No part of the page shuts anybody out
    When Aisha goes through a training on the page
    Then nobody meets a serious or critical barrier in any of these parts
      | part             |
      | choosing         |
      | the chat         |
      | an open feedback |
      | document 1       |
      | document 2       |
      | the summary      |

  @CT-A11Y-02
  Scenario: A whole training can be done by keyboard alone
    When Aisha trains customer service by keyboard alone, from choosing to the end
    Then the training on the page is completed with 4 exchanges
    And the focus is visible at every stop
    And every control on the way has a name
    And the page says that it is in English, and is
    And its title names ChatTrain all the time

  @CT-A11Y-03
  Scenario: A screen reader hears what is new and who said it
    Given Aisha has begun the customer service training on the page
    When Aisha hears a reply, a failure of the AI and the end of the connection
    Then new messages and changes of the connection are announced
    And the connection is told as Connected and then as Disconnected
    And every entry names the one who sent it, be it You, Customer or System
