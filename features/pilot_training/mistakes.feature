@chattrain
Feature: Mistakes in the middle of a training do not spoil it
  Trainees press the wrong key and clients send nonsense. The product owner wants one clear error for each mistake,
  and the good lines around it to be answered as if nothing had happened.
  Proves CT-RESIL-07.

  @quick @websocket @persona-careless @CT-RESIL-07
  Scenario: Of nine messages the three mistakes get an error and the six good ones are answered
    Given Chloe has opened the customer service training
    When Chloe sends 9 messages, among them one unreadable, one empty and one of an unknown kind
    Then each of the 3 mistakes is answered by one clear error within 3 seconds
    And each of the 6 good lines earns a reply, a score and a comment
    And the system counts 6 exchanges of Chloe
    And an impossible wish of Chloe for a session is refused, and the next proper one is granted
