@medassist @websocket
Feature: The way of writing changes nothing in the judgement
  People in distress write in capitals, politely or in a hurry, and their keyboards choose apostrophes and blanks. The
  clinic's owner wants the symptom alone to count: 30 messages in 5 ways, 150 in all, are judged as in plain words.
  Proves MA-TRIAGE-03.

  @persona-emergency-patient @MA-TRIAGE-03
  Scenario: Each of 30 messages is judged alike in plain words and in 5 other ways of writing
    When patients like Paul write each of these in plain words and in 5 other ways
      | message                                                            | kind      |
      | I have chest pain                                                  | emergency |
      | There is a pain in my chest since breakfast                        | emergency |
      | I don't have a cough. I do have chest pain.                        | emergency |
      | I'm not sure if this is chest pain or heartburn                    | emergency |
      | I can't breathe                                                    | emergency |
      | I can’t breathe properly                                           | emergency |
      | He is choking and can't get air                                    | emergency |
      | This is the worst headache of my life                              | emergency |
      | One side of my mother's face is drooping and her speech is slurred | emergency |
      | My left arm suddenly went weak and numb                            | emergency |
      | The cut on my leg won't stop bleeding                              | emergency |
      | She will not wake up and is unresponsive                           | emergency |
      | I want to kill myself                                              | emergency |
      | I don't want to live any more                                      | emergency |
      | I took too many sleeping pills an hour ago                         | emergency |
      | My throat is swelling up after eating peanuts                      | emergency |
      | My 6-week-old baby feels very hot, 38.2 C                          | emergency |
      | My baby is floppy and won't wake for feeds                         | emergency |
      | I'm pregnant and the baby has not moved since yesterday            | emergency |
      | High fever, stiff neck and a rash that does not fade               | emergency |
      | No chest pain today, just a runny nose                             | harmless  |
      | I do not have chest pain, shortness of breath or dizziness         | harmless  |
      | I'm not suicidal, I would like to move my appointment              | harmless  |
      | The rash is not getting worse                                      | harmless  |
      | It was a stroke of luck that I found this clinic                   | harmless  |
      | I am confused about the time of my appointment                     | harmless  |
      | My father had a stroke ten years ago, I am here for a check-up     | harmless  |
      | My chest X-ray was normal, can I have a copy?                      | harmless  |
      | My back pain is 6 out of 10                                        | harmless  |
      | I have had a fever of 38.9 C since yesterday                       | harmless  |
    Then with all capitals each of the 30 is taken as it is in plain words
    And with curly apostrophes each of the 30 is taken as it is in plain words
    And with doubled and non-breaking blanks each of the 30 is taken as it is in plain words
    And with a polite greeting in front each of the 30 is taken as it is in plain words
    And with another complaint behind each of the 30 is taken as it is in plain words
    And 20 of the messages are emergencies and 10 are harmless
