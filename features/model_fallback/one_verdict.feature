@modelhub
Feature: There is one verdict on every model
  The product owner wants no place of the application to contradict another: what is called ready can be used, and what
  cannot be used is nowhere called ready. Proves MH-STATUS-04.

  @api @integration @persona-regular-user @MH-STATUS-04
  Scenario Outline: Every place agrees on a model that is <state>
    Given a model that is <state>: the text model, beside the image model
    When Rosa asks for it at every place, in three spellings
    Then every place says that it is <verdict>
    And every place names it by its one name

    Examples: states in which it is not ready
      | state   | verdict   |
      | missing | not ready |
      | damaged | not ready |

  @api @integration @persona-regular-user @MH-STATUS-04
  Scenario Outline: Every place agrees on a model that is <state>, and a generation shows it
    Given a model that is <state>: the text model, beside the image model
    When Rosa asks for it at every place, in three spellings
    Then every place says that it is ready
    And every place names it by its one name
    And a generation with it is completed

    Examples: states in which it is ready
      | state             |
      | ready             |
      | put there by hand |

  @api @persona-regular-user @MH-STATUS-04
  Scenario: Every place agrees that it never heard of a model
    Given a model that is never heard of: the text model, beside the image model
    When Rosa asks for it at every place, in three spellings
    Then every place says that it is unknown
