@modelhub
Feature: Whoever misses a model is offered what can be used instead, best first
  The product owner wants a person whose model is away to go on with the best that is there, and to know what will differ.
  The table is the owner's: how well one model stands in for another, from 0 to 1, and how much faster (above 0) or slower
  it is. Quality is called similar from 0.9 on, slightly lower from 0.7 on, and significantly lower below. Proves
  MH-FALL-01 and MH-FALL-05.

  @api @persona-regular-user @MH-FALL-01
  Scenario: Only models that are there are suggested, scored as the owner's table says
    Given the hub has no model installed
    When Rosa asks for the text model and the image model and the fast model with every wish, for each combination of them installed
    Then 120 times only installed models are suggested, best first, as in this table
      | wanted          | instead         | no wish | high quality | fast  | large | high and large | time   | image |
      | the text model  | the image model | 0.440   | 0.472        | 0.408 | 0.456 | 0.480          | 0.167  | yes   |
      | the text model  | the fast model  | 0.880   | 0.832        | 0.912 | 0.816 | 0.787          | 0.333  | yes   |
      | the image model | the text model  | 0.400   | 0.432        | 0.368 | 0.416 | 0.440          | -0.200 | no    |
      | the image model | the fast model  | 0.920   | 0.872        | 0.952 | 0.856 | 0.827          | 0.200  | yes   |
      | the fast model  | the text model  | 0.680   | 0.712        | 0.648 | 0.696 | 0.720          | -0.500 | no    |
      | the fast model  | the image model | 0.720   | 0.752        | 0.688 | 0.736 | 0.760          | -0.250 | yes   |

  @api @persona-regular-user @MH-FALL-01
  Scenario: The advice fits what is there
    Given the hub has no model installed
    When Rosa asks what to do in each of these situations
      | installed       | wanted         | advice               | instead        | may wait |
      | none            | the text model | download it          | none           | yes      |
      | the image model | the text model | download it          | none           | yes      |
      | the fast model  | the text model | take the alternative | the fast model | yes      |
      | the text model  | the text model | use it               | none           | no       |
    Then the advice, the alternative and the leave to wait are as the table says

  @api @persona-regular-user @MH-FALL-05
  Scenario: The same question gets the same answer
    Given the hub has only the image model and the fast model installed
    When Rosa asks 20 times what to do without the text model
    Then the answer is the same all 20 times

  @api @persona-regular-user @MH-FALL-05
  Scenario: What is suggested follows what is there within 2 seconds
    Given the hub has only the image model installed
    When Rosa asks for the text model after each time the fast model comes, goes, comes back and breaks
    Then what is suggested follows each of the 4 changes within 2 seconds

  @api @persona-regular-user @MH-FALL-05
  Scenario Outline: A model that is blocked by <whom> is never suggested
    Given the hub has only the text model and the image model and the fast model installed
    When Rosa asks for each of the text model and the image model and the fast model while the fast model is blocked by <whom>
    Then the fast model is never suggested, and the others are

    Examples: who may block a model
      | whom                       |
      | own wish                   |
      | a rule of the installation |
