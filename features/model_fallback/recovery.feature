@modelhub
Feature: A recovery tells the truth
  The hub's operator wants to start a recovery when something fails, and to rely on its answer: success is told only when
  the cause is gone or being removed, mock results are on only as long as they must be, and nothing is tried twice in
  half a minute. Proves MH-REC-01.

  @fault @serial @api @persona-power-user @MH-REC-01
  Scenario: A recovery reports success only when the cause is gone
    When Pavel starts a recovery in each of these situations, and once more right afterwards
      | failure                        | situation                               | told           | mock results |
      | a model cannot be loaded       | it is whole                             | success        | off          |
      | a model cannot be loaded       | it is damaged, and the source is away   | no success     | on           |
      | a model cannot be loaded       | it is damaged                           | success        | off          |
      | the source cannot be reached   | it is there                             | success        | off          |
      | the source cannot be reached   | it is away, and a model is missing      | no success     | on           |
      | the source cannot be reached   | it is back, and a download was given up | success        | off          |
      | generations do not get through | the engine answers                      | success        | off          |
      | generations do not get through | the engine is away                      | no success     | off          |
      | something is used up           | there is enough of everything           | success        | off          |
      | something is used up           | an unfinished file was left behind      | success        | off          |
      | something is used up           | the space for models is full            | no success     | off          |
      | the graphics memory is full    | there is no graphics card               | not applicable | off          |
      | the hardware is used badly     | there is no graphics card               | not applicable | off          |
    Then each of the 13 is answered within 2 seconds as listed, with mock results on or off as listed
    And where success was told, the cause is gone within 20 seconds
    And each second try within 30 seconds is refused with the seconds that are left
    And every try that was made, every success and their share are counted

  @api @persona-power-user @MH-REC-01
  Scenario: A recovery from a failure that nobody knows is refused and not counted
    When Pavel starts recoveries that name no failure, unknown ones, or odd details
    Then each of the 9 is refused as the caller's mistake, with a sentence
    And no try is counted
