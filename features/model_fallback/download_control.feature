@modelhub
Feature: Users are in control of their downloads
  The product owner wants people to decide what is downloaded when and how fast: pausing, resuming, cancelling, going
  first, limiting the speed. What makes no sense is refused with the reason and changes nothing.

  @api @websocket @persona-power-user @MH-DL-07
  Scenario: A paused download stops its traffic and goes on from its bytes when it is resumed
    Given the hub has no model installed
    And Rosa downloads the text model at 8 Mbps
    When Rosa pauses the download for 5.5 seconds and resumes it
    Then from 2 seconds after the pause on nothing arrives for 3 seconds or, where the source can be asked, leaves it
    And it goes on from its bytes when it is resumed and arrives
    And whoever listens is told that it was paused, then downloading, then completed

  @api @websocket @persona-power-user @MH-DL-07
  Scenario: A cancelled download leaves nothing behind
    Given the hub has no model installed
    And Rosa downloads the image model at 8 Mbps
    When Rosa cancels the download
    Then no file and no used space is left of it and the model is missing again
    And whoever listens is told that it was downloading, then cancelled

  @api @persona-power-user @MH-DL-08
  Scenario: Of waiting downloads the most urgent goes first
    Given the hub has no model installed
    And the hub downloads one model at a time
    When Pavel starts these downloads while the first one goes on
      | model           | priority |
      | the text model  | low      |
      | the image model | low      |
      | the fast model  | critical |
    Then they are over in the order: the text model, the fast model, the image model
    And while they waited their places were: the fast model, the image model

  @api @persona-power-user @MH-DL-08
  Scenario: A waiting download that becomes more urgent moves forward
    Given the hub has no model installed
    And the hub downloads one model at a time
    When Pavel starts these downloads and raises the fast model to high while it waits
      | model           | priority |
      | the text model  | medium   |
      | the image model | normal   |
      | the fast model  | low      |
    Then they are over in the order: the text model, the fast model, the image model
    And while they waited their places were: the fast model, the image model

  @api @persona-power-user @MH-DL-08
  Scenario: Every usual word for a priority is understood
    Given the hub has no model installed
    And the hub downloads one model at a time
    When Pavel says how urgent the fast model is in every usual word while it waits for the text model
    Then each word gives it the priority that it means

  @api @performance @persona-power-user @MH-DL-09
  Scenario: A speed limit holds, and a change of it is in force within 2 seconds
    Given the hub has no model installed
    When Rosa downloads these models at once, each with a limit that changes after its first MB
      | model           | limit  | then     |
      | the text model  | 8 Mbps | the same |
      | the image model | 8 Mbps | 16 Mbps  |
      | the fast model  | 4 Mbps | none     |
    Then while a limit lasts at most 110 percent of it come in any 3 seconds, and at least 70 percent on the whole
    And a changed limit is in force after 2 seconds

  @api @persona-power-user @MH-DL-09
  Scenario: A speed limit that makes no sense is refused and nothing is started by it
    Given the hub has no model installed
    When Rosa asks for odd speed limits at the start of the text model and on its way
    Then each of them is refused, naming the limit

  @api @persona-power-user @MH-DL-10
  Scenario: Ten starts at the same moment begin one transfer
    Given the hub has no model installed
    When Rosa starts the text model 10 times at the same moment
    Then one start is accepted and each other one is refused as already running
    And one transfer fetches every byte once and arrives

  @api @persona-power-user @MH-DL-10
  Scenario Outline: A second start by either way is refused when the first was made by <way>
    Given the hub has no model installed
    When Rosa starts the fast model by <way> and then again by both ways
    Then one start is accepted and each other one is refused as already running
    And one transfer fetches every byte once and arrives

    Examples:
      | way                      |
      | asking for the model     |
      | managing its downloads   |

  @api @persona-power-user @MH-DL-10
  Scenario: A download is not controlled in a state that does not allow it
    Given the hub has no model installed
    When Rosa resumes a running download of the text model, pauses it twice, and controls it when it is completed
    Then each attempt out of place is refused with the state of the download and the reason, and changes nothing

  @api @persona-power-user @MH-DL-10
  Scenario: What was never started or does not exist cannot be controlled
    Given the hub has no model installed
    When Rosa controls a download that was never started and one of a model that does not exist
    Then the first is unknown as a download and the other as a model

  @api @persona-power-user @MH-DL-11
  Scenario: Progress tells the truth from the first byte to the last
    Given the hub has no model installed
    When Rosa downloads all 3 models in about 9 seconds each and looks at them 5 times a second
    Then percent and megabytes agree, never fall, and are complete only when the download is
    And the first time left is within a factor 2 of the real one and falls, and the speed is true
    And where the source can be asked, the megabytes are within 5 percent or 0.5 MB of what it had sent
