"""Secrets and personal data are taken out at the moment something is recorded, so that they never reach a file.

Two kinds are known: what was registered (the secrets of this run, exactly as they are and as they look in a URL or in
JSON), and what looks like a secret or like personal data. Bare numbers are left alone unless their form or the word
before them says what they are: ids, scores and times must stay readable.
"""

import json
import re
import threading
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, quote_plus

from countersign.errors import SuiteError

_SHORTEST_SECRET = 6

_SECRET_NAMES = (
    r"authorization|proxy-authorization|cookie|set-cookie|x-operator-key|x-session-token|x-api-key|api[_-]?key|apikey"
    r"|operator[_-]?key|session[_-]?token|access[_-]?token|refresh[_-]?token|id[_-]?token|auth[_-]?token|reset[_-]?token"
    r"|token|password|passwd|secret|client[_-]?secret|openai_api_key"
)
_SECRET_KEY = re.compile(rf"(?:{_SECRET_NAMES})\Z", re.IGNORECASE)

# The credential patterns start with a literal or a word, so that a text without any is passed over quickly.
_CREDENTIALS = re.compile(
    rf"""
      (?P<scheme>\b(?:bearer|basic)\s+) (?=[\w.~+/-]*[\d=._+/A-Z]) (?!\[)[\w.~+/-]{{8,}}=*
    | (?P<named>["'](?:{_SECRET_NAMES})["']\s*:\s*(?P<quote>["'])) (?:\\.|(?!(?P=quote))[^\\])*
    | (?P<header>^(?:{_SECRET_NAMES})[ ]?:[ ]?) [^\r\n]+
    | (?P<inline>\bx-(?:operator-key|session-token|api-key)[ ]?[:=][ ]?) [^\s"',;&]+
    | (?P<query>[?&](?:{_SECRET_NAMES}|key)=) [^&\s"'\#<>]+
    | (?P<userinfo>://[^/\s:@"']+:) [^/\s@"']+(?=@)
    | (?P<apikey>\b) (?:sk|pk|rk)-[A-Za-z0-9_*-]{{8,}}
    | (?P<issued>\b) (?:gh[pousr]_[A-Za-z0-9]{{16,}}|xox[abprs]-[\w-]{{10,}}|AKIA[0-9A-Z]{{16}})
    | (?P<jwt>\b) eyJ[\w-]{{8,}}\.[\w-]+\.[\w-]*
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)

# Where a number stands alone: no word, decimal or longer chain (a UUID, a version, a time) around it.
_ALONE = r"(?<![\w.+-])"
_ENDS = r"(?![\w-]|\.\d)"
# A bare number of JSON or of a query, `"id": 5551234567`, `[5551234567`, `?id=5551234567`, is an id and stays.
_NO_FIELD = r"(?<![:=\[/])(?<![:=\[,][ ])"

_PERSONAL = re.compile(
    rf"""
      (?P<email>[A-Za-z0-9][\w.%+-]*(?:@|%40)[A-Za-z0-9][\w-]*(?:\.[\w-]+)+)
    | (?P<card>{_ALONE}(?:\d{{4}}[ -]\d{{4}}[ -]\d{{4}}[ -]\d{{4}}|\d{{4}}[ -]\d{{6}}[ -]\d{{5}}){_ENDS}
        |{_ALONE}{_NO_FIELD}(?!1[5-9]\d{{14}}(?!\d))\d{{15,16}}{_ENDS})
    | (?P<ssn>{_ALONE}\d{{3}}[- ]\d{{2}}[- ]\d{{4}}{_ENDS})
    | (?P<account>\b(?:ACC?|CID)-\d{{6}}\b|\bACCT-\d{{6,10}}\b)
    | (?P<policy>\bP-\d{{6}}\b)
    | (?P<phone>{_ALONE}(?:1[ .-]?|\+\d{{1,3}}[ .-]?)?(?:\(\d{{3}}\)[ .-]?|\d{{3}}[ .-])\d{{3}}[ .-]?\d{{4}}{_ENDS}
        |(?<![\w.:])\+\d{{1,3}}(?:[ .-]?\(?\d{{1,4}}\)?){{1,2}}(?:[ .-]?\d{{3,4}}){{1,3}}{_ENDS}
        |{_ALONE}\(\d{{3}}\)[ .-]?\d{{3}}[ .-]?\d{{4}}{_ENDS}
        |{_ALONE}{_NO_FIELD}[2-9]\d{{9}}{_ENDS})
    | (?P<said>\b(?:account|acct|policy|ssn|social[ ]security|phone|card)(?:[ ](?:number|no\.?|id))?
        [ ]?(?:is|[:\#])?[ ]*)(?P<value>[A-Z]{{1,3}}-?\d{{6,10}}|\d{{6,16}}){_ENDS}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DIGITS_OR_AT = re.compile(r"\d{4}|@|%40")
_SAID = {"acc": "account", "pol": "policy", "ssn": "ssn", "soc": "ssn", "pho": "phone", "car": "card"}


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
        self._registered: re.Pattern[str] | None = None

    def register(self, secret: str, name: str) -> None:
        """Hide `secret` from now on; `[name]` stands in its place, also where it is written as in a URL or in JSON.

        Raises SuiteError for a secret shorter than 6 characters: it would hide innocent text as well.
        """
        if len(secret) < _SHORTEST_SECRET:
            raise SuiteError(
                f"the {name} is too short to be hidden in the evidence: use at least {_SHORTEST_SECRET} characters"
            )
        with self._lock:
            for form in _written_forms(secret):
                self._labels.setdefault(form, f"[{name}]")
            longest_first = sorted(self._labels, key=len, reverse=True)
            self._registered = re.compile("|".join(map(re.escape, longest_first)))

    def text(self, text: str) -> str:
        """Give the text without secrets and personal data. What is hidden is replaced by its kind, `[email]`."""
        if self._registered is not None:
            text = self._registered.sub(lambda match: self._labels[match.group()], text)
        text = _CREDENTIALS.sub(_without_credential, text)
        if _DIGITS_OR_AT.search(text):
            text = _PERSONAL.sub(_without_person, text)
        return text

    def value(self, value: Any) -> Any:
        """Give a JSON-like value redacted all through: texts, keys and whatever stands under a secret's name."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {
                self.text(str(name)): "[redacted]"
                if _SECRET_KEY.match(str(name)) and isinstance(item, str) and item
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


def _without_credential(match: re.Match[str]) -> str:
    return f"{match.group(match.lastgroup or 0) if match.lastgroup != 'quote' else match.group('named')}[redacted]"


def _without_person(match: re.Match[str]) -> str:
    said = match.group("said")
    if said:
        return f"{said}[{_SAID[said[:3].lower()]}]"
    return f"[{match.lastgroup}]"


Redact = Callable[[str], str]
"""Anything that takes secrets out of a text, usually `Redactor.text`."""
