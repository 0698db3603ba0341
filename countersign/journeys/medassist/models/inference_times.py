"""How long predictions take, by version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.medassist.served import Served
from countersign.journeys.measuring import measure_count, measure_percentile
from countersign.journeys.medassist.administrator import Administrator
from countersign.journeys.medassist.models.predicting import predicted, shared_out
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.scripted_ai import mark

ANALYZER = "symptom_analyzer"
"""A model that every system has and that no patient waits for (contract, section 3)."""
AI_SECONDS = 0.3


@dataclass(frozen=True)
class Inferences:
    """Predictions for inputs that were all different. `load` says what was on the system."""

    served: Sequence[Served]
    load: str

    @property
    def by_version(self) -> Mapping[str, list[float]]:
        """The seconds of the predictions that were made, as the asker saw them, by version."""
        times: dict[str, list[float]] = {}
        for each in self.served:
            if each.prediction is not None:
                times.setdefault(each.version, []).append(each.prediction.seconds)
        return times

    def quicker_than(self, limit: float) -> int:
        """Count the predictions that were made in less than `limit` seconds."""
        return sum(seconds < limit for times in self.by_version.values() for seconds in times)


def asks_for_predictions(admin: Administrator, count: int, at_once: int) -> Inferences:
    """Ask for predictions, so many at a time. A scripted AI takes 0.3 s for each; any other takes its own time."""
    scripted = "scripted-ai" in admin.system.capabilities
    texts = [f"dry cough for {number} days, note {admin.stage.tag}" for number in range(count)]
    inputs = [mark("echo", text, after=AI_SECONDS) for text in texts] if scripted else texts

    def ask(api: MedAssistApi, text: str) -> Served:
        return predicted(api, ANALYZER, text)

    ai = f"AI of {AI_SECONDS:g} s" if scripted else "the system's own AI"
    return Inferences(shared_out(admin, inputs, ask, at_once), f"{at_once} at a time, {ai}")


def measure_times(stage: Any, inferences: Inferences, least: int, limit: float) -> float:
    """Journal median, 95th percentile and maximum of each version; give how many of all were quick enough."""
    for version, seconds in inferences.by_version.items():
        name, load = f"prediction of version {version}", inferences.load
        for percent in (50, 95, 100):
            measure_percentile(stage, name, seconds, percent, below=None, load=load)
    quick = inferences.quicker_than(limit)
    name, of = f"predictions in less than {limit:g} s", len(inferences.served)
    return measure_count(stage, name, quick, least=least, of=of, load=inferences.load, required=of)
