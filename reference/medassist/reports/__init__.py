"""Preliminary Assessment Reports: made by rules and AI, ordered in a queue, decided by nurses."""
