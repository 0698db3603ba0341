"""Other ways of writing the same message, which must not change how it is judged."""

from collections.abc import Callable, Mapping
from itertools import cycle

from countersign.errors import SuiteError

GREETING = "Hello, I need some help. "
ANOTHER_COMPLAINT = ". I also have a runny nose."
FINAL_MARKS = ".!? "
CURLY = "\u2019"
BLANKS = ("  ", "\u00a0")


def _other_blanks(message: str) -> str:
    blanks = cycle(BLANKS)
    first, *rest = message.split(" ")
    return first + "".join(next(blanks) + word for word in rest)


REWRITINGS: Mapping[str, Callable[[str], str]] = {
    "all capitals": str.upper,
    "curly apostrophes": lambda message: message.replace("'", CURLY),
    "doubled and non-breaking blanks": _other_blanks,
    "a polite greeting in front": lambda message: GREETING + message,
    "another complaint behind": lambda message: message.rstrip(FINAL_MARKS) + ANOTHER_COMPLAINT,
}
"""The five rewritings of the contract (section 6.1), by the words of the features."""


def rewritten(message: str, way: str) -> str:
    """Write a message in another way (empty: in plain words). Raises SuiteError for a way that is not known."""
    if not way:
        return message
    if way not in REWRITINGS:
        raise SuiteError(f"{way!r} is no known way of writing; known are {', '.join(REWRITINGS)}")
    return REWRITINGS[way](message)
