"""Lines with personal numbers: written in a training, and looked for wherever the system may have put them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hamcrest import assert_that

import personas
from countersign.errors import CapabilityMissing, NotVerified
from countersign.expect.chattrain.masking import Row, Sighting
from countersign.expect.traces import Place, Trace, free_of
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.chattrain.training import Training
from countersign.systems.chattrain.model import Exchange
from countersign.systems.scripted_ai import AiCall, ScriptedAiRecord
from countersign.target.live import LiveSystem

LOG_LINES = 2000
SHORTEST_REPLY = 25
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True)
class Written:
    """A row as it was written. Its line ends with a memo of its own, by which it is found again in any form."""

    row: Row
    memo: str
    exchange: Exchange


@dataclass(frozen=True)
class WrittenTable:
    """A table of lines written in one training. `memo` begins the memo of every line, `ai_place` is where the record of
    the scripted AI stood before (None without one), `log_length` how many bytes the log had (0 where nobody knows)."""

    stage: Any
    trainee: Trainee
    training: Training
    memo: str
    ai_place: int | None
    lines: tuple[Written, ...]
    log_length: int = 0

    @property
    def system(self) -> LiveSystem:
        """The system the lines were written to."""
        return self.training.system

    @property
    def traces(self) -> list[Trace]:
        """Every raw value of the table."""
        return [trace for written in self.lines for trace in written.row.traces]

    def given_to_the_ai(self) -> list[Sighting]:
        """See every row as the newest line of the call it caused, once for each call made for it."""
        calls = self._calls()
        sightings = []
        for written in self.lines:
            texts = [call.last_user_text for call in calls if written.memo in call.last_user_text]
            sightings += self._sightings(written, "what the AI was asked", texts)
        return sightings

    def whole_prompts(self) -> list[Place]:
        """Give everything the AI was given in this training: instructions, earlier lines, newest line."""
        calls = enumerate(self._calls(), 1)
        return [Place(f"the whole of call {number} to the AI", call.everything) for number, call in calls]

    def read_back(self) -> list[Sighting]:
        """See every row as the system shows it again: to the trainee in the chat, and when the session is read."""
        shown = {
            "the conversation shown in the chat": self.training.chat.messages(),
            "the conversation read back": self.trainee.api.read_messages(self.training.session),
        }
        sightings = []
        for where, items in shown.items():
            contents = [str(item.get("content")) for item in items]
            for written in self.lines:
                texts = [text for text in contents if written.memo in text]
                sightings += self._sightings(written, where, texts)
        return sightings

    def must_be_stored_without_numbers(self) -> None:
        """Search the database as it lies on the disk; where the suite does not own it, say that this was not done.

        Raises NotVerified when the written lines are not in it, for then the search would show nothing.
        """
        database = _owned(self.stage, lambda control: control.work.database, "search the database file")
        if database is None:
            return
        files = [path for path in database.parent.glob(f"{database.name}*") if path.is_file()]
        places = [Place(f"the database file {path.name}", _readable(path)) for path in sorted(files)]
        if not any(self.memo in place.text for place in places):
            raise NotVerified(f"{self.system.name}: the lines just written are in no file beside {database.name}")
        assert_that(places, free_of(self.traces, "the personal numbers"))

    def logged(self) -> list[Place]:
        """Give what the system logged: its log file as it is, and the last lines its process printed.

        Raises CapabilityMissing where the suite does not own the log, NotVerified when nothing was logged meanwhile.
        """
        self.stage.need("process-control")
        control = self.system.control
        assert control is not None
        text = _readable(control.work.log)
        if _log_length(self.stage) <= self.log_length:
            raise NotVerified(f"{self.system.name}: nothing was logged meanwhile, so searching the log shows nothing")
        printed = "\n".join(control.logs(LOG_LINES).console)
        return [Place("the log", text), Place("what the process printed", printed)]

    def words(self) -> list[Trace]:
        """Everything that was said, line by line and reply by reply, in any form."""
        said = [Trace.of("the memo of a line, and so its text,", self.memo)]
        for written in self.lines:
            said.append(Trace.of(f"the line of row {written.row.name!r}", written.row.line))
            # A shorter reply ("Yes.") may stand in a log without anybody having been quoted.
            if len(written.exchange.reply) >= SHORTEST_REPLY:
                said.append(Trace.of(f"the reply to row {written.row.name!r}", written.exchange.reply))
        return said

    def _sightings(self, written: Written, where: str, texts: Sequence[str]) -> list[Sighting]:
        seen = [Sighting(written.row, where, text.replace(_ending(written.memo), "")) for text in texts]
        return seen or [Sighting(written.row, where, None)]

    def _calls(self) -> list[AiCall]:
        self.stage.need("scripted-ai")
        record = ScriptedAiRecord(self.system, self.stage.recorder)
        try:
            return record.holding(self.memo, self.ai_place or 0)
        finally:
            record.close()


def writes_table(trainee: Trainee, name: str) -> WrittenTable:
    """Write every line of a table of the material in the current training, then one line more without any number."""
    material = personas.material("chattrain_masking")
    stage, memo = trainee.stage, "memo" + trainee.stage.tag.translate(_LETTERS)
    place, length = _place_in_the_record(stage), _log_length(stage)
    lines = []
    for number, data in enumerate(material[name]):
        row, own = Row.read(data), f"{memo}x{chr(ord('a') + number)}"
        lines.append(Written(row, own, trainee.answers(f"{row.line}{_ending(own)}")))
    trainee.answers(f"{material['afterwards']}{_ending(memo)}")
    return WrittenTable(stage, trainee, trainee.training, memo, place, tuple(lines), length)


def _place_in_the_record(stage: Any) -> int | None:
    if stage.system().scripted_ai is None:
        return None
    record = ScriptedAiRecord(stage.system(), stage.recorder)
    try:
        return record.here()
    finally:
        record.close()


def _log_length(stage: Any) -> int:
    system = stage.system()
    if system.control is None or "process-control" not in system.capabilities:
        return 0
    try:
        log = system.control.work.log
    except CapabilityMissing:
        return 0
    return log.stat().st_size if log.is_file() else 0


def _owned(stage: Any, path: Callable[[Any], Path], what: str) -> Path | None:
    system = stage.system()
    if system.control is None or "process-control" not in system.capabilities:
        stage.recorder.say(f"not done: the suite cannot {what}, for it does not run this system itself")
        return None
    try:
        return path(system.control)
    except CapabilityMissing as missing:
        stage.recorder.say(f"not done: the suite cannot {what}: {missing}")
        return None


def _readable(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def _ending(memo: str) -> str:
    return f" ({memo})"
