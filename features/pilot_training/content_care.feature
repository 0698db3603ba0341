@chattrain @api
Feature: Looking after the content
  Olga takes trainings in and out while the pilot runs. She has to be able to believe what a reload tells her: whoever
  is told that all is well does not look again, and trainees would meet a training that cannot be trained.
  Proves the criterion CT-API-06.

  @persona-operator @CT-API-06
  Scenario: A reload tells the truth about broken, vanished and look-alike trainings
    Given Olga has taken new trainings into the content, some of them with look-alike names
    When these things happen to them and Olga reloads the content
      | training      | what happens                |
      | lost parcel   | its file becomes unreadable |
      | late delivery | its title is missing        |
      | wrong invoice | its file vanishes           |
      | broken kettle | it vanishes with its folder |
    Then the reload claims no success and names each broken training
    And only the trainings that can be used are on the list, and the reload counts just these
    And the look-alike trainings are all on the list, each under its own title
