@chattrain
Feature: A pilot user trains for the first time
  The product owner wants to see that somebody who has never trained before gets through a whole training alone:
  choosing it, reading its documents, talking to the customer and learning from every score.
  Proves the first journey of the pilot (criteria CT-JOURNEY).

  @quick @integration @persona-first-time @CT-JOURNEY-01
  Scenario: A first training leads from the list to a rated conversation
    Given Ben has opened the customer service training and read its documents
    When Ben answers the customer 4 times
    Then every line of Ben earned a reply, a score and a comment
    And the trainings and their documents are still on offer to Ben
    And Ben needed less than 30 minutes
