"""The stack: starts the scripted AI and the reference systems, lets them be hurt on purpose, stops them for sure."""
