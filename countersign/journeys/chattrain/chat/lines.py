"""The lines of the material by the names it gives them."""

import re
from collections.abc import Mapping, Sequence

from countersign.journeys.chattrain.trainee import full_lines


def spoken(training: str, names: Sequence[str], answers: Mapping[str, str] | None = None) -> list[str]:
    """Give the lines meant: "full 2" is the second full answer of the training, a name in `answers` the line there.

    Anything else is a line itself.
    """
    return [_line(training, name, answers or {}) for name in names]


def _line(training: str, name: str, answers: Mapping[str, str]) -> str:
    if full := re.fullmatch(r"full (\d+)", name):
        return full_lines(training)[int(full.group(1)) - 1]
    return answers.get(name, name)
