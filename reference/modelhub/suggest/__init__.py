"""What to do while a model is away: alternatives, waiting, fetching."""
