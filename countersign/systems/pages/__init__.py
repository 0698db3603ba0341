"""What the pages of all systems have in common for whoever drives them: controls, live regions, text in view."""
