@chattrain
Feature: A failing AI does not spoil a training
  The AI behind the customer is somebody else's service and will fail one day. The product owner wants trainees to be
  told so politely, to keep their line and its true score, and everybody else to notice nothing.
  Proves CT-RESIL-03 and CT-RESIL-04.

  @fault @websocket @persona-first-time @CT-RESIL-03
  Scenario: However the AI fails, the trainee is told politely, keeps the true score and goes on
    Given 9 trainees are in the customer service training
    When the AI fails each of them in another way
      | way                      |
      | is overloaded            |
      | breaks down inside       |
      | refuses the key          |
      | says an empty text       |
      | says nothing at all      |
      | offers no choice         |
      | answers unreadably       |
      | breaks off in the middle |
      | is switched off          |
    Then each of them reads a polite notice within 3 seconds
    And each of their lines has its true score
    And the AI was asked at most twice for a line, and once where it refused the key
    And the rest of the system answered all the while
    And the customer answers the next line of each of them

  @websocket @persona-fast-typist @CT-RESIL-04
  Scenario: While the AI hangs for one trainee nobody else notices anything
    Given 4 trainees are in the customer service training
    And David has opened the claim handling training
    When the AI hangs on a line of David while the others go on talking
    Then the customer answers every line of the others within 3 seconds
    And no look at the system's health took longer than 1 second
    And David reads a polite notice within 10 seconds, and his other questions are answered within 3 seconds
    And the customer answers the next line of David
