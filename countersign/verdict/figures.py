"""What a measured figure is worth: does it keep its limit, and does it rest on enough observations?"""

import math
import operator
from collections.abc import Callable, Mapping

from countersign.verdict.records import Measured

_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "below": operator.lt,
    "at most": operator.le,
    "at least": operator.ge,
    "above": operator.gt,
    "equal to": operator.eq,
}


def keeps_limit(figure: Measured) -> bool | None:
    """Say whether the value keeps its limit; None when the figure is only reported. Not-a-number keeps no limit.

    Raises ValueError when the figure names a relation but not the limit that belongs to it.
    """
    value, limit, limit_to = figure.value, figure.limit, figure.limit_to
    if figure.relation == "reported":
        return None
    if limit is None or (figure.relation == "between" and limit_to is None):
        raise ValueError(f"'{figure.name}' is claimed to be {figure.relation} a limit that it does not name")
    if figure.relation == "between":
        return limit_to is not None and limit <= value <= limit_to
    compare = _COMPARISONS.get(figure.relation)
    if compare is None:
        raise ValueError(f"'{figure.name}' has an unknown relation '{figure.relation}'")
    return math.isfinite(value) and compare(value, limit)


def shortfall(figure: Measured) -> str:
    """Say, in one sentence, how many samples are missing; empty when there are enough."""
    if figure.samples >= max(1, figure.required_samples):
        return ""
    return (
        f"too few samples: '{figure.name}' rests on {figure.samples}, "
        f"the criterion asks for {max(1, figure.required_samples)}"
    )


def contradiction(figure: Measured) -> str:
    """Say, in one sentence, why a scenario with this figure cannot have passed; empty when it fits."""
    try:
        kept = keeps_limit(figure)
    except ValueError as error:
        return str(error)
    if kept is False:
        seen = number(figure.value)
        if seen in {number(limit) for limit in (figure.limit, figure.limit_to) if limit is not None}:
            seen = repr(figure.value)
        return f"'{figure.name}' is {seen} {figure.unit}".rstrip() + f", but must be {limit_in_words(figure)}"
    return ""


def limit_in_words(figure: Measured) -> str:
    """Give the limit as it is read aloud: "below 3 s", "between 20 and 25"; empty when there is none."""
    if figure.relation == "reported" or figure.limit is None:
        return ""
    unit = f" {figure.unit}".rstrip()
    if figure.relation == "between" and figure.limit_to is not None:
        return f"between {number(figure.limit)} and {number(figure.limit_to)}{unit}"
    return f"{figure.relation} {number(figure.limit)}{unit}"


def number(value: float) -> str:
    """Write a figure with at most four significant digits, without trailing zeros; whole numbers in full."""
    if not math.isfinite(value):
        return "not a number"
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.0f}" if abs(value) >= 10_000 else f"{value:.4g}"
