"""Prompts that have the engine behave in a way for their one generation."""

from countersign.errors import SuiteError
from countersign.systems.scripted_ai import mark


def scripted(way: str, prompt: str) -> str:
    """Give a prompt for a way of the features ("slowly", "with an error" ...)."""
    ways = {
        "slowly": lambda: mark("chunks", prompt, count=10, pause=0.15),
        "very slowly": lambda: mark("chunks", prompt, count=12, pause=0.15),
        "with an error": lambda: mark("status", prompt, code=500),
        "with nothing at all": lambda: mark("hang", prompt),
        "with half of it": lambda: mark("cut", prompt, pieces=1),
        "with an empty result": lambda: mark("empty", prompt),
        "with what nobody can read": lambda: mark("garbage", prompt),
    }
    if way not in ways:
        raise SuiteError(f"{way!r} is no way of the engine; known are {', '.join(ways)}")
    return ways[way]()
