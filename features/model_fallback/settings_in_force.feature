@modelhub
Feature: What is set decides what happens, within 2 seconds
  The product owner wants a changed setting, switch or policy to be more than a shown value: whoever changes it sees it
  at work at once, also in what is under way, and what the administrators allow is the most that users get.
  Proves MH-CFG-02.

  @serial @api @persona-regular-user @MH-CFG-02
  Scenario: What is forbidden is refused within 2 seconds, and given again within 2 seconds when it is allowed
    Given the hub has no model installed
    When each of these rules is set and taken back, while Rosa goes on asking
      | rule                                   | Rosa asks for                |
      | the fast model is blocked              | a download of the fast model |
      | the text model is blocked              | a mock of the text model     |
      | mock results are not wanted            | a mock of the text model     |
      | nothing may come from outside          | a download of the fast model |
      | names like the fast model's are barred | a download of the fast model |
      | downloading is switched off            | a download of the fast model |
      | suggesting is switched off             | a suggestion                 |
    Then each of the 7 rules is obeyed within 2 seconds of being set, and no longer 2 seconds after being taken back

  @serial @api @websocket @persona-power-user @MH-CFG-02
  Scenario: Downloads, messages and counting follow changed settings within 2 seconds
    When Pavel changes these settings while Rosa and Viktor, who sets 4 Mbps as his own limit, download
      | setting                          | at first | changed to |
      | downloads at once                | 1        | 3          |
      | Rosa's own speed limit in Mbps   | 4        | 1          |
      | each user's speed limit in Mbps  | none     | 2          |
      | retries of a download            | 0        | 2          |
      | messages of what happens         | on       | off        |
      | counting of use                  | on       | off        |
    Then each of the 6 is seen at work before its change, and 2 seconds after it as it was changed
    And messages and counting go on 2 seconds after they are switched on again

  @fault @serial @persona-power-user @MH-CFG-02
  Scenario: What the hub does by itself follows changed settings within 2 seconds and one round of its own
    When Pavel changes these settings while a model is damaged and another one has a new version
      | setting                       | at first | changed to |
      | automatic repair              | off      | on         |
      | updates without approval      | off      | on         |
      | watching the health of models | on       | off        |
      | looking for updates           | on       | off        |
    Then each of the 4 is seen at work before its change, and one round and 2 seconds after it as it was changed
    And watching and looking for updates go on when they are switched on again
