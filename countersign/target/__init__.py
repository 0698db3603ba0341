"""Where the live systems are, how a run is set up, and what the target can show."""
