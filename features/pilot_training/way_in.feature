@chattrain @api
Feature: The way into a training
  A trainee finds the trainings, starts one and can be sure that it is their own; an operator sees at one glance whether
  the system works; and a mistake on the way costs nobody anything. The product owner wants this for every client.
  Proves the core services of the pilot (criteria CT-API-01 to CT-API-05).

  @quick @serial @persona-operator @CT-API-01
  Scenario: The health report speaks of this very moment
    Given the customer has just answered Ben
    When Olga looks at the health report twice, 1 second apart
    Then each report calls the system healthy and names version 1.0.0
    And the time it tells moves on and is within 5 seconds of the present

  @quick @persona-first-time @CT-API-02
  Scenario: The list of trainings stays complete while people train
    Given Ben has looked at the trainings on offer
    When Ben starts a session of every training
    Then at least 2 trainings are on offer, among them customer service and claim handling, which last 30 minutes each
    And no training has left the list meanwhile

  @quick @persona-first-time @CT-API-03
  Scenario: Every new session has a number, an owner and a training of its own
    When 5 pilot users start a customer service session, first in turn and then all at once
    Then no two of the 10 sessions share a number, and the numbers rise with every start
    And each session is active, belongs to its user and training, and has a beginning but no end

  @persona-careless @CT-API-04
  Scenario: A mistaken session start is refused in plain words and forgotten at once
    When Chloe tries to start a session with each of these mistakes
      | mistake                                          |
      | no training at all                               |
      | an empty training                                |
      | a training in words                              |
      | half a training                                  |
      | yes for a training                               |
      | a list of trainings                              |
      | the training number 2 to the 63rd                |
      | the training number 10 to the 30th               |
      | a training nobody offers                         |
      | no user at all                                   |
      | an empty user                                    |
      | a number for a user                              |
      | a user name without characters                   |
      | a blank user name                                |
      | a user name of 101 characters                    |
      | a user name of 300 characters                    |
      | markup for a user name                           |
      | an e-mail address with a social security number  |
      | a user name with a character of no meaning       |
      | half a character in the user name                |
      | nothing                                          |
      | an empty value                                   |
      | a list                                           |
      | something unreadable                             |
    Then each is refused as a mistake of the caller, in plain words
    And right after each of them a correct request succeeds

  @persona-careless @CT-API-04
  Scenario: Whoever asks for what is not there is told so in plain words
    When Chloe asks for each of these
      | request                                                |
      | the documents of an unknown training                   |
      | a document of an unknown training                      |
      | an inspection of an unknown training                   |
      | an unknown document                                    |
      | a document with a name of 300 characters               |
      | the documents of a training with a name of 300 characters |
      | a place that does not exist                            |
      | removing the list of trainings                         |
      | overwriting the session start                          |
      | writing to the health report                           |
    Then each is refused as a mistake of the caller, in plain words
    And right after each of them a correct request succeeds

  @persona-operator @CT-API-05
  Scenario: The published description tells what the core services answer and refuse
    When Olga reads the published description of the services
    Then it names the answers and the refusals of each of these
      | service                |
      | the health report      |
      | the list of trainings  |
      | the start of a session |
      | the list of documents  |
      | a document             |

  @persona-operator @CT-API-05
  Scenario: Every time that the system tells is universal time
    When Olga hears every time that the system tells on Ben's walk through its services and messages
    Then each of these times is in universal time and says so
