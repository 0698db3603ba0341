"""The kill matrix: every seeded fault against the scenarios that must catch it, for their stated reason."""
