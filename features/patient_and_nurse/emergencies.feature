@medassist @websocket @persona-emergency-patient @MA-TRIAGE-01
Feature: Emergencies are recognised
  The clinic's owner wants no emergency to be overlooked, in whatever words it is told: whoever describes one is taken
  first and told to call for help. Each message below stands for its kind; all of them must be recognised.
  Proves MA-TRIAGE-01.

  @quick
  Scenario: Each of 52 emergencies is taken as immediate with its red flags
    When patients like Paul write each of these in a session of its own
      | message                                                                 | red flags                |
      | I have chest pain                                                       | chest pain               |
      | There is a pain in my chest since breakfast                             | chest pain               |
      | My chest feels tight and heavy                                          | chest pain               |
      | Crushing pressure behind my breastbone                                  | chest pain               |
      | The pain spreads down my left arm and into my jaw                       | chest pain               |
      | I think I am having a heart attack                                      | chest pain               |
      | No fever, but chest pain since this morning                             | chest pain               |
      | I don't have a cough. I do have chest pain.                             | chest pain               |
      | I'm not sure if this is chest pain or heartburn                         | chest pain               |
      | The chest pain is not going away                                        | chest pain               |
      | I can't breathe                                                         | breathing                |
      | I can’t breathe properly                                                | breathing                |
      | I cannot catch my breath even sitting still                             | breathing                |
      | Short of breath at rest and my lips are turning blue                    | breathing                |
      | He is choking and can't get air                                         | breathing                |
      | This is the worst headache of my life                                   | neurological             |
      | One side of my mother's face is drooping and her speech is slurred      | neurological             |
      | My left arm suddenly went weak and numb                                 | neurological             |
      | My son just had a seizure                                               | neurological             |
      | I suddenly lost the sight in my right eye                               | neurological             |
      | Grandpa is suddenly confused and does not know where he is              | neurological             |
      | The cut on my leg won't stop bleeding                                   | bleeding                 |
      | I threw up blood twice                                                  | bleeding                 |
      | My stools are black and tarry                                           | bleeding                 |
      | My husband passed out in the kitchen                                    | consciousness            |
      | She will not wake up and is unresponsive                                | consciousness            |
      | I fainted this morning and hit the floor                                | consciousness            |
      | I want to kill myself                                                   | psychiatric              |
      | I feel suicidal                                                         | psychiatric              |
      | I don't want to live any more                                           | psychiatric              |
      | Everyone would be better off without me                                 | psychiatric              |
      | I keep cutting myself and I cannot stop                                 | psychiatric              |
      | I have thoughts of killing my neighbour                                 | psychiatric              |
      | I swallowed a whole bottle of paracetamol                               | overdose                 |
      | I took too many sleeping pills an hour ago                              | overdose                 |
      | My toddler drank bleach                                                 | overdose                 |
      | My throat is swelling up after eating peanuts                           | allergic                 |
      | My tongue and lips are swollen after a bee sting                        | allergic                 |
      | Hives all over and I feel dizzy after the new antibiotic                | allergic                 |
      | I used my EpiPen and it may be anaphylaxis                              | allergic                 |
      | Sudden severe pain in my stomach                                        | abdominal                |
      | My belly is hard as a board                                             | abdominal                |
      | My 2-month-old has a fever of 38.4 C                                    | paediatric               |
      | My 6-week-old baby feels very hot, 38.2 C                               | paediatric               |
      | My baby is floppy and won't wake for feeds                              | paediatric               |
      | My toddler has had no wet nappy since yesterday and cries without tears | paediatric               |
      | I am 30 weeks pregnant and bleeding                                     | obstetric                |
      | I'm pregnant and the baby has not moved since yesterday                 | obstetric                |
      | High fever, stiff neck and a rash that does not fade                    | infection                |
      | I hit my head falling off a ladder and keep vomiting                    | trauma                   |
      | He was stabbed in the thigh                                             | trauma                   |
      | Chest pain and I can't breathe                                          | chest pain and breathing |
    Then each of the 52 messages is taken as immediate, with its red flags and advice to call for help

  Scenario: A denied symptom beside an emergency raises no red flag
    When Paul writes "No chest pain now, but I passed out an hour ago" in a new session
    Then the message is taken as immediate, and its red flags include consciousness
    But its red flags do not include chest pain
