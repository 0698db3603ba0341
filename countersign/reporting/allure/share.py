"""The share that Allure shows first, made honest: what was not checked counts against, as it does in the verdict.

Allure divides the passed by the passed, failed and broken alone: with nothing but skips and one pass it shows 100 %.
"""

import base64
import json
import math
import re

from countersign.reporting.allure.node import AllureNotRendered

_WIDGET = re.compile(
    r'd\("(?P<name>widgets/(?:[^"]+/)?)(?P<kind>statistic|pie_chart)\.json","(?P<data>[A-Za-z0-9+/=]+)"\)'
)


def with_honest_share(page: str) -> str:
    """Give the page with the share of passed scenarios among all of them. Raises AllureNotRendered if it has none."""
    totals = {found["name"]: _read(found) for found in _WIDGET.finditer(page) if found["kind"] == "statistic"}

    def corrected(found: re.Match[str]) -> str:
        if found["kind"] == "statistic":
            return found.group()
        counts = totals.get(found["name"], {})
        chart = {**_read(found), "percentage": share(counts.get("passed", 0), counts.get("total", 0))}
        data = base64.b64encode(json.dumps(chart).encode()).decode()
        return f'd("{found["name"]}pie_chart.json","{data}")'

    if "widgets/" not in totals:
        raise AllureNotRendered(
            "the rendered page holds no totals, so its share cannot be trusted: the installed Allure is not the one "
            "pinned in reports/allure/package-lock.json; run `make setup`"
        )
    return _WIDGET.sub(corrected, page)


def share(passed: int, total: int) -> float:
    """Give the share in percent, rounded down to two decimals: 999 of 1000 is never 100."""
    return math.floor(passed / total * 10_000) / 100 if total else 0.0


def _read(found: re.Match[str]) -> dict[str, int]:
    decoded: dict[str, int] = json.loads(base64.b64decode(found["data"]))
    return decoded
