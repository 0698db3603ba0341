"""The source of models: a small HTTP server with ranges, faults on demand, and exact counts of what it sent."""
