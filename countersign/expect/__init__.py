"""Matchers in domain words: each says in an owner's language what was expected and what was seen instead."""
