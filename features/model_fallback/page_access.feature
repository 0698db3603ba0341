@modelhub @browser @persona-accessibility-user
Feature: Everybody can look after models on the page
  Some of the people who use the hub see little, hear the page instead of seeing it, cannot use a mouse or speak to their
  computer. The hub's owner wants all of them to do the whole job, and no state of the page to shut anybody out.
  Proves MH-A11Y-01 to MH-A11Y-04.

  @MH-A11Y-01
  Scenario: No state of the page shuts anybody out
    When Amara goes through the page of the hub, each state in a wide window and in one 320 wide
    Then nobody meets any barrier in any of these parts
      | part                 |
      | the sign-in          |
      | no model installed   |
      | a download under way |
      | a paused download    |
      | a damaged model      |
      | an update on offer   |
      | an error             |
      | an open dialog       |
      | the settings         |

  @MH-A11Y-02
  Scenario: Every control of the page works with the keyboard alone, and the focus is never lost
    Given the hub has only the fast model installed
    When Amara uses every control of the hub's page by keyboard alone, with a second window left alone
    Then all of at least 20 controls have their effect
    And the focus is visible at every stop
    And it goes over the whole page in its order, forwards and backwards
    And it lands where the work goes on, and a dialog holds it and gives it back
    And in the window left alone 30 seconds of live updates never move it

  @MH-A11Y-03
  Scenario: A screen reader user hears names, states, progress, results and errors
    Given the hub, which leaves damage alone, has only the image model
    When Amara downloads, meets errors and has a model repaired on the hub's page with a screen reader
    Then she is told the name of the model with every heading, button and progress bar, and its state in words
    And she is told of a start, a pause, going on, completion, a failure, damage and a repair
    And the progress she is told is at most 2 seconds behind the hub
    And she is alerted to every error with what happened and what to do next
    And she hears of the progress of a model at most once in 5 seconds

  @MH-A11Y-04
  Scenario: The page stays complete in high contrast, with large text, on a narrow screen and for voice control
    Given the hub, which leaves damage alone, has only the image model and the fast model
    When Amara looks at the page of the hub in each of these ways
      | way                    |
      | the usual look         |
      | high contrast          |
      | text twice as large    |
      | a window half as wide  |
      | a window 320 wide      |
      | reduced motion         |
    Then no control is lost in any of them, and nothing moves where motion is reduced
    And text grows where it is wanted twice as large, and nothing has to be scrolled to the side
    And every text stands out from its ground by at least 4.5 to 1
    And the states available, downloading and corrupted can be read as words
    And the name of every control begins with the words that are seen on it
