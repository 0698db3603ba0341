@chattrain @persona-stranger
Feature: The system gives nothing away
  The owner of the pilot wants trainees to be rated for what they know and not for what they could look up, and wants
  neither trainees nor strangers to learn how the system is built: no key, no folder, no program text.
  Proves the criteria CT-SEC-10 to CT-SEC-12.

  @api @websocket @persona-competent @persona-careless @CT-SEC-10
  Scenario: Nobody can read the answer key or the customer's later lines before answering
    Given Emma has trained everything to the end
    When Chloe reads everything that is open to her before her first answer
    Then nothing that Chloe read holds the answer key or a later line that Emma was told

  @quick @api @CT-SEC-11
  Scenario: Maintenance is closed to everybody but the operator
    When Mallory calls every maintenance function without the key of the operator
    Then every call of Mallory is denied

  @api @CT-SEC-11
  Scenario: No answer tells where anything lies on the server
    When Mallory collects an answer from every place of the system
    Then no collected answer holds a path of the server's disk

  @api @websocket @CT-SEC-12
  Scenario: Errors are told in plain words only
    Given Mallory has opened the customer service training
    When Mallory sends bad input of every kind and trains while the AI fails
    Then nothing that Mallory is told holds a text of the program, of its database or of the AI provider
