"""The words of features: the owner's language, third person, no wire or code.

Titles and steps are held to it. Tables hold data, and text in double quotes is what a person writes; both are exempt,
but a quoted name from the code is still found.
"""

import re
from collections.abc import Iterator

from .finding import Finding
from .gherkin_reading import Scenario

_FORBIDDEN = {
    r"URLs?": "say what the page or place is for",
    r"status codes?": "say what the person is told",
    r"JSON|YAML|XML|HTML|CSS|SQL": "say what it means for the person, not how it is written down",
    r"HTTPS?|WebSockets?|SSE|endpoints?|payloads?|regex(es)?|null": "say it in the owner's words, not in the wire's",
    r"headers?|fields?": "name the thing itself",
    r"verif(y|ies|ied|ication)": "say what holds, not that it is verified",
    r"tests?|tested|testing": "say what the person does or sees",
    r"checks?|checked|checking": "say what holds, or what the person looks at",
    r"should(n't| not)?": "state it as a fact in the present tense",
}
_METHODS = r"GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS"
_FIRST_PERSON = r"I|I'm|I've|I'll|my|me|we|our|us"
_STATUSES = (
    "200|201|202|204|206|301|302|303|304|307|308|400|401|402|403|404|405|406|408|409|410|412|413|415|422|425|426|428|429"
    "|431|451|500|501|502|503|504"
)
# "200 calls", "500 MB", "503 of 1000" count something; "answers 404" does not.
_COUNTED = r"(?=\s*%|\s+(?:[a-z-]*s\b|percent\b|of\b|[kMG]i?B\b|times\b|ms\b))"
_STATUS = re.compile(rf"(?<![\w.,-])(?:{_STATUSES}|[45]xx)(?![\w-]|[.,]\d)(?!{_COUNTED})")
_CODE = {
    r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b": "a name from the code",
    r"\b[A-Z0-9]+(?:_[A-Z0-9]+)+\b": "a constant from the code",
    r"\b[a-z]+[a-z0-9]*[A-Z]\w+\b": "a name from the code",
    r"\w+\(\)": "a call",
    r"(?:\w+://|(?<![\w.])/[a-z]+(?:/|\b))": "an address",
    r"[{}\[\]]": "a bracket from the code",
    r"::|->|=>|==|&&|\|\|": "an operator from the code",
}
_IN_QUOTES = {
    r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b": "a name from the code",
    r"\w+://|(?<![\w.])/api\b": "an address",
}
_QUOTED = re.compile(r'"[^"]*"')
_PLACEHOLDER = re.compile(r"<[^<>]+>")


def owner_words(scenario: Scenario, *, background: bool = True) -> Iterator[Finding]:
    """Hold the title and every step of a scenario to the owner's words."""
    yield from plain(scenario.path, scenario.line, scenario.title)
    for step in (scenario.background if background else ()) + scenario.steps:
        yield from plain(scenario.path, step.line, step.text)
        if step.doc.lstrip().startswith(("{", "[", "<")):
            yield Finding(
                scenario.path, step.line, "a text block that holds wire data", "say in words what it is and keep it out"
            )


def plain(path: str, line: int, text: str) -> Iterator[Finding]:
    """Find every word of one sentence that an owner does not speak."""
    quoted = " ".join(_QUOTED.findall(text))
    spoken = _QUOTED.sub('"..."', _PLACEHOLDER.sub("something", text))
    for pattern, advice in _FORBIDDEN.items():
        for match in re.finditer(rf"\b(?:{pattern})(?![\w])", spoken, re.IGNORECASE):
            yield _finding(path, line, match.group(), text, advice)
    for match in re.finditer(rf"\b(?:{_METHODS})\b", spoken):
        yield _finding(path, line, match.group(), text, "say what is asked for")
    for match in re.finditer(rf"\b(?:{_FIRST_PERSON})(?![\w'])", spoken, re.IGNORECASE):
        if match.group() not in ("US", "i", "ME"):
            yield _finding(path, line, match.group(), text, "write in the third person: who does it?")
    for match in _STATUS.finditer(spoken):
        yield _finding(
            path,
            line,
            match.group(),
            text,
            "say what the person is told; if it counts something, put the noun directly behind the number",
        )
    for patterns, part in ((_CODE, spoken), (_IN_QUOTES, quoted)):
        for pattern, name in patterns.items():
            for match in re.finditer(pattern, part):
                yield _finding(path, line, match.group(), text, f"{name}: say what it stands for")


def _finding(path: str, line: int, word: str, text: str, advice: str) -> Finding:
    return Finding(path, line, f"{word!r} is not the owner's language in {text!r}", advice)
