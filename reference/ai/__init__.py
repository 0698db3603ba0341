"""The scripted AI: an OpenAI-compatible server whose behaviour is chosen by a mark in the last user text."""
