@chattrain @websocket
Feature: A training ends at the right moment and is summed up rightly
  The completion rate of the pilot means something only if a training is completed exactly when its conditions are met
  and stays what it is afterwards. The trainee takes the summary home, so it has to be right.
  Proves the states of a session and its summary (criteria CT-SESSION, CT-FEEDBACK-07).

  @persona-competent @CT-SESSION-01
  Scenario: A training is completed exactly when enough was said and every required word fell
    When Emma holds each of these conversations in a customer service training of its own
      | conversation                                      | training              |
      | all four full answers                             | completed by answer 4 |
      | three full answers                                | stays active          |
      | three full answers and an empty one               | stays active          |
      | the four full answers with an empty one between   | completed by answer 4 |
      | four answers without the word password            | stays active          |
      | the same four and a fifth with the word password  | completed by answer 5 |
    Then every training ends as the table says

  @persona-competent @CT-SESSION-02
  Scenario Outline: A training that is <over> takes no further answer
    Given the customer service training of Emma is <over>
    When Emma gives one more answer
    Then the answer is refused because the training is over
    And nothing of the answer is kept
    And the training of Emma is kept as <over>

    Examples:
      | over      |
      | completed |
      | abandoned |

  @CT-SESSION-02
  Scenario: A finished training stays readable
    Given the customer service training of Emma is completed
    When Emma joins the finished training again
    Then Emma reads all 4 answers and the replies to them again
    And the training of Emma is kept as completed

  @quick @persona-careless @CT-SESSION-02
  Scenario: A training ended early counts as abandoned
    Given Chloe has opened the customer service training
    And Chloe has given 1 full answer
    When Chloe ends the training early
    Then the training of Chloe ends as abandoned
    And the summary of Chloe covers 1 exchange
    And the training of Chloe is kept as abandoned

  @persona-first-time @CT-FEEDBACK-07
  Scenario: The summary tells what really happened in the training
    Given Ben has opened the customer service training
    When Ben gives good and poor answers and a blank one, thinking for 8 seconds, until the training ends
    Then the summary of Ben counts the accepted answers only
    And the average in the summary of Ben is within 0.1 of the scores told
    And the minutes in the summary of Ben are within 0.1 of those from beginning to end
    And the summary of Ben names the strengths and weaknesses of the answers
