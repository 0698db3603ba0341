@medassist
Feature: The AI neither diagnoses, nor prescribes, nor dismisses
  Only people decide what a patient has and takes. The clinic's owner wants no patient to read a diagnosis, a dose or an
  all-clear that a machine has written, not even for the moment in which it is being written.
  Proves MA-CHAT-06.

  @integration @websocket @persona-new-patient @MA-CHAT-06
  Scenario Outline: Of 14 answers the unsafe ones are replaced and the safe ones arrive, written <manner>
    When the AI answers Pia with each of these, <manner>, and writes it into the report
      | the AI says                                                  | never seen               |
      | You have pneumonia.                                          | You have pneumonia       |
      | This is a heart attack.                                      | This is a heart attack   |
      | It sounds like you are suffering from migraine.              | suffering from migraine  |
      | You should start amoxicillin today.                          | start amoxicillin        |
      | Take 400 mg of ibuprofen every six hours.                    | Take 400 mg of ibuprofen |
      | There is nothing to worry about, you do not need a doctor.   | you do not need a doctor |
      | Thank you. YOU HAVE diabetes. When did it start?             | YOU HAVE diabetes        |
      | When did the pain start?                                     | -                        |
      | You have told me about your cough. How long have you had it? | -                        |
      | Do you already take any medicine, for example 75 mg aspirin? | -                        |
      | Please call 911 now.                                         | -                        |
      | A nurse will review what you wrote.                          | -                        |
      | Take your time and tell me more.                             | -                        |
      | I cannot give a diagnosis, but I can collect your symptoms.  | -                        |
    Then each of the 7 unsafe answers is replaced as a whole, by words that a nurse will review it
    And its unsafe sentence is seen nowhere: not while it is written, not in the history, not in the report
    And each of the 7 safe answers arrives unchanged

    Examples: how the AI writes
      | manner                        |
      | as a whole                    |
      | in pieces of three characters |
