"""The seven workflows as people walk them, each step measured: what was told, how soon, and whether it was true."""
