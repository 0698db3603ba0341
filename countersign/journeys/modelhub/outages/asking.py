"""Asking in bad times: what came back is told in words, and a refusal or silence is an observation too."""

from collections.abc import Callable

from countersign.errors import DeadlineExceeded, SystemFault
from countersign.transport import eventually
from countersign.transport.answer import Answer


def met(ask: Callable[[], Answer], read: Callable[[Answer], str]) -> str:
    """Ask, and say what came back: what `read` makes of a good answer, else the refusal or the fault."""
    try:
        answer = ask()
        return read(answer) if answer.status < 300 else f"a refusal ({answer.status})"
    except SystemFault as fault:
        return f"no answer ({fault})"


def becomes(look: Callable[[], str], wanted: str, within: float) -> str:
    """Look until something is as wanted or the time is up; give what was seen last."""
    seen = ["nothing"]

    def question() -> None:
        try:
            seen[0] = look()
        except SystemFault as fault:
            seen[0] = f"no answer ({fault})"
        assert seen[0] == wanted, f"it is {seen[0]}"

    try:
        eventually(question, within, every=0.1, what=f"it to be {wanted}")
    except DeadlineExceeded:
        return seen[0]
    return seen[0]
