"""Figures of a scenario: times of many single observations, boiled down and journaled before they are judged."""

from collections.abc import Mapping, Sequence
from typing import Any

from hamcrest.core.matcher import Matcher

from countersign.errors import SystemFault
from countersign.evidence.operations import Operation
from countersign.load.percentiles import mean, percentile


def measure_longest(
    stage: Any, name: str, seconds: Sequence[float], *, below: float, load: str, required: int = 1
) -> float:
    """Journal and give the longest of the observed times. Raises SystemFault if there is none."""
    value = max(_some(name, seconds))
    return _measured(stage, name, value, seconds, below=below, load=load, required=required, statistic="maximum")


def measure_average(
    stage: Any, name: str, seconds: Sequence[float], *, below: float | None, load: str, required: int = 1
) -> float:
    """Journal and give the average of the observed times (only reported where `below` is None)."""
    value = mean(_some(name, seconds))
    return _measured(stage, name, value, seconds, below=below, load=load, required=required, statistic="mean")


def measure_percentile(
    stage: Any,
    name: str,
    seconds: Sequence[float],
    percent: float,
    *,
    below: float | None,
    load: str,
    required: int = 1,
    place: tuple[str, str] | None = None,
) -> float:
    """Journal and give the time that `percent` of 100 observations do not exceed (only reported without `below`).

    It is found by nearest rank. `place` is table and row of the report in which it stands.
    """
    value = percentile(_some(name, seconds), percent)
    statistic = f"{percent:g}th percentile"
    cell = place and (*place, statistic)
    return _measured(
        stage, name, value, seconds, below=below, load=load, required=required, statistic=statistic, cell=cell
    )


def measure_each_percentile(
    stage: Any, name: str, parts: Mapping[str, Sequence[float]], percent: float, *, below: float
) -> list[float]:
    """Journal and give the percentile of each part by itself; `parts` maps what was on the system to its times."""
    return [
        measure_percentile(stage, name, seconds, percent, below=below, load=load) for load, seconds in parts.items()
    ]


def measure_count(stage: Any, name: str, value: float, *, least: float, of: int, load: str, required: int = 1) -> float:
    """Journal and give how many of `of` things there were, of which at least `least` are wanted."""
    measured: float = stage.measure(
        name,
        value,
        "",
        samples=of,
        limit=least,
        relation="at least",
        required_samples=required,
        statistic="count",
        load=load,
    )
    return measured


def measure_matching(
    stage: Any, name: str, items: Sequence[Any], matcher: Matcher[Any], *, count: int, load: str = ""
) -> None:
    """Journal how many items match, where `count` of them have to."""
    stage.measure(
        name,
        sum(matcher.matches(item) for item in items),
        "",
        samples=len(items),
        limit=count,
        relation="equal to",
        required_samples=count,
        statistic="count",
        load=load,
    )


def measure_distinct(stage: Any, name: str, numbers: Sequence[int], *, count: int, load: str = "") -> None:
    """Journal how many different numbers there are, where there have to be `count`."""
    stage.measure(
        name,
        len(set(numbers)),
        "",
        samples=len(numbers),
        limit=count,
        relation="equal to",
        required_samples=count,
        statistic="count",
        load=load,
    )


def measure_share(
    stage: Any, name: str, value: float, *, least: float, of: int, load: str, required: int = 20
) -> float:
    """Journal and give how many of 100 things went as wanted; the share rests on `of` of them."""
    measured: float = stage.measure(
        name,
        value,
        "of 100",
        samples=of,
        limit=least,
        relation="at least",
        required_samples=required,
        statistic="share",
        load=load,
    )
    return measured


def measure_rate(
    stage: Any,
    name: str,
    value: float,
    *,
    of: int,
    load: str,
    above: float | None = None,
    least: float | None = None,
    required: int = 1,
    series: Sequence[float] = (),
    cell: tuple[str, str, str] | None = None,
) -> float:
    """Journal and give how many came in a second, resting on `of` of them; `above` or `least` is the limit."""
    measured: float = stage.measure(
        name,
        value,
        "per second",
        samples=of,
        limit=least if above is None else above,
        relation="at least" if above is None else "above",
        required_samples=required,
        statistic="mean",
        load=load,
        series=series,
        cell=cell,
    )
    return measured


def measure_share_failed(
    stage: Any, name: str, operations: Sequence[Operation], *, below: float, load: str, required: int = 1
) -> float:
    """Journal and give how many of 100 operations failed: with no answer, a wrong one or one after 10 s."""
    failed = sum(operation.failed for operation in operations)
    value: float = stage.measure(
        name,
        100 * failed / max(1, len(operations)),
        "of 100",
        samples=len(operations),
        limit=below,
        relation="below",
        required_samples=required,
        statistic="share",
        load=load,
    )
    return value


def _some(name: str, seconds: Sequence[float]) -> Sequence[float]:
    if not seconds:
        raise SystemFault(f"{name}: nothing was answered, so there is no time to judge")
    return seconds


def _measured(
    stage: Any,
    name: str,
    value: float,
    seconds: Sequence[float],
    *,
    below: float | None,
    load: str,
    required: int,
    statistic: str,
    cell: tuple[str, str, str] | None = None,
) -> float:
    measured: float = stage.measure(
        name,
        value,
        "s",
        samples=len(seconds),
        limit=below,
        relation="reported" if below is None else "below",
        required_samples=required,
        statistic=statistic,
        load=load,
        series=seconds,
        cell=cell,
    )
    return measured
