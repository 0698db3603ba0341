"""Transfers: from the wish of a user over the wire to verified files in their place."""
