@chattrain @browser
Feature: The pilot page is the live training
  The owner signs for what pilot users see, and what they see is the page. It has to show the live system - its
  trainings, its customer, its scores, its documents - and nothing made up, and to keep what people write from harm.
  Proves the criteria CT-PAGE-01 to CT-PAGE-05.

  @quick @persona-first-time @CT-PAGE-01
  Scenario: The page opens quickly and offers the trainings of the system
    When Ben opens the pilot page
    Then the trainings on offer are in view within 3 seconds
    And they are the trainings of the system, each with its title, description and duration
    And the browser reports no error

  @integration @persona-first-time @CT-PAGE-02
  Scenario: A training on the page is held with the live system and shows what it sends
    Given Ben has opened the pilot page
    When Ben trains customer service on the page to its end
    Then the customer speaks within 5 seconds of the start
    And the page holds the training with the live system
    And all lines, scores, keywords and suggestions of the 4 answers stand there as the system sent them
    And the page ends with the summary that the system sent
    And the browser reports no error

  @persona-competent @CT-PAGE-03
  Scenario: The documents can be read beside the conversation while it goes on
    Given Emma has begun the customer service training on the page
    When Emma opens every document on the page and answers the customer beside each
    Then there is one tab for every document, a PDF and a Markdown text among them
    And every document shows what the system serves
    And the customer replies within 3 seconds beside every open document

  @persona-careless @CT-PAGE-04
  Scenario: What people and the AI write is shown as plain text and kept out of the console
    Given Chloe has begun the customer service training on the page
    When Chloe writes lines with markup and the AI answers with markup
    Then no window pops up and nothing new becomes part of the page
    And the page shows every line and answer with markup word by word
    And the browser's console holds nothing of what was said

  @persona-fast-typist @CT-PAGE-05
  Scenario: Loading the page anew leads back into the running training
    Given David has begun the customer service training on the page
    And David has given 2 answers on the page
    When David loads the page anew
    Then the page is back in the same session, without starting another
    And the 2 exchanges are on the page again as they were
    And the next answer of David earns a reply and a score
