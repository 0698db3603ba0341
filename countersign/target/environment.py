"""Environment variables that people already know from other suites, taken as options of a run (MA-SUITE-03)."""

import os
from collections.abc import Mapping
from typing import Any

from countersign.errors import TargetError

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
MOST_JOBS = 64
MOST_JOBS_UNASKED = 4
"""So many processes at once, also on a machine with many processors, unless somebody asks for more (MA-SUITE-02)."""
JOBS = "MAX_CONCURRENT_TESTS"


def general_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Read TEST_ENV, LOG_LEVEL, TEST_TIMEOUT and PERFORMANCE_THRESHOLD; `COUNTERSIGN_*` and `-D` outdo them.

    Raises TargetError naming the variable and what would work.
    """
    values: dict[str, Any] = {}
    if environ.get("TEST_ENV"):
        values["target"] = environ["TEST_ENV"]
    if environ.get("LOG_LEVEL"):
        level = environ["LOG_LEVEL"].upper()
        if level not in LEVELS:
            raise TargetError(f"LOG_LEVEL={environ['LOG_LEVEL']}: there is no such level; use {', '.join(LEVELS)}")
        values["wire"] = level == "DEBUG"
    if environ.get("TEST_TIMEOUT"):
        values["scenario_seconds"] = _seconds(environ, "TEST_TIMEOUT", 7200)
    if environ.get("PERFORMANCE_THRESHOLD"):
        values["chat_seconds"] = _seconds(environ, "PERFORMANCE_THRESHOLD", 2.5)
    return values


def usual_jobs(environ: Mapping[str, str]) -> int:
    """Give how many processes run at once when nobody says: MAX_CONCURRENT_TESTS, else one more than processors.

    Raises TargetError for what is no whole number from 1 to 64.
    """
    text = environ.get(JOBS, "")
    if not text:
        return min((os.cpu_count() or 1) + 1, MOST_JOBS_UNASKED)
    if not text.isdigit() or not 1 <= int(text) <= MOST_JOBS:
        raise TargetError(f"{JOBS}={text}: write a whole number from 1 to {MOST_JOBS}")
    return int(text)


def _seconds(environ: Mapping[str, str], name: str, most: float) -> float:
    try:
        seconds = float(environ[name])
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= most:
        why = "; a criterion is never loosened" if name == "PERFORMANCE_THRESHOLD" else ""
        raise TargetError(f"{name}={environ[name]}: write seconds above 0, at most {most:g}{why}")
    return seconds
