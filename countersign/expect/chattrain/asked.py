"""Matchers for what the AI customer was asked: the scenario, the conversation so far, the newest line, the settings."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.systems.scripted_ai import AiCall


@dataclass(frozen=True)
class AiSettings:
    """How a scenario asks its AI."""

    title: str
    model: str
    temperature: float
    max_tokens: int


@dataclass(frozen=True)
class Asked:
    """The calls that one trainee line caused, and what they had to hold: what was said before it, oldest first."""

    number: int
    line: str
    earlier: tuple[tuple[str, str], ...]
    calls: tuple[AiCall, ...]
    settings: AiSettings


class AskedProperly(Lacking[Asked]):
    """See `asked_with_the_conversation`."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.expected = (
            f"a line for which the AI is asked once, with the scenario, up to {most} earlier messages in order and the "
            "newest line exactly once, last"
        )

    def lack(self, item: Asked) -> str:
        """Say what the question lacked."""
        line = f"line {item.number} of {item.settings.title!r}"
        if len(item.calls) != 1:
            return f"the AI was asked {len(item.calls)} times for {line}"
        call = item.calls[0]
        if item.settings.title not in call.system_text:
            return f"the question for {line} does not name the scenario"
        wanted = list(item.earlier[-self.most :]) if self.most else []
        said = [(message["role"], message["content"]) for message in call.messages if message["role"] != "system"]
        if not said or said[-1] != ("user", item.line):
            return f"the question for {line} does not end with it: {said[-1:]}"
        if said[:-1] != wanted:
            return f"the question for {line} holds {_differing(said[:-1], wanted)}"
        times = call.everything.count(item.line)
        return "" if times == 1 else f"the question for {line} holds it {times} times"


def _differing(said: Sequence[tuple[str, str]], wanted: Sequence[tuple[str, str]]) -> str:
    if len(said) != len(wanted):
        return f"{len(said)} earlier messages, {len(wanted)} were said before it"
    place = next(number for number, pair in enumerate(zip(said, wanted, strict=True)) if pair[0] != pair[1])
    return f"{said[place]} as earlier message {place + 1}, said was {wanted[place]}"


def asked_with_the_conversation(most: int) -> AskedProperly:
    """Match a line for which the AI was asked once, with the scenario and up to `most` earlier messages in order."""
    return AskedProperly(most)


class OwnSettings(Lacking[Asked]):
    """See `asked_under_its_settings`."""

    expected = "a line for which the AI is asked under the scenario's own settings"

    def lack(self, item: Asked) -> str:
        """Say which setting was another."""
        wanted = (item.settings.model, item.settings.temperature, item.settings.max_tokens)
        for call in item.calls:
            used = (call.model, call.temperature, call.max_tokens)
            if used != wanted:
                return f"{item.settings.title!r} asked with {used}, its settings are {wanted}"
        return "" if item.calls else f"the AI was not asked for line {item.number}"


def asked_under_its_settings() -> OwnSettings:
    """Match a line for which the AI was asked with model, temperature and length of the scenario."""
    return OwnSettings()
