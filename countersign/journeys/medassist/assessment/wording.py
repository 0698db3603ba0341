"""Words that the AI is told to use, in an answer and in the assessment of a report, and all that came of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.errors import SuiteError
from countersign.expect.medassist.safe_words import Worded
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.scripts import Binding
from countersign.systems.medassist.report_model import Report
from countersign.systems.scripted_ai import script
from countersign.transport import eventually

MANNERS: Mapping[str, Mapping[str, Any]] = {
    "as a whole": {"size": 100_000},
    "in pieces of three characters": {"size": 3, "pause": 0.001},
}
COMPLETED_WITHIN = 5.0
NO_SENTENCE = "-"


@dataclass(frozen=True)
class AllWorded:
    """Words of the AI, unsafe and safe ones."""

    all: tuple[Worded, ...]

    @property
    def unsafe(self) -> list[Worded]:
        """Those with a sentence that nobody may see."""
        return [each for each in self.all if each.unsafe]

    @property
    def safe(self) -> list[Worded]:
        """Those without."""
        return [each for each in self.all if not each.unsafe]


def hears(patient: Patient, table: Sequence[Mapping[str, str]], manner: str) -> AllWorded:
    """Have the AI say each row of a table (`the AI says`, `never seen`) in a manner, in a session of its own each."""
    if manner not in MANNERS:
        raise SuiteError(f"{manner!r} is no known manner; known are {', '.join(MANNERS)}")
    return AllWorded(
        tuple(
            _hears(patient, number, row["the AI says"], row["never seen"].replace(NO_SENTENCE, ""), MANNERS[manner])
            for number, row in enumerate(table, 1)
        )
    )


def _hears(patient: Patient, number: int, words: str, unsafe: str, manner: Mapping[str, Any]) -> Worded:
    stage = patient.stage
    word = f"w{number}-{stage.tag}."
    scripts = Binding(
        stage,
        script("say", contains=word, when="chat", text=words, **manner),
        script("report", contains=word, when="report", assessment=words),
    )
    patient.opens_session()
    line = patient.joins()
    turn = patient.says(personas.material("medassist_chat")["asked_for_words"].format(word=word))
    report = _completed(patient)
    line.ping()
    line.close()
    scripts.undo()
    history = patient.api.sessions.history(patient.session.id).messages
    stored = next((message for message in history if message.in_reply_to == turn.message_id), None)
    frames = tuple(json.dumps(dict(frame.payload), ensure_ascii=False) for frame in line.frames)
    told = json.dumps(dict(report.raw), ensure_ascii=False)
    return Worded(words, unsafe, turn, frames, stored, told, report.assessment)


def _completed(patient: Patient) -> Report:
    """Wait until the AI's part of the report is there."""

    def looked() -> Report:
        report = patient.clinic.admin.reports.of_session(patient.session.id)
        if report.degraded:
            raise AssertionError("the report waits for the AI's part")
        return report

    return eventually(looked, COMPLETED_WITHIN, what="medassist: the AI's part of the report")
