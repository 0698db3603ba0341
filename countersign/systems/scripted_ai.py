"""What the suite asks of the scripted AI: which calls it got, and how it shall behave (by marks, bound, by default)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.errors import CapabilityMissing
from countersign.evidence import Recorder
from countersign.target.live import LiveSystem
from countersign.transport.http import HttpClient


@dataclass(frozen=True)
class AiCall:
    """One call the AI got from the system. `messages` are as sent: system text, history, newest line."""

    number: int
    model: str
    temperature: float
    max_tokens: int
    messages: tuple[Mapping[str, str], ...]
    behaviour: str

    @property
    def system_text(self) -> str:
        """The system texts, joined."""
        return "\n".join(message["content"] for message in self.messages if message["role"] == "system")

    @property
    def last_user_text(self) -> str:
        """The newest user text (empty if there is none)."""
        return next((message["content"] for message in reversed(self.messages) if message["role"] == "user"), "")

    @property
    def everything(self) -> str:
        """All texts of the prompt, joined."""
        return "\n".join(str(message.get("content")) for message in self.messages)


def mark(do: str, line: str = "", **details: Any) -> str:
    """Give a line that makes the scripted AI behave in a way for this one call (docs/reference-systems.md)."""
    extra = "".join(f" {name}={_quoted(value)}" for name, value in details.items())
    return f"[[script do={do}{extra}]] {line}".rstrip()


def _quoted(value: Any) -> str:
    text = str(value)
    return '"' + text.replace('"', '\\"') + '"' if " " in text else text


class ScriptedAiRecord:
    """The record the scripted AI keeps of its calls. Raises CapabilityMissing where the target has no scripted AI."""

    def __init__(self, system: LiveSystem, recorder: Recorder) -> None:
        if system.scripted_ai is None:
            raise CapabilityMissing(f"{system.name} asks no scripted AI that the suite could read")
        self._client = HttpClient(
            system.scripted_ai.url,
            system="scripted AI",
            actor="suite",
            recorder=recorder,
            headers={"Authorization": f"Bearer {system.scripted_ai.token}"},
        )

    def here(self) -> int:
        """Give the place in the record up to which calls have been made."""
        place: int = self._read(10**9)["next"]
        return place

    def since(self, place: int) -> list[AiCall]:
        """Give the calls made after a place."""
        return [_call(item) for item in self._read(place)["calls"]]

    def holding(self, text: str, place: int = 0) -> list[AiCall]:
        """Give the calls after a place whose newest user text holds a text (a run's own mark, say)."""
        return [call for call in self.since(place) if text in call.last_user_text]

    def _read(self, place: int) -> Any:
        return self._client.request("GET", "/control/calls", params={"since": place}).must_be(200).json()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


class ScriptedAi(ScriptedAiRecord):
    """The scripted AI with its record and its scripts.

    All systems of a run share it, so scripts are added and removed one by one, never replaced as a whole. Use
    `countersign.journeys.scripts`, which undoes what it did.
    """

    def bind(self, *scripts: Mapping[str, Any]) -> list[str]:
        """Bind scripts (see `script`) behind those that are bound; give their names."""
        body = {"scripts": [dict(each) for each in scripts]}
        added: list[str] = self._client.request("POST", "/control/scripts", json=body).must_be(200).json()["added"]
        return added

    def unbind(self, names: Sequence[str]) -> None:
        """Remove bound scripts. One that is no longer there (the AI was started anew) is fine."""
        for name in names:
            self._client.request("DELETE", f"/control/scripts/{name}").must_be(200, 404)

    def bound(self) -> list[Mapping[str, Any]]:
        """Give the bound scripts of everybody; `calls` counts those that a script has left."""
        listed: list[Mapping[str, Any]] = self._client.request("GET", "/control/scripts").must_be(200).json()["scripts"]
        return listed

    def default(self) -> Mapping[str, Any]:
        """Give the script of all calls that nothing else decides."""
        now: Mapping[str, Any] = self._client.request("GET", "/control/default").must_be(200).json()
        return now

    def set_default(self, default: Mapping[str, Any]) -> None:
        """Set the script of all calls that nothing else decides."""
        self._client.request("PUT", "/control/default", json=dict(default)).must_be(200)


def script(
    do: str,
    *,
    model: str | None = None,
    contains: str | None = None,
    when: str | None = None,
    calls: int | None = None,
    **details: Any,
) -> dict[str, Any]:
    """Make a script for `ScriptedAi.bind`.

    It counts for calls to a `model` ("name:1.1.0"), whose last user text `contains` a text, of one kind (`when` chat or
    report), and for so many `calls`; what is None does not matter. `details` are those of the behaviour.
    """
    conditions = {"model": model, "contains": contains, "when": when, "calls": calls}
    return {"do": do, **{name: value for name, value in conditions.items() if value is not None}, **details}


def _call(item: Mapping[str, Any]) -> AiCall:
    return AiCall(
        number=item["number"],
        model=str(item.get("model")),
        temperature=float(item.get("temperature") or 0),
        max_tokens=int(item.get("max_tokens") or 0),
        messages=tuple(item["messages"]),
        behaviour=str(item.get("behaviour", "")),
    )
