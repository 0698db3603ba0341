"""The behaviours by name: each turns a request and its options into a reply."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reference.ai.conversation import last_user_text, next_customer_line, user_texts, wants_json
from reference.ai.marks import BadMark, Script, without_marks
from reference.ai.replies import Content, Cut, Delayed, Garbage, Hang, NoChoices, Refusal, Reply

Messages = Sequence[Mapping[str, Any]]
Request = Mapping[str, Any]
Behaviour = Callable[[Messages, "Options"], Reply]

CUSTOMER = Script("customer")

MARKUP = (
    "<img src=x onerror=\"document.title='markup-was-run'\"><script>document.title='markup-was-run'</script>"
    "<b>Thank you</b>, that is <i>clear</i> now & I will try it."
)
LONG_SENTENCE = "I have told this story to three people already and I would like to tell it once more. "
LONGEST_WAIT = 600.0
LONGEST_TEXT = 1_000_000


class Options:
    """The options of one script. Every option must be used, so that a misspelt one is noticed."""

    def __init__(self, script: Script) -> None:
        """Take the options of `script`."""
        self._script = script
        self._unused = set(script.options)

    def text(self, name: str) -> str:
        """Give a required text."""
        self._unused.discard(name)
        if name not in self._script.options:
            raise BadMark(f'do={self._script.do} needs {name}="..."')
        return self._script.options[name]

    def number(self, name: str, default: float | None, lowest: float, highest: float) -> float:
        """Give a number between `lowest` and `highest`; required if `default` is None."""
        if default is not None and name not in self._script.options:
            return default
        raw = self.text(name)
        try:
            value = float(raw)
        except ValueError:
            value = float("nan")
        if not lowest <= value <= highest:
            raise BadMark(
                f"{name} of do={self._script.do} must be a number from {lowest:g} to {highest:g}, got {raw!r}"
            )
        return value

    def optional(self, name: str, default: str) -> str:
        """Give a text that may be missing."""
        return self.text(name) if name in self._script.options else default

    def refuse_unused(self) -> None:
        """Raise BadMark for an option that this behaviour does not know."""
        if self._unused:
            raise BadMark(f"do={self._script.do} does not know the option {', '.join(sorted(self._unused))}")


def _customer(messages: Messages, options: Options) -> Reply:
    return Content(next_customer_line(messages))


def _echo(messages: Messages, options: Options) -> Reply:
    return Content(without_marks(last_user_text(messages)))


def _say(messages: Messages, options: Options) -> Reply:
    return Content(options.text("text"))


def _report(messages: Messages, options: Options) -> Reply:
    """Give a report as JSON; what the script does not say is taken from what the users said."""
    said = [without_marks(text) for text in user_texts(messages)]
    told = [part.strip() for text in said for part in _SENTENCE_END.split(text) if part.strip()]
    listed = options.optional("symptoms", "; ".join(told))
    report = {
        "chief_complaint": options.optional("chief_complaint", said[0] if said else ""),
        "symptoms": [symptom.strip() for symptom in listed.split(";") if symptom.strip()],
        "assessment": options.optional("assessment", "Symptoms were collected; a nurse should review them."),
        "urgency": options.optional("urgency", "routine"),
        "additional_notes": options.optional("additional_notes", "") or None,
        "confidence": options.number("confidence", 0.8, 0, 1),
    }
    return Content(json.dumps(report))


def _chunks(messages: Messages, options: Options) -> Reply:
    """Give a text of `count` pieces with `pause` seconds before each."""
    count = int(options.number("count", None, 1, LONGEST_TEXT))
    return Content("piece " * count, len("piece "))


def _status(messages: Messages, options: Options) -> Reply:
    return Refusal(int(options.number("code", None, 400, 599)))


def _long(messages: Messages, options: Options) -> Reply:
    characters = int(options.number("characters", 20_000, 1, LONGEST_TEXT))
    return Content((LONG_SENTENCE * (characters // len(LONG_SENTENCE) + 1))[:characters])


def _cut(messages: Messages, options: Options) -> Reply:
    pieces = options.number("pieces", -1, -1, LONGEST_TEXT)
    return Cut(next_customer_line(messages), None if pieces < 0 else int(pieces))


BEHAVIOURS: dict[str, Behaviour] = {
    "customer": _customer,
    "echo": _echo,
    "say": _say,
    "report": _report,
    "status": _status,
    "hang": lambda messages, options: Hang(),
    "empty": lambda messages, options: Content(""),
    "blank": lambda messages, options: Content("  \n\t "),
    "null": lambda messages, options: Content(None),
    "no-choices": lambda messages, options: NoChoices(),
    "garbage": lambda messages, options: Garbage(),
    "cut": _cut,
    "markup": lambda messages, options: Content(MARKUP),
    "long": _long,
    "chunks": _chunks,
}
DELAY = "delay"
FLAKY = "flaky"
NAMES = (*BEHAVIOURS, DELAY, FLAKY)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def decide(script: Script, default: Script, request: Request, attempt: int = 0) -> Reply:
    """Decide the reply to a request.

    `delay` replies as the default does, after its own wait; `flaky` fails as often as it says, then replies as the
    default does (`attempt` tells how often the same text was asked before). The default `customer` gives a report where
    the request asks for a JSON object. Every reply can be delayed (`after` seconds) and sent in pieces of `size`
    characters with a `pause` before each. Raises BadMark for an unknown behaviour, a missing, unknown or unusable
    option.
    """
    options = Options(script)
    after = options.number("after", 0, 0, LONGEST_WAIT)
    reply = _decide(script, default, request, attempt, options)
    if isinstance(reply, Content):
        size = int(options.number("size", 0, 0, LONGEST_TEXT)) or reply.size
        reply = replace(reply, size=size, pause=options.number("pause", 0, 0, LONGEST_WAIT))
    options.refuse_unused()
    return Delayed(after, reply) if after else reply


def _decide(script: Script, default: Script, request: Request, attempt: int, options: Options) -> Reply:
    messages = request.get("messages", ())
    after = CUSTOMER if default.do in (DELAY, FLAKY) else default
    if script.do == DELAY:
        seconds = options.number("seconds", None, 0, LONGEST_WAIT)
        return Delayed(seconds, decide(after, CUSTOMER, request))
    if script.do == FLAKY:
        failures = options.number("failures", None, 0, LONGEST_TEXT)
        code = int(options.number("code", 500, 400, 599))
        return Refusal(code) if attempt < failures else decide(after, CUSTOMER, request)
    name = "report" if script.do == CUSTOMER.do and wants_json(request) else script.do
    behaviour = BEHAVIOURS.get(name)
    if behaviour is None:
        raise BadMark(f"unknown behaviour {script.do!r}; known are {', '.join(NAMES)}")
    return behaviour(messages, options)
