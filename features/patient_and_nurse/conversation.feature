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
