"""Figures of a level of load, journaled before they are judged."""

from collections.abc import Mapping, Sequence
from typing import Any

from countersign.errors import NotVerified
from countersign.evidence.operations import Operation
from countersign.expect.modelhub.load import MachineUse, Promise, Speed
from countersign.journeys.load_figures import excused, report, vouched
from countersign.journeys.measuring import measure_count, measure_percentile, measure_share_failed
from countersign.journeys.modelhub.load.level import Level

TABLE = "How long calls of the hub take with"
SHARES = (50.0, 95.0, 99.0)
LOOKS_AT_LEAST = 20


def level_vouched(stage: Any, level: Level, least: int) -> Level:
    """Give a level that the load injector can vouch for. Raises NotVerified; too few calls are journaled as such."""
    vouched(stage, level.injector, level.load)
    done = len(level.operations)
    measure_count(stage, "calls", done, least=least, of=done, load=level.load, required=least)
    failed = [each for each in level.operations if each.failed]
    # A wrong answer is wrong on a busy machine too; one that is late or put off is not.
    excused(stage, missed=bool(failed) and all(each.late or each.refused for each in failed))
    return level


def speeds(stage: Any, level: Level, limits: Mapping[float, float]) -> list[Speed]:
    """Journal and give how quick each kind of call was; `limits` are seconds by share of 100, others are reported."""
    found = []
    for kind, seconds in level.times.items():
        within = {
            share: measure_percentile(
                stage,
                kind,
                seconds,
                share,
                below=limits.get(share),
                load=level.load,
                place=(f"{TABLE} {level.load}", kind),
            )
            for share in SHARES
        }
        found.append(Speed(kind, within))
    missed = any(speed.within[share] > limit for speed in found for share, limit in limits.items())
    excused(stage, missed=missed)
    return found


def measure_failed(stage: Any, level: Level, percent: float) -> Sequence[Operation]:
    """Journal how many calls failed; give them all."""
    measure_share_failed(stage, "calls that failed", level.operations, below=percent, load=level.load, required=1)
    return level.operations


def measure_refused(stage: Any, level: Level, percent: float, least: int) -> Sequence[Operation]:
    """Journal how many calls were refused; give them all."""
    level_vouched(stage, level, least)
    refused = 100 * sum(each.refused for each in level.operations) / max(1, len(level.operations))
    stage.measure(
        "calls refused with a waiting time",
        refused,
        "of 100",
        samples=len(level.operations),
        limit=percent,
        relation="at most",
        statistic="share",
        load=level.load,
    )
    return level.operations


def measure_life_signs(stage: Any, level: Level, limit: float) -> Sequence[Operation]:
    """Journal how long the looks at the health took; give them."""
    times = [sign.seconds for sign in level.signs]
    longest = measure_percentile(stage, "a look at the health", times, 100, below=limit, load=level.load)
    excused(stage, missed=longest > limit)
    return level.signs


def measure_promises(stage: Any, level: Level) -> Sequence[Promise]:
    """Journal how many of the accepted generations and downloads came to their end; give them all."""
    kept, count = sum(promise.kept for promise in level.promises), len(level.promises)
    measure_count(stage, "accepted work that came to its end", kept, least=count, of=count, load=level.load)
    return level.promises


def measure_use(stage: Any, level: Level, processors: float, memory: float) -> MachineUse:
    """Journal and give what the hub took of its machine.

    Raises NotVerified where other programs left it so little that it may have wanted more than it got.
    """
    use = level.use
    figures: Sequence[tuple[str, float, str, float | None]] = (
        ("processors in use", use.processors, "mean", processors),
        ("processors in use", use.processors_most, "maximum", None),
        ("memory in use", use.memory_most, "maximum", memory),
        ("memory in use", use.memory, "mean", None),
    )
    for name, value, statistic, limit in figures:
        if limit is None:
            report(stage, name, value, "%", samples=use.looks, load=level.load, statistic=statistic)
        else:
            stage.measure(
                name,
                value,
                "%",
                samples=use.looks,
                limit=limit,
                relation="at most",
                required_samples=LOOKS_AT_LEAST,
                statistic=statistic,
                load=level.load,
            )
    left = 1 - (level.injector.neighbours if stage.system().embedded else 0.0)
    if use.processors <= processors < use.processors / max(left, 0.01):
        raise NotVerified(
            f"the hub took {use.processors:.0f} % of the processors of which other programs left {100 * left:.0f} %: "
            "this says nothing about what it wants. Run it alone"
        )
    return use
