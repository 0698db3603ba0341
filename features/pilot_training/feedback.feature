@chattrain @websocket
Feature: Feedback tells a trainee what an answer was worth
  A trainee learns from the score only if it is fair: poor answers score low, good ones high, the same answer always
  the same, and what the comment says agrees with it. The product owner reads the bands in the tables below.
  Proves scores, keywords, comments and suggestions (criteria CT-FEEDBACK).

  @CT-FEEDBACK-01
  Scenario: Every feedback holds a score, a comment, the keywords and suggestions
    When 6 pilot users give 30 answers of differing quality
    Then every one of the 30 answers earned 0 to 100 points, a comment and the keywords found and missed
    And the share of keywords told with every answer is that of the keywords found
    And every answer brought 1 to 3 different suggestions

  @quick @persona-careless @CT-FEEDBACK-02
  Scenario: Poor answers earn poor scores
    When Chloe opens the customer service training anew for each of these answers
      | kind                         | answer                                                                   | score      |
      | nonsense                     | asdf qwer                                                                | at most 30 |
      | a greeting in Japanese       | こんにちは、お元気ですか                                                     | at most 30 |
      | a part of a keyword          | helpful                                                                  | at most 30 |
      | a single keyword             | help                                                                     | below 50   |
      | a single keyword, shouted    | HELP!                                                                    | below 50   |
      | politeness without substance | please thank you sorry                                                   | below 50   |
      | a refusal                    | I can't help you. Go away.                                               | below 50   |
      | an insult with all keywords  | You stupid idiot. help assistance sorry troubleshoot understand username | below 50   |
    Then every answer scores as the table says

  @persona-competent @CT-FEEDBACK-03
  Scenario: Half of the keywords earn a middling score and all of them a high one
    When Emma opens a training anew for each of these answers
      | kind                          | training         | place | answer                                                 | score       |
      | half of the keywords          | customer service | 1     | Sorry about that, I understand. What is your username? | 40 to 70    |
      | two thirds of the keywords    | customer service | 2     | Let me reset your password and verify the email.       | 40 to 70    |
      | all keywords, polite, clear   | customer service | 1     | full 1                                                 | at least 90 |
      | all keywords, polite, clear   | customer service | 4     | full 4                                                 | at least 90 |
      | all keywords, polite, clear   | claim handling   | 1     | full 1                                                 | at least 90 |
      | all keywords, polite, clear   | claim handling   | 4     | full 4                                                 | at least 90 |
    Then every answer scores as the table says

  @CT-FEEDBACK-03
  Scenario: A keyword more never lowers the score
    When Emma adds the keywords of the first answer one by one in each pilot training
    Then no added keyword lowers the score

  @CT-FEEDBACK-04
  Scenario: The keywords found are those that a person finds
    When 6 pilot users give 20 answers whose keywords a person has marked
    Then the keywords found are those of the person for at least 80 percent of the 20 answers
    And "helpful" is not taken for "help"
    And "HELP" is taken for "help"

  @CT-FEEDBACK-05
  Scenario: The same answer earns the same score whoever gives it and whatever was said before
    When Ben and Emma give the same second answer after words about the log-in, a refund and a complaint
    Then the answer earned one and the same score all 6 times

  @CT-FEEDBACK-05
  Scenario: The same first answer earns the same score every time
    When Ben gives the same first answer in 5 trainings
    Then the answer earned one and the same score all 5 times

  @CT-FEEDBACK-06
  Scenario: Comment and score never contradict each other
    When 6 pilot users give 30 answers of differing quality
    Then the 30 answers bring at least 3 different comments
    And no answer with 90 points or more is told to improve
    And no answer below 50 points is praised
