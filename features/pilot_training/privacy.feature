@chattrain @websocket @persona-careless
Feature: Personal numbers of customers stay out of the system
  The data protection officer of the pilot wants whatever a trainee types by accident (accounts, cards, phones,
  e-mail addresses, social security and policy numbers) to be replaced before anybody else gets it: the AI, the
  database, the log. What only looks like such a number stays readable, and no wording opens a way around.
  Proves the privacy criteria CT-SEC-01 to CT-SEC-04; the table of numbers is in personas/material.

  Background:
    Given Chloe has opened the customer service training

  @quick @CT-SEC-01
  Scenario: Personal numbers that a trainee types never reach the AI
    When Chloe writes every line of the table "personal numbers"
    Then the AI was asked with a placeholder for every personal number and all other words unchanged
    And nothing that the AI was given, then or later, holds one of the numbers

  @CT-SEC-02
  Scenario: Personal numbers are stored and shown again only as placeholders
    When Chloe writes every line of the table "personal numbers"
    Then the conversation is shown again with a placeholder for every personal number and all other words unchanged
    And what the system stored holds none of the numbers

  @CT-SEC-03
  Scenario: Dates, times, amounts, order and report numbers stay as they were written
    When Chloe writes every line of the table "harmless numbers"
    Then the AI was asked with exactly the words that Chloe wrote

  @CT-SEC-03
  Scenario: No wording switches the protection of personal numbers off
    When Chloe writes every line of the table "real numbers called examples"
    Then the AI was asked with a placeholder for every personal number and all other words unchanged
    And nothing that the AI was given, then or later, holds one of the numbers

  @CT-SEC-04
  Scenario: Neither personal numbers nor what was said stand in the log
    When Chloe writes every line of the table "personal numbers"
    Then the log holds none of the numbers
    And the log holds nothing of what Chloe and the customer said
