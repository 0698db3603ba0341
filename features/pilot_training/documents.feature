@chattrain @api
Feature: The documents of a training
  A trainee reads the manual beside the chat, so every document on the list has to open, complete and in a form people
  can read. The owner also wants to be sure that nothing else on the server can be fetched that way.
  Proves the criteria CT-DOC-01 to CT-DOC-04.

  @quick @persona-first-time @CT-DOC-01
  Scenario: Every listed document of the pilot trainings opens complete
    When Ben opens every document of customer service and claim handling
    Then each of the two trainings offers at least 2 documents, a PDF and a Markdown text among them
    And every document arrives as long as its list and its label say

  @browser @persona-first-time @CT-DOC-02
  Scenario: The documents are there to be read, not to be saved
    When Ben opens every document of customer service and claim handling
    Then every PDF is whole and every Markdown text arrives as text to read
    And a browser shows each of them, where the system offers a page

  @persona-stranger @CT-DOC-03
  Scenario: Nothing but the documents of a training leaves the server
    Given Olga has left a private note and an oversized document in the content, where the suite owns it
    When Mallory asks for each of these in place of a document
      | in place of a document                                    |
      | the training's own description                            |
      | an undeclared document                                    |
      | an undeclared note                                        |
      | a hidden file                                             |
      | the other training's guide                                |
      | the other training's guide by way of the folder above     |
      | the folder above                                          |
      | the folder above with an encoded slash                    |
      | the folder above with an encoded slash in capitals        |
      | the folder above with encoded dots                        |
      | the folder above, encoded twice                           |
      | the folder above with a backslash                         |
      | the folder above with an encoded backslash                |
      | a name with a hidden end                                  |
      | a place on the disk                                       |
      | a place on the disk, encoded                              |
      | a place on the disk of another make                       |
      | a folder in place of the training                         |
      | an encoded folder in place of the training                |
    Then each is refused as forbidden or unknown, and nothing of a file comes back
    And of the documents left there one of 10 MiB opens and the larger one is refused as too large

  @persona-careless @CT-DOC-04
  Scenario: A document that has not changed is not sent twice
    Given Chloe has read every document of customer service and claim handling
    When Chloe asks for each of them again and shows the mark it came with
    Then each keeps its mark and is not sent again
    And each can be looked at without fetching it
