"""Percentiles as they are claimed in a sign-off: a value that was really observed, never an interpolated one."""

import math
from collections.abc import Sequence


def percentile(values: Sequence[float], percent: float) -> float:
    """Give the smallest observed value that at least `percent` of 100 observations do not exceed (nearest rank).

    Raises ValueError without observations or for a percentage outside 0 < percent <= 100.

    Examples::

        percentile([0.1, 0.2, 0.3, 9.0], 75) == 0.3
        percentile([0.1, 0.2, 0.3, 9.0], 95) == 9.0
    """
    if not values:
        raise ValueError("there is no percentile of no observations")
    if not 0 < percent <= 100:
        raise ValueError(f"{percent} is no percentage above 0 and up to 100")
    # 95 % of 20 is 19 and not the 19.000000000000004 that floating point may make of it.
    rank = math.ceil(round(len(values) * percent / 100, 9))
    return sorted(values)[max(rank, 1) - 1]


def mean(values: Sequence[float]) -> float:
    """Give the average. Raises ValueError without observations."""
    if not values:
        raise ValueError("there is no average of no observations")
    return math.fsum(values) / len(values)
