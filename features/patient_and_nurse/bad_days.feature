@medassist
Feature: On a bad day patients are told the truth and the clinic goes on
  The AI is somebody else's service, databases go away and processes die. The clinic's owner wants patients to read an
  honest answer, emergencies to be handled as ever, nothing to be promised that is not kept, and a quick return.
  Proves MA-RESIL-01, MA-RESIL-02 and MA-RESIL-04.

  @integration @persona-nurse @MA-RESIL-01
  Scenario: However the AI fails, patients read an honest answer in time and the clinic goes on
    Given 2 patients are in their chats and Nora is on duty
    When the AI fails 4 of their messages in each of these ways while the clinic goes on
      | way                      |
      | answers with an error    |
      | breaks off in the middle |
      | says nothing             |
      | does not answer at all   |
    Then each of 16 messages brings within 6 seconds an honest answer in place of the AI, and no half one
    And the message after each of the 4 ways is answered by the AI
    And 95 of 100 emergencies, looks at the queue, decisions and sign-ins took less than 1 second

  @fault @integration @persona-nurse @MA-RESIL-01
  Scenario: With the AI switched off everything but its words goes on
    Given 2 patients are in their chats and Nora is on duty
    When the AI is switched off while each of them says 2 things and the clinic goes on
    Then each of 4 messages brings within 6 seconds an honest answer in place of the AI, and no half one
    And the health tells within 5 seconds that the AI is not well
    And every report made meanwhile is marked as made without the AI

  @fault @integration @persona-new-patient @persona-emergency-patient @persona-nurse @MA-RESIL-02
  Scenario: Without its database the system says so, promises nothing and still advises in an emergency
    When the database is down and then hangs while Pia complains, Paul has an emergency and Nora works
    Then every wish is turned away within 5 seconds with the time to come again
    And every message is refused within 5 seconds and none acknowledged, but an emergency brings its advice
    And the system says that it is alive and not ready
    And nothing of what was refused is kept

  @fault @integration @persona-new-patient @persona-nurse @MA-RESIL-04
  Scenario Outline: After the system <what happens> patients are fully served within 30 seconds
    Given Pia is in a chat and Nora is on duty
    When the system <what happens> 3 times
    Then each of the 3 times a message is answered by the AI within 30 seconds of the return

    Examples:
      | what happens                         |
      | is killed and started                |
      | is stopped in good order and started |
      | loses its database and gets it back  |
      | loses its AI and gets it back        |

  @fault @integration @persona-new-patient @persona-nurse @MA-RESIL-04
  Scenario: An orderly stop finishes what runs and tells whoever is connected
    Given Pia is in a chat and Nora is on duty
    When the system is stopped in good order while a prediction runs
    Then the running prediction is still answered
    And the chat is closed with the word that the system goes down
