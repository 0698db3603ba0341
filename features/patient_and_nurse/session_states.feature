@medassist
Feature: The states of a session
  A session is the clinic's file of one complaint. The clinic's owner wants it to move forward only, so that what a nurse
  has closed stays closed: nobody adds to it, and the time of its end is never changed.
  Proves MA-CHAT-05.

  @api @persona-new-patient @persona-nurse @MA-CHAT-05
  Scenario: Of all 16 pairs of states a session makes the allowed moves and no other
    When Nora tries to put sessions of Pia from each state into each, as allowed or refused here
      | from      | to active | to escalated | to completed | to cancelled |
      | active    | refused   | allowed      | allowed      | allowed      |
      | escalated | refused   | refused      | allowed      | allowed      |
      | completed | refused   | refused      | refused      | refused      |
      | cancelled | refused   | refused      | refused      | refused      |
    Then each of the 16 moves is made where it is allowed, and refused without a change where not
    And a session has an end if it is completed or cancelled, and no later try changes it

  @websocket @persona-new-patient @persona-nurse @MA-CHAT-05
  Scenario Outline: A <state> session takes no more messages
    When Pia goes on writing after Nora has put the session into the state <state>
    Then the message is refused by every way of writing, and is not kept

    Examples: the two states of a closed session
      | state     |
      | completed |
      | cancelled |
