"""Secrets and personal data are taken out at the moment something is recorded, so that they never reach a file.

Two kinds are known: what was registered (the secrets of this run, exactly as they are and as they look in a URL or in
JSON), and what looks like a secret or like personal data. Bare numbers are left alone unless their form or the word
before them says what they are: ids, scores and times must stay readable.
"""

import json
import re
import threading
from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any
from urllib.parse import quote, quote_plus

from countersign.errors import SuiteError

_SHORTEST_SECRET = 6
_GROUP = 24

_NAMES = (
    r"authorization|proxy-authorization|cookie|set-cookie|x-operator-key|x-session-token|x-api-key|(?:openai_)?api[_-]?key"
    r"|operator[_-]?key|(?:session|access|refresh|id|auth|reset)[_-]?token|token|password|passwd|(?:client[_-]?)?secret"
)
_SECRET_NAME = re.compile(rf"(?:{_NAMES})\Z", re.IGNORECASE)

# Where a number stands alone: no word, decimal or longer chain (a UUID, a version, a time) around it.
_ALONE = r"(?<![\w.+-])"
_ENDS = r"(?![\w-]|\.\d)"
# A bare number of JSON or of a query, `"id": 5551234567`, `[5551234567`, `?id=5551234567`, is an id and stays.
_NO_FIELD = r"(?<![:=\[/])(?<![:=\[,][ ])"
_EPOCH = r"(?!1[5-9]\d{14}(?!\d))"


class _Pattern:
    """Something to hide. It is looked for only in texts that hold one of its `hints` (lower case): most hold none."""

    def __init__(self, hints: str, pattern: str, instead: str | Callable[[re.Match[str]], str]) -> None:
        self.hints = tuple(hint.replace("_", " ") for hint in hints.split())
        self.sub = re.compile(pattern, re.IGNORECASE | re.VERBOSE | re.MULTILINE).sub
        self.instead = instead


_KEEP_NAME = r"\1[redacted]"
_CREDENTIALS = (
    _Pattern("bearer_ basic_", r"\b((?:bearer|basic)\s+)(?=[\w.~+/-]*(?-i:[\d=._+/A-Z]))[\w.~+/-]{8,}=*", _KEEP_NAME),
    _Pattern(
        'token" key" password" passwd" secret" authorization" cookie" '
        "token' key' password' passwd' secret' authorization' cookie'",
        rf"""(["'](?:{_NAMES})["']\s*:\s*(["']))(?:\\.|(?!\2)[^\\])*""",
        _KEEP_NAME,
    ),
    _Pattern("authorization: cookie: -key: -token:", rf"^((?:{_NAMES})[ ]?:[ ]?)[^\r\n]+", _KEEP_NAME),
    _Pattern("x-", r"\b(x-(?:operator-key|session-token|api-key)[ ]?[:=][ ]?)(?!\[)[^\s\"',;&]+", _KEEP_NAME),
    _Pattern("token= key= secret= password=", rf"([?&](?:{_NAMES}|key)=)(?!\[)[^&\s\"'\#<>]+", _KEEP_NAME),
    _Pattern("://", r"(://[^/\s:@\"']+:)[^/\s@\"']+(?=@)", _KEEP_NAME),
    _Pattern("sk- pk- rk-", r"\b[spr]k-[a-z0-9_*-]{8,}", "[redacted]"),
    _Pattern(
        "ghp gho ghu ghs ghr xox akia",
        r"\b(?:gh[pousr]_[a-z0-9]{16,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16})",
        "[redacted]",
    ),
    _Pattern("eyj", r"\b(?-i:eyJ)[\w-]{4,}\.[\w-]+\.[\w-]*", "[redacted]"),
)
_SAID: dict[str, str] = {"ac": "account", "po": "policy", "ss": "ssn", "so": "ssn", "ph": "phone", "ca": "card"}
_PERSONAL = (
    _Pattern("@ %40", r"[a-z0-9][\w.%+-]{0,63}(?:@|%40)[a-z0-9][\w-]{0,63}(?:\.[\w-]+)+", "[email]"),
    _Pattern("ac- acc- acct- cid-", r"\b(?:ACC?|CID)-\d{6}\b|\bACCT-\d{6,10}\b", "[account]"),
    _Pattern("p-", r"\bP-\d{6}\b", "[policy]"),
    _Pattern(
        "account acct policy ssn social_security phone card",
        rf"""\b((account|acct|policy|ssn|social[ ]security|phone|card)(?:[ ](?:number|no\.?|id))?[ ]?(?:is|[:\#])?[ ]*)
        (?:[A-Z]{{1,3}}-?\d{{6,10}}|\d{{6,16}}){_ENDS}""",
        lambda match: f"{match.group(1)}[{_SAID[match.group(2)[:2].lower()]}]",
    ),
)
_PATTERNS = _CREDENTIALS + _PERSONAL

# Nine digits or more with at most two signs between them, and not the date of a time: only then the next is tried.
_LONG_NUMBER = re.compile(r"\d(?<![\d.]\d)(?!\d{3}-\d\d-\d\d[T ])(?:[ ().-]{0,2}\d){8}")
_NUMBERS = re.compile(
    rf"""
      (?P<card>{_ALONE}(?:\d{{4}}[ -]\d{{4}}[ -]\d{{4}}[ -]\d{{4}}|\d{{4}}[ -]\d{{6}}[ -]\d{{5}}){_ENDS}
        |{_ALONE}{_NO_FIELD}{_EPOCH}\d{{15,16}}{_ENDS})
    | (?P<ssn>{_ALONE}\d{{3}}[- ]\d{{2}}[- ]\d{{4}}{_ENDS})
    | (?P<phone>{_ALONE}(?:1[ .-]?|\+\d{{1,3}}[ .-]?)?(?:\(\d{{3}}\)[ .-]?|\d{{3}}[ .-])\d{{3}}[ .-]?\d{{4}}{_ENDS}
        |(?<![\w.:])\+\d{{1,3}}(?:[ .-]?\(?\d{{1,4}}\)?){{1,2}}(?:[ .-]?\d{{3,4}}){{1,3}}{_ENDS}
        |{_ALONE}{_NO_FIELD}[2-9]\d{{9}}{_ENDS})
    """,
    re.VERBOSE,
)


class Redactor:
    """Take secrets and personal data out of texts and of JSON-like values. Safe to use from several threads.

    Examples::

        redactor = Redactor()
        redactor.register(operator_key, "operator key")
        redactor.text("X-Operator-Key: 5ecret")        # 'X-Operator-Key: [redacted]'
        redactor.text("mail john@test.com, score 93")  # 'mail [email], score 93'
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._labels: dict[str, str] = {}
        self._groups: list[list[str]] = []
        self._registered: tuple[re.Pattern[str], ...] = ()

    def register(self, secret: str, name: str) -> None:
        """Hide `secret` from now on; `[name]` stands in its place, also where it is written as in a URL or in JSON.

        Raises SuiteError for a secret shorter than 6 characters: it would hide innocent text as well.
        """
        if len(secret) < _SHORTEST_SECRET:
            raise SuiteError(
                f"the {name} is too short to be hidden in the evidence: use at least {_SHORTEST_SECRET} characters"
            )
        with self._lock:
            fresh = [form for form in _written_forms(secret) if form not in self._labels]
            if fresh:
                self._labels.update(dict.fromkeys(fresh, f"[{name}]"))
                self._hide(fresh)

    def _hide(self, fresh: list[str]) -> None:
        # Compiling is dear, and hundreds of people sign in: only the group that grows is compiled anew. One secret
        # inside of another one has to be in the same group, where the longer one is looked for first.
        nested = any(form in known or known in form for known in self._labels for form in fresh if known not in fresh)
        if nested:
            self._groups = [[*chain.from_iterable(self._groups), *fresh]]
        elif self._groups and len(self._groups[-1]) < _GROUP:
            self._groups[-1] += fresh
        else:
            self._groups.append(fresh)
        grown = re.compile("|".join(map(re.escape, sorted(self._groups[-1], key=len, reverse=True))))
        self._registered = (*self._registered[: len(self._groups) - 1], grown)

    def text(self, text: str) -> str:
        """Give the text without secrets and personal data. What is hidden is replaced by its kind, `[email]`.

        Half a character (an unpaired surrogate), which no file could hold, is written out as its escape.
        """
        if not text.isascii():
            text = text.encode("utf-8", "backslashreplace").decode("utf-8")
        for registered in self._registered:
            text = registered.sub(lambda match: self._labels[match.group()], text)
        low = text.lower()
        for pattern in _PATTERNS:
            if any(hint in low for hint in pattern.hints):
                text = pattern.sub(pattern.instead, text)
        if _LONG_NUMBER.search(text):
            text = _NUMBERS.sub(lambda match: f"[{match.lastgroup}]", text)
        return text

    def value(self, value: Any) -> Any:
        """Give a JSON-like value redacted all through: texts, keys and whatever stands under a secret's name."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {
                self.text(str(name)): "[redacted]"
                if _SECRET_NAME.match(str(name)) and isinstance(item, str) and item
                else self.value(item)
                for name, item in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self.value(item) for item in value]
        return value


def _written_forms(secret: str) -> set[str]:
    in_url = {quote(secret, safe=""), quote(secret), quote_plus(secret)}
    return {secret, json.dumps(secret)[1:-1], *in_url, *(re.sub("%..", _lower, form) for form in in_url)}


def _lower(match: re.Match[str]) -> str:
    return match.group().lower()


Redact = Callable[[str], str]
"""Anything that takes secrets out of a text, usually `Redactor.text`."""
