"""Find words and phrases in a trainee's line: whole words only, in any letter case."""

import re
from functools import lru_cache

_TOKEN = re.compile(r"\{\{(?:ACCOUNT|CARD|PHONE|EMAIL|SSN|POLICY)\}\}")


def comparable(line: str) -> str:
    """Give `line` in lower case and without the tokens that masking put in ("{{EMAIL}}" is not the word "email")."""
    return _TOKEN.sub(" ", line).lower()


def holds(comparable_line: str, term: str) -> bool:
    """Say whether `term` stands in the line as a whole word or phrase ("helpful" does not hold "help")."""
    return _pattern(term).search(comparable_line) is not None


@lru_cache(maxsize=4096)
def _pattern(term: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in term.lower().split())
    return re.compile(rf"(?<!\w){words}(?!\w)")
