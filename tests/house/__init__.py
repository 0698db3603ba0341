"""The rules of this house as failing tests. `make check` runs them in seconds."""
