"""Red flags and urgency of one message, by fixed rules and without the AI (contract, section 6.1)."""
