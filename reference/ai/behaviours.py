"""The behaviours by name: each turns a request and its options into a reply."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reference.ai.conversation import last_user_text, next_customer_line
from reference.ai.marks import BadMark, Script, without_marks
from reference.ai.replies import Content, Cut, Delayed, Garbage, Hang, NoChoices, Refusal, Reply

Messages = Sequence[Mapping[str, Any]]
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


def _status(messages: Messages, options: Options) -> Reply:
    return Refusal(int(options.number("code", None, 400, 599)))


def _long(messages: Messages, options: Options) -> Reply:
    characters = int(options.number("characters", 20_000, 1, LONGEST_TEXT))
    return Content((LONG_SENTENCE * (characters // len(LONG_SENTENCE) + 1))[:characters])


def _cut(messages: Messages, options: Options) -> Reply:
    return Cut(next_customer_line(messages))


BEHAVIOURS: dict[str, Behaviour] = {
    "customer": _customer,
    "echo": _echo,
    "say": _say,
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
}
DELAY = "delay"
NAMES = (*BEHAVIOURS, DELAY)


def decide(script: Script, default: Script, messages: Messages) -> Reply:
    """Decide the reply to a request. `delay` replies as `default` does, after its own wait.

    Raises BadMark for an unknown behaviour, a missing, unknown or unusable option.
    """
    options = Options(script)
    if script.do == DELAY:
        seconds = options.number("seconds", None, 0, LONGEST_WAIT)
        options.refuse_unused()
        after = CUSTOMER if default.do == DELAY else default
        return Delayed(seconds, decide(after, CUSTOMER, messages))
    behaviour = BEHAVIOURS.get(script.do)
    if behaviour is None:
        raise BadMark(f"unknown behaviour {script.do!r}; known are {', '.join(NAMES)}")
    reply = behaviour(messages, options)
    options.refuse_unused()
    return reply
