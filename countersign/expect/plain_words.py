"""Match a text for users: nothing of the program, its database or its AI provider shines through."""

import re

INTERNAL = re.compile(
    r"traceback|exception|\berrno\b|sqlite|sqlalchemy|operationalerror|database is locked|(?-i:\bSELECT\b.+\bFROM\b)"
    r"|openai|api[ _-]?key|\bsk-|\borg-|\bproj_|rate.?limit|overloaded|status \d{3}|\b[45]\d\d\b"
    r"|(?-i:\bNone\b)|\w+Error\b|\w+\.py\b|timed? ?out|connection refused|/(?:app|home|usr|var)/",
    re.IGNORECASE,
)


def internal_words(text: str) -> list[str]:
    """Give the words of a text that only a programmer would say; none for a text that users understand."""
    return [match.group() for match in INTERNAL.finditer(text)]
