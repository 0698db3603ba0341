"""The readiness bands: green above 90 %, red below 80 %, yellow between; musts decide before shares."""

from countersign.verdict.results import Band

GREEN_ABOVE = 90
RED_BELOW = 80


def band_of(*, verified: int, total: int, must_refuted: int, must_not_verified: int) -> Band:
    """Give the band of a system whose features were run whole. Whole numbers only, so 90 % is never rounded to green.

    An empty catalogue is red: nothing was asked for, so nothing was shown.
    """
    if must_refuted or total == 0 or verified * 100 < RED_BELOW * total:
        return "red"
    if verified * 100 > GREEN_ABOVE * total and not must_not_verified:
        return "green"
    return "yellow"


def percent(share: float) -> str:
    """Write a share with one decimal, rounded down, so that no figure looks better than it is."""
    return f"{int(share * 1000 + 1e-9) / 10:.1f} %"
