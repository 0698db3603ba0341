@medassist @api @persona-administrator
Feature: A new version for some of the users
  The clinic's owner wants to try a new version on a few users before everybody depends on it: the few stay the same few,
  a failing version is taken back before anybody suffers, and nobody calls it better without figures.
  Proves MA-MODEL-04, MA-MODEL-05 and MA-MODEL-06.

  Background:
    Given Ada has a model of her own with the first version in service and a second one beside it

  @MA-MODEL-04
  Scenario Outline: <Way> serves the promised share of users, always the same ones, and a larger share only adds users
    When Ada gives the second version to 10 and then to 50 of 100 users by <way>
    Then the smaller share serves 60 to 140 of 1000 users
    And the larger share serves 440 to 560 of 1000 users
    And at a second look every user is served by the same version
    And everybody who has the second version at the smaller share keeps it at the larger one
    And 50 of 50 predictions come from the version that was announced for the user

    Examples:
      | Way            | way            |
      | A canary       | a canary       |
      | A feature flag | a feature flag |

  @MA-MODEL-04
  Scenario: A feature flag at nothing or switched off serves nobody, and at everything everybody
    When Ada gives the second version to nobody and to everybody by a feature flag and switches the flag off
    Then it serves 0 of 1000 users, then 1000 of 1000, and 0 of 100 once it is off

  @MA-MODEL-05
  Scenario: A canary that fails is withdrawn within 5 seconds while its users are served by the proven version
    When 20 users are sent to a canary of which every call to the AI fails
    Then each of the 20 users is answered by the first version in its place
    And the canary is withdrawn within 5 seconds and an alert says so
    And 100 of 100 users of the canary are then served by the first version on the usual way

  @fault @serial @MA-MODEL-06
  Scenario: A comparison of two versions keeps every user on the same one, also over a restart
    When Ada lets the second version compete with the first for half of the users and the system is started anew
    Then 440 to 560 of 1000 users are given the second version
    And after the restart every user is served by the same version

  @MA-MODEL-06
  Scenario: A comparison of two versions names a winner only when the figures support it
    When Ada ends comparisons of the two versions with these results:
      | first version | second version | conclusion       | probability |
      | 50 of 100     | 70 of 100      | treatment better | 0.004       |
      | 70 of 100     | 50 of 100      | control better   | 0.004       |
      | 50 of 100     | 52 of 100      | no difference    | 0.78        |
      | 50 of 100     | 62 of 100      | no difference    | 0.087       |
      | 9 of 10       | 1 of 10        | inconclusive     | -           |
      | none          | none           | inconclusive     | -           |
    Then each of them is concluded as its figures allow
    And afterwards all 100 users are served by the first version
