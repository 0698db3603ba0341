"""Watching over models: repair, updates, storage, recovery, and the monitor that sees to it."""
