"""Figures of load: times of which so many must keep a limit, and the injector that has to vouch for them."""

from collections.abc import Sequence
from typing import Any

from countersign.load.injector import MOST_NEIGHBOURS, InjectorHealth
from countersign.load.percentiles import percentile


def measure_most(
    stage: Any,
    name: str,
    seconds: Sequence[float],
    *,
    least: int,
    of: int,
    limit: float,
    load: str,
    required: int | None = None,
    also: Sequence[float] = (),
    place: tuple[str, str] | None = None,
) -> Sequence[float]:
    """Journal the time that `least` of `of` do not exceed, with median and maximum beside it; give the times back.

    `required` is how many times it has to rest on (`of` by default); the percentiles in `also` are told beside it.
    `place` is table and row of the report in which they stand.

    Raises NotVerified for a missed limit that says nothing (see `excused`).
    """
    if not seconds:
        return seconds
    share = 100 * least / of
    claims: list[tuple[str, float, float | None]] = [
        (f"{share:g}th percentile", share, limit),
        ("median", 50, None),
        *((f"{percent:g}th percentile", percent, None) for percent in also),
        ("maximum", 100, None),
    ]
    for statistic, percent, below in sorted(claims, key=lambda claim: claim[1]):
        stage.measure(
            name,
            percentile(seconds, percent),
            "s",
            samples=len(seconds),
            limit=below,
            relation="reported" if below is None else "below",
            required_samples=of if required is None else required,
            statistic=statistic,
            load=load,
            series=seconds if below is not None else (),
            cell=place and (*place, f"answer, {statistic}"),
        )
    excused(stage, missed=percentile(seconds, share) >= limit)
    return seconds


def excused(stage: Any, *, missed: bool, most: float = MOST_NEIGHBOURS) -> None:
    """Raise NotVerified if a limit was missed by a system on this machine while other programs took the processors.

    What counts is how the machine was in the load that was vouched for last in this scenario; `most` is the part of
    all processors that other programs may take.
    """
    if stage.system().embedded:
        stage.shared(InjectorHealth, lambda: InjectorHealth(0.0, 0.0, 0)).excuse(missed=missed, most=most)


def report(stage: Any, name: str, value: float, unit: str, *, samples: int, load: str, statistic: str = "") -> None:
    """Journal a figure that nothing hangs on."""
    stage.measure(name, value, unit, samples=max(1, samples), statistic=statistic, load=load)


def vouched(stage: Any, injector: InjectorHealth, load: str) -> None:
    """Journal how the load injector was. Raises NotVerified if it could not keep up."""
    report(stage, "lag of the load injector", injector.lag, "s", samples=injector.samples, load=load)
    used = 100 * injector.processor
    report(stage, "processor taken by the load injector", used, "% of one", samples=injector.samples, load=load)
    others = 100 * injector.neighbours
    report(stage, "processors taken by other programs", others, "% of all", samples=injector.samples, load=load)
    stage.keep(injector)
    injector.vouch()
