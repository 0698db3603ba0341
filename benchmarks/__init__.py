"""How fast the suite itself is, as ratios measured in one run (machines are shared and noisy; seconds are not compared)."""
