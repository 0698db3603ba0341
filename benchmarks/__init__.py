"""How fast the suite itself is, as ratios measured in one run (machines are noisy; seconds are not compared)."""
