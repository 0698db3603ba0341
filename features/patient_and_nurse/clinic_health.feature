@medassist
Feature: Whoever looks after the clinic's system sees how it really is
  The operator wants a health report that never says healthy when somebody cannot be served, figures that count what
  really happened, and a system that gives back what it took.
  Proves MA-MON-01 and MA-MON-02.

  @fault @api @MA-MON-01
  Scenario: The health tells the truth about the AI and the database within five seconds
    When the AI and then the database of the clinic are lost and given back
    Then with all up the health said that everything is healthy and ready
    And within 5 seconds of the loss of the AI it said degraded but ready, until its return
    And within 5 seconds of the loss of the database it said unhealthy and not ready, until its return
    And within 5 seconds of each return it said healthy and ready again
    And at every look it said that the system is alive

  @serial @api @persona-new-patient @persona-emergency-patient @persona-nurse @MA-MON-02
  Scenario: The clinic's figures count exactly what happened
    When Pia complains, Paul has an emergency and Nora decides it, between two looks at the figures
    Then the figures count exactly the requests, messages, red flags, decisions, failed answers and cached predictions
    And they tell how much processor, memory, files and connections the system uses
    And the chats are counted off within 5 seconds of their end

  @serial @performance @persona-new-patient @persona-nurse @MA-MON-02
  Scenario: Three hundred chats leave nothing behind in the memory
    When Pia opens and closes 300 chats while Nora weighs the system before and after
    Then its memory grew by less than 50 MiB over 300 chats
    And as many connections are open as before within 5 seconds
