@medassist @websocket
Feature: A conversation with the assistant
  Patients tell their complaint bit by bit, quickly or slowly, and come back to it. The clinic's owner wants every message
  kept and answered, with everything in mind that was said in this conversation, and nothing that somebody else said.
  Proves MA-CHAT-02, MA-CHAT-03 and MA-CHAT-04.

  @quick @persona-new-patient @MA-CHAT-02
  Scenario: Every message is acknowledged and gets one answer of its own
    When Pia writes 20 messages, the last 5 of them while an answer is still running
    Then each of the 20 is acknowledged once, when it is stored
    And each gets exactly one complete answer, its own, in the order of writing
    And the pieces in which an answer is written are the whole answer
    And the last 5 do not have to wait for the running answer to be acknowledged

  @integration @persona-new-patient @persona-second-patient @MA-CHAT-03
  Scenario: The AI is told everything of this conversation and nothing of another
    When Pia and Priya each hold a conversation of 10 turns at the same time
    Then for the turn number 10 of each the AI is told everything that was said before in this conversation
    And it is told nothing of the other conversation, or of an earlier one

  @persona-new-patient @MA-CHAT-04
  Scenario: The history reads back complete, unchanged and in order after signing in again
    When Pia holds a conversation of 10 turns and reads it after signing in again, whole and by 3
    Then all 10 turns are there as they were said, numbered without a gap
    And the pages of 3 make up the whole, each with the true total
    And their times are universal times within 5 seconds of when they were said
