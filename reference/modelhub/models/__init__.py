"""Models: what is published, what lies on the disk, and what both say together."""
