@medassist @api @websocket @fault @serial
Feature: What a patient says and is called stays where it belongs
  The clinic's owner and the data protection officer want the words, the name, the address and the password of a patient
  to be known to those alone who treat the patient: not to logs, figures, notices, error messages, or the AI beyond the talk.
  Proves MA-SEC-06. The canary is a patient everything of whom is a mark that stands nowhere else.

  @persona-new-patient @persona-nurse @MA-SEC-06
  Scenario: Nothing of a patient leaks on the whole way to the decision, with failures on the way
    Given somebody like Pia whose name, address, telephone, complaint and passwords are marks, and Nora on duty
    When the marked patient goes the whole way to Nora's decision and everything that can fail fails once
    Then the log holds no mark and no token
    And no figure, no notice to nurses and no detail of the audit trail holds a mark or a token
    And no refusal on the way holds a mark or a token
    And the AI was told no mark, no token and nobody's number beyond the words of the talk
