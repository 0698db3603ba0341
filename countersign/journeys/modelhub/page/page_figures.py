"""Figures of the page of the hub: time without a moved focus, progress behind, pauses in what is told, contrast."""

from collections.abc import Sequence
from typing import Any

from countersign.errors import SystemFault
from countersign.expect.modelhub.page_looks import Looks
from countersign.expect.modelhub.page_progress import ProgressSeen
from countersign.systems.pages.model import Rested

LEAST_UPDATES = 50
LEAST_VALUES = 20
LEAST_TELLINGS = 3
LEAST_TEXTS = 30
LOAD = "one person at the page"


def measure_rest(stage: Any, rested: Rested, seconds: float) -> None:
    """Journal for how long the page changed while the focus was left alone."""
    stage.measure(
        "live updates with the focus left alone",
        rested.seconds,
        "s",
        samples=rested.updates,
        limit=seconds,
        relation="at least",
        required_samples=LEAST_UPDATES,
        statistic="time",
        load=LOAD,
    )


def measure_progress(stage: Any, progress: ProgressSeen, seconds: float) -> None:
    """Journal how many looks at the progress bar were further behind than this."""
    stage.measure(
        f"looks at the progress bar more than {seconds:g} s behind",
        len(progress.late(seconds)),
        "",
        samples=len(progress.bar),
        limit=0,
        relation="equal to",
        required_samples=LEAST_VALUES,
        statistic="count",
        load=LOAD,
    )


def measure_pauses(stage: Any, pauses: Sequence[float], seconds: float) -> None:
    """Journal the shortest pause between two tellings of the progress of a model."""
    if not pauses:
        raise SystemFault("the progress was told less than twice, so there is no pause to judge")
    stage.measure(
        "pause between two tellings of the progress",
        min(pauses),
        "s",
        samples=len(pauses),
        limit=seconds,
        relation="at least",
        required_samples=LEAST_TELLINGS - 1,
        statistic="minimum",
        load=LOAD,
        series=pauses,
    )


def measure_contrast(stage: Any, looks: Looks, least: float) -> None:
    """Journal the contrast of the faintest text in any way of looking."""
    contrasts = [text.contrast for look in looks.all for text in look.texts]
    stage.measure(
        "contrast of the faintest text",
        min(contrasts, default=0.0),
        "to 1",
        samples=len(contrasts),
        limit=least,
        relation="at least",
        required_samples=LEAST_TEXTS,
        statistic="minimum",
        load=LOAD,
    )
