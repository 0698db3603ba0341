@modelhub
Feature: Everybody sees how each model is, and what can be done with it
  The product owner wants nobody to guess: where a model stands, what is missing of it, and which way leads on. Proves
  MH-STATUS-01, MH-STATUS-02 and MH-STATUS-03.

  @api @persona-new-user @MH-STATUS-01
  Scenario: The status follows a model from missing to available
    Given the hub has no model installed
    When Noor downloads the text model behind the image model, halts it and lets it go on
    Then the status shows in turn
      | state       | usable | progress | version | whole | can be done             |
      | missing     | no     | no       | no      | 0     | download                |
      | queued      | no     | yes      | no      | -     | pause, cancel           |
      | downloading | no     | yes      | no      | -     | pause, cancel           |
      | paused      | no     | yes      | no      | -     | resume, cancel          |
      | available   | yes    | no       | yes     | 1     | check, delete, generate |
    And each state is shown within 2 seconds of its beginning
    And each time every fact of every model is told, and the totals equal the list
    And it is never shown as ready before its download is complete

  @api @persona-new-user @MH-STATUS-01
  Scenario: The status shows a model as damaged as soon as the damage is found
    Given the hub, which leaves damage alone, has only the text model
    When a file of the text model is damaged before the eyes of Noor
    Then the status shows in turn
      | state     | usable | progress | version | whole | can be done               |
      | corrupted | no     | no       | yes     | 0.833 | check, repair, redownload |
    And each state is shown within 2 seconds of its beginning
    And each time every fact of every model is told, and the totals equal the list

  @api @persona-power-user @MH-STATUS-01
  Scenario: The status shows an update while the old version stays usable
    Given the hub has only the text model installed
    When version 2.0.1 of the text model comes out and is installed before the eyes of Pavel
    Then the status shows in turn
      | state     | usable | progress | version | whole | can be done               |
      | available | yes    | no       | yes     | 1     | generate                  |
      | updating  | yes    | yes      | yes     | 1     | generate                  |
      | available | yes    | no       | yes     | 1     | generate, delete, rollback |
    And each state is shown within 2 seconds of its beginning
    And each time every fact of every model is told, and the totals equal the list

  @api @persona-regular-user @MH-STATUS-02
  Scenario Outline: A model that lost <count> of its files names exactly these
    Given the hub, which leaves damage alone, has only the text model
    When <count> of the files of the text model get lost before the eyes of Rosa
    Then exactly the missing files are named in its status, its health and its validation

    Examples: how many files
      | count |
      | 1     |
      | 3     |

  @api @persona-regular-user @MH-STATUS-02
  Scenario: A download that failed half-way names exactly the files that are missing
    Given the hub has no model installed
    When Rosa downloads the text model, one file of which the source has no more
    Then exactly the missing files are named in its status, its health and its validation

  @api @persona-regular-user @MH-STATUS-03
  Scenario: A damaged model is shown as damaged, with both ways out
    Given the hub, which leaves damage alone, has only the text model
    And a file of the text model is damaged
    When Rosa has it looked through
    Then it is shown as damaged, with repair and a new download to choose from

  @api @persona-regular-user @MH-STATUS-03
  Scenario Outline: A damaged model becomes whole by <choice>
    Given the hub, which leaves damage alone, has only the text model
    And a file of the text model is damaged
    When Rosa chooses <choice> for it
    Then it is whole again, and ready

    Examples: the choices
      | choice         |
      | repair         |
      | download again |
