@medassist
Feature: What a patient may write
  The clinic's owner wants patients to write freely, in any script and up to 5000 characters, and whoever sends nothing
  or nonsense to be told so at once. What was refused leaves no trace in what the nurses read.
  Proves MA-CHAT-01.

  @quick @websocket @api @persona-new-patient @MA-CHAT-01
  Scenario: Texts of 1 to 5000 characters are taken as they are, and anything else is refused
    When Pia types each of these, by every way of writing to the clinic
      | input                          | is      |
      | a single letter                | taken   |
      | nothing                        | refused |
      | only blanks                    | refused |
      | no text at all                 | refused |
      | 5001 characters                | refused |
      | 5000 characters                | taken   |
      | a number                       | refused |
      | a list                         | refused |
      | 5000 characters between blanks | taken   |
      | an unprintable zero character  | refused |
      | pictures                       | taken   |
      | writing from right to left     | taken   |
    Then each input that is to be taken is taken and answered
    And each of the others is refused in words that say so
    And the history holds exactly what was taken, unchanged but for blanks around it
