"""The models behind the AI: versions, routing, calls, experiments, training, alerts."""
