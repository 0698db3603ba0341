@medassist @websocket @persona-new-patient
Feature: Harmless messages raise no alarm
  The clinic's nurses want their time for those who need it: whoever denies a symptom, speaks in everyday expressions or
  tells of somebody else's illness long ago must not be rushed to them. Urgent complaints go before routine ones.
  Proves MA-TRIAGE-02 and MA-TRIAGE-04.

  @MA-TRIAGE-02 @MA-TRIAGE-04
  Scenario: Each of 7 denied symptoms raises no alarm
    When patients like Pia write each of these in a session of its own
      | message                                                                |
      | No chest pain today, just a runny nose                                 |
      | I have had a cough for two days, no chest pain, no shortness of breath |
      | I do not have chest pain, shortness of breath or dizziness             |
      | Denies loss of consciousness, small bruise on the knee                 |
      | I never had a seizure, I need a repeat prescription                    |
      | I'm not suicidal, I would like to move my appointment                  |
      | The rash is not getting worse                                          |
    Then each of the 7 messages is taken as routine, without a red flag
    And each of them leaves its session active, without advice and without a report

  @MA-TRIAGE-02 @MA-TRIAGE-04
  Scenario: Each of 12 everyday expressions, other meanings and old family stories raises no alarm
    When patients like Pia write each of these in a session of its own
      | message                                                        |
      | It was a stroke of luck that I found this clinic               |
      | There is some confusion about my bill                          |
      | I am confused about the time of my appointment                 |
      | This cough is killing me, it is only a cold                    |
      | I am dying for a coffee, is it allowed before the blood test?  |
      | I hurt myself at football, my ankle is a little swollen        |
      | My father had a stroke ten years ago, I am here for a check-up |
      | I am allergic to penicillin, please note it                    |
      | I think I may be pregnant and would like a test                |
      | My chest X-ray was normal, can I have a copy?                  |
      | I need a refill of my inhaler, my breathing is fine            |
      | I would like to book a flu vaccination                         |
    Then each of the 12 messages is taken as routine, without a red flag
    And each of them leaves its session active, without advice and without a report

  @MA-TRIAGE-02 @MA-TRIAGE-04
  Scenario: Each of 5 complaints just below the limits stays routine
    When patients like Pia write each of these in a session of its own
      | message                                      |
      | My 7-year-old has a mild cold                |
      | My back pain is 6 out of 10                  |
      | I have had a fever of 38.9 C since yesterday |
      | My temperature is 102.1 F                    |
      | Mild headache since yesterday, 3/10          |
    Then each of the 5 messages is taken as routine, without a red flag
    And each of them leaves its session active, without advice and without a report

  @MA-TRIAGE-04
  Scenario: Each of 7 cases of strong pain, high fever, worsening and dehydration is urgent
    When patients like Pia write each of these in a session of its own
      | message                                               |
      | My back pain is 7 out of 10                           |
      | Toothache 8/10 since last night                       |
      | I have had a fever of 39.0 C since yesterday          |
      | My temperature is 102.2 F                             |
      | The rash is getting worse every day                   |
      | I have vomited for two days and can't keep water down |
      | I have severe pain in my ear                          |
    Then each of the 7 messages is taken as urgent, without a red flag
