"""Figures of the pages of patients and nurses, journaled with their limits as the sentences say them."""

from typing import Any

from countersign.journeys.measuring import measure_longest


def arrival(stage: Any, seconds: float, limit: float) -> float:
    """Journal and give the seconds from a patient's message to the report on a nurse's page."""
    name = "message of an emergency to the report on the nurse page"
    return measure_longest(stage, name, [seconds], below=limit, load="one patient, one nurse, two browser windows")


def vanishing(stage: Any, seconds: float, limit: float) -> float:
    """Journal and give the seconds from a decision on one nurse's page to the other page without the report."""
    name = "decision to the other nurse's page without the report"
    return measure_longest(stage, name, [seconds], below=limit, load="two nurses, two browser windows")
