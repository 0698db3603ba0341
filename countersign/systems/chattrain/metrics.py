"""ChatTrain's figures for operators, read with the parser of the Prometheus client."""

from collections.abc import Mapping
from dataclasses import dataclass

from prometheus_client.parser import text_string_to_metric_families

from countersign.errors import ContractBroken

ANSWERED = {"outcome": "answered"}
REFUSED = {"outcome": "refused"}
LINES = "chattrain_messages_total"
SESSIONS = "chattrain_sessions_total"
OPEN_CONNECTIONS = "chattrain_active_connections"
REPLIES_TIMED = "chattrain_reply_seconds_count"
REPLY_SECONDS = "chattrain_reply_seconds_sum"
AI_CALLS = "chattrain_ai_calls_total"
CALLS = "chattrain_http_requests_total"
MEMORY = "process_resident_memory_bytes"


@dataclass(frozen=True)
class Figure:
    """One sample: its name, its labels and its value."""

    name: str
    labels: Mapping[str, str]
    value: float


@dataclass(frozen=True)
class Metrics:
    """All samples of one look."""

    figures: tuple[Figure, ...]

    def total(self, name: str, **labels: str) -> float:
        """Sum the samples of a name that carry these labels; 0 if only other labels were counted so far.

        Raises ContractBroken if the name is not exported at all.
        """
        named = [figure for figure in self.figures if figure.name == name]
        if not named:
            raise ContractBroken(f"chattrain: the metrics hold no {name}")
        return sum(figure.value for figure in named if labels.items() <= figure.labels.items())


def read_metrics(text: str) -> Metrics:
    """Read the Prometheus text format. Raises ContractBroken for anything else, also for no metrics at all."""
    try:
        families = list(text_string_to_metric_families(text))
    except ValueError as error:
        raise ContractBroken(f"chattrain: the metrics cannot be read: {error}") from error
    figures = tuple(
        Figure(sample.name, dict(sample.labels), float(sample.value))
        for family in families
        for sample in family.samples
    )
    if not figures:
        raise ContractBroken("chattrain: the metrics are empty")
    return Metrics(figures)
