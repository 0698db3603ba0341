"""Somebody who is no honest trainee: guesses numbers, comes from foreign websites, writes nonsense."""

from countersign.journeys.chattrain.trainee import Trainee


class Stranger(Trainee):
    """A client that does what no trainee would. Anybody can get a session, so a stranger has one of their own too."""
