"""Figures for operators, read with the parser of the Prometheus client."""

from collections.abc import Mapping
from dataclasses import dataclass

from prometheus_client.parser import text_string_to_metric_families

from countersign.errors import ContractBroken


@dataclass(frozen=True)
class Figure:
    """One sample: its name, its labels and its value."""

    name: str
    labels: Mapping[str, str]
    value: float


@dataclass(frozen=True)
class Metrics:
    """All samples of one look at one system."""

    system: str
    figures: tuple[Figure, ...]

    def total(self, name: str, **labels: str) -> float:
        """Sum the samples of a name that carry these labels; 0 if only other labels were counted so far.

        Raises ContractBroken if the name is not exported at all.
        """
        named = [figure for figure in self.figures if figure.name == name]
        if not named:
            raise ContractBroken(f"{self.system}: the metrics hold no {name}")
        return sum(figure.value for figure in named if labels.items() <= figure.labels.items())


def read_metrics(system: str, text: str) -> Metrics:
    """Read the Prometheus text format. Raises ContractBroken for anything else, also for no metrics at all."""
    try:
        families = list(text_string_to_metric_families(text))
    except ValueError as error:
        raise ContractBroken(f"{system}: the metrics cannot be read: {error}") from error
    figures = tuple(
        Figure(sample.name, dict(sample.labels), float(sample.value))
        for family in families
        for sample in family.samples
    )
    if not figures:
        raise ContractBroken(f"{system}: the metrics are empty")
    return Metrics(system, figures)
