"""Which script decides a call: a mark in the text, else a script bound to a model or a text, else the default."""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reference.ai.conversation import last_user_text, metadata_of, wants_json
from reference.ai.marks import BadMark, Script, read_marks

KINDS = ("chat", "report")
MOST_TEXTS = 10_000


@dataclass
class Condition:
    """When a script counts; None: always.

    For a model, a text in the last user text, a kind of call, so many calls, a resolution in the request's metadata.
    """

    model: str | None = None
    text: str | None = None
    when: str | None = None
    calls: int | None = None
    resolution: str | None = None

    def shown(self) -> dict[str, Any]:
        """Give what is set, under the names of the options."""
        named = {
            "model": self.model,
            "contains": self.text,
            "when": self.when,
            "calls": self.calls,
            "resolution": self.resolution,
        }
        return {name: value for name, value in named.items() if value is not None}

    def met(self, request: Mapping[str, Any], text: str) -> bool:
        """Say whether the script counts for a request."""
        kind = "report" if wants_json(request) else "chat"
        return (
            self.model in (None, request.get("model"))
            and (self.text is None or self.text in text)
            and self.when in (None, kind)
            and self.resolution in (None, metadata_of(request).get("resolution"))
            and self.calls != 0
        )


@dataclass
class Bound:
    """A script with its condition, and the name under which it can be removed."""

    script: Script
    condition: Condition
    name: str = field(default_factory=lambda: secrets.token_hex(6))


class Choosing:
    """Remembers the scripts that were bound, and how often each text was asked."""

    def __init__(self) -> None:
        """Begin with none."""
        self.bound: list[Bound] = []
        self._asked: Counter[str] = Counter()

    def script_for(self, request: Mapping[str, Any]) -> Script | None:
        """Give the script of a call, None for the default. Raises BadMark."""
        text = last_user_text(request.get("messages", ()))
        for mark in read_marks(text):
            bound = conditioned(mark)
            if bound.condition.met(request, text):
                return bound.script
        for bound in self.bound:
            if bound.condition.met(request, text):
                if bound.condition.calls is not None:
                    bound.condition.calls -= 1
                return bound.script
        return None

    def attempt(self, request: Mapping[str, Any]) -> int:
        """Count the call; give how often the same text was asked before."""
        if len(self._asked) > MOST_TEXTS:
            self._asked.clear()
        text = last_user_text(request.get("messages", ()))
        self._asked[text] += 1
        return self._asked[text] - 1

    def bind(self, scripts: Iterable[Script]) -> None:
        """Replace the bound scripts."""
        self.bound = [conditioned(script) for script in scripts]

    def add(self, scripts: Iterable[Script]) -> list[str]:
        """Bind scripts behind those that are bound; give the names under which they can be removed."""
        added = [conditioned(script) for script in scripts]
        self.bound = [*self.bound, *added]
        return [bound.name for bound in added]

    def remove(self, name: str) -> bool:
        """Remove one bound script; say whether it was there."""
        before = len(self.bound)
        self.bound = [bound for bound in self.bound if bound.name != name]
        return len(self.bound) < before

    def shown(self) -> list[dict[str, Any]]:
        """Give the bound scripts, with their names and the calls that each has left."""
        return [
            {
                "name": bound.name,
                "do": bound.script.do,
                **bound.script.options,
                **bound.condition.shown(),
            }
            for bound in self.bound
        ]


def conditioned(script: Script) -> Bound:
    """Take the condition (the fields of Condition) out of a script's options. Raises BadMark."""
    options = dict(script.options)
    when, calls = options.pop("when", None), options.pop("calls", None)
    if when not in (None, *KINDS):
        raise BadMark(f"when must be {' or '.join(KINDS)}, got {when!r}")
    if calls is not None and not calls.isdecimal():
        raise BadMark(f"calls must be a whole number, got {calls!r}")
    condition = Condition(
        model=options.pop("model", None),
        text=options.pop("contains", None),
        when=when,
        calls=None if calls is None else int(calls),
        resolution=options.pop("resolution", None),
    )
    return Bound(Script(script.do, options), condition)
