"""A conversation that is held, and then read again after signing in anew."""

from datetime import UTC, datetime

import personas
from countersign.errors import SuiteError
from countersign.expect.medassist.kept_talk import Line, ReadAgain
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.medassist.sessions import History


def holds_and_reads_again(patient: Patient, turns: int, page: int) -> ReadAgain:
    """Hold so many turns, sign in again, and read the history whole and in pages of so many texts."""
    said = personas.material("medassist_chat")["long_talk"][:turns]
    if len(said) < turns:
        raise SuiteError("personas/material/medassist_chat.yaml has too few lines for that; add some under long_talk")
    lines: list[Line] = []
    for text in said:
        began = datetime.now(UTC)
        turn = patient.says(text)
        ended = datetime.now(UTC)
        lines.append(Line("user", text, began))
        if turn.alert is not None:
            lines.append(Line("system", str(turn.alert.payload.get("message")), began))
        lines.append(Line("assistant", turn.reply, ended))
    again = patient.signed_in_again()
    return ReadAgain(tuple(lines), again.sessions.history(patient.session.id), _pages(again, patient.session.id, page))


def _pages(api: MedAssistApi, session_id: str, size: int) -> tuple[History, ...]:
    """Read page after page until one holds nothing more (it is the last one given)."""
    pages: list[History] = []
    seen = 0
    while True:
        page = api.sessions.history(session_id, after_sequence=seen, limit=size)
        pages.append(page)
        if not page.messages or page.messages[-1].sequence <= seen:
            return tuple(pages)
        seen = page.messages[-1].sequence
