"""How a socket took somebody who knocked at it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Knock:
    """How a socket took a caller. `way` says who came how, `answer` what the system did, in words.

    `refused` is a refusal by the words of the system's contract.
    """

    way: str
    answer: str
    refused: bool
