"""Rules that are set and taken back while somebody goes on asking for what they forbid."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import personas
from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.in_force import Ruled
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.transport import eventually
from countersign.transport.answer import Answer

OBEYED_WITHIN = 2.0
REFUSED = {403: "POLICY", 503: "FEATURE_OFF", 409: "MODEL_NOT_AVAILABLE"}
"""How what a rule forbids is refused, by status: by rule, as switched off, or (a mock) as a model that is not there."""


@dataclass(frozen=True)
class Rules:
    """Every rule of a scenario."""

    each: tuple[Ruled, ...]

    @property
    def seconds(self) -> list[float]:
        """How long each change took until it was obeyed."""
        return [seconds for rule in self.each for seconds in rule.seconds]


def goes_on_asking(user: HubUser, rows: Sequence[Mapping[str, str]]) -> Rules:
    """Set and take back each rule of a table, and ask for the same thing before, meanwhile and afterwards."""
    asks = _asks(user)
    return Rules(tuple(_ruled(user, row["rule"], row["Rosa asks for"], asks[row["Rosa asks for"]]) for row in rows))


def _ruled(user: HubUser, words: str, asked_for: str, ask: Callable[[], Answer]) -> Ruled:
    last = [_refusal(ask())]
    before = last[0]

    def refused() -> None:
        last[0] = _refusal(ask())
        assert last[0], "it was given"

    def given() -> None:
        last[0] = _refusal(ask())
        assert not last[0], f"it was refused ({last[0]})"

    changes = personas.material("modelhub_settings")["rules"][words]
    _change(user, changes, True)
    refused_after = _after(refused)
    _change(user, changes, False)
    return Ruled(words, asked_for, before, refused_after, _after(given), last[0])


def _after(question: Callable[[], None]) -> float | None:
    """Ask until it is so; give the seconds, None if it did not become so."""
    since = time.monotonic()
    with suppress(DeadlineExceeded):
        eventually(question, OBEYED_WITHIN, what="a changed rule to be obeyed")
        return time.monotonic() - since
    return None


def _refusal(answer: Answer) -> str:
    """Give the code of a refusal by a rule; empty for what was given. Raises ContractBroken for any other answer."""
    if answer.status in (200, 202):
        return ""
    code = str(answer.must_be(*REFUSED).json().get("code"))
    return code if code == REFUSED[answer.status] else f"{code}, an unexpected code"


def _change(user: HubUser, rule: Mapping[str, Any], forbidden: bool) -> None:
    if rule["of"] == "switches":
        user.hub.admin.config.try_flag(rule["set"], not forbidden).must_be(200)
    elif rule["of"] == "policies":
        user.hub.admin.config.try_policies(rule["set" if forbidden else "unset"]).must_be(200)
    else:
        user.api.config.prefer(**rule["set" if forbidden else "unset"])


def _asks(user: HubUser) -> Mapping[str, Callable[[], Answer]]:
    text, fast = model_of("the text model"), model_of("the fast model")
    prompt = str(personas.material("modelhub")["prompts"]["plain"])

    def download() -> Answer:
        answer = user.api.downloads.try_managing(fast, "start", bandwidth_limit_mbps=1)
        if answer.status == 202:
            user.api.downloads.manage(fast, "cancel")
        return answer

    return {
        "a download of the fast model": download,
        "a mock of the text model": lambda: user.api.generation.try_submitting(text, prompt, allow_mock=True),
        "a suggestion": lambda: user.api.fallback.try_suggesting({"requested_model": text}),
    }
