"""Generations: taken, queued, run on the engine, and always ended."""
