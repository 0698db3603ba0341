"""Hundreds of lines of one person, some of which are never read."""

from collections.abc import Sequence
from functools import partial

from countersign.errors import HandshakeRefused, LineClosed, SystemFault
from countersign.evidence import Recorder
from countersign.expect.modelhub.exhausted import LineTry
from countersign.faults.network import Proxy
from countersign.journeys.modelhub.user import HubUser
from countersign.load.together import together
from countersign.systems.modelhub.socket import TopicLine

LANES = 8
OPENED_WITHIN, ALL_WITHIN = 15.0, 60.0
TOPICS = ("download_progress", "generation_progress", "queue_updates", "model_status")


class ManyLines:
    """The lines, and how each was treated. What goes over them is not noted line by line."""

    def __init__(self, user: HubUser) -> None:
        self._system, self._token = user.system, user.api.token
        self._unheard = Recorder(user.stage.recorder.redactor, limit=0)
        self._network = Proxy.before(user.system.url, recorder=user.stage.recorder, system="modelhub")
        user.stage.at_end(self._network.close, "closing the network of the lines that are not read")
        self._open: list[TopicLine] = []
        self.tried: list[LineTry] = []

    def opens(self, count: int, unread: int) -> None:
        """Open so many lines, the first ones with topics and never read again."""
        for number in range(unread):
            self.tried.append(self._tries((self._network.host, self._network.port), TOPICS[number % len(TOPICS)]))
        self._network.stop_reading("down")
        jobs = [partial(self._tries_some, len(range(lane, count - unread, LANES))) for lane in range(LANES)]
        for outcome in together(jobs, within=ALL_WITHIN):
            self.tried += outcome.get()

    def one_more(self) -> LineTry:
        """Open a line and close it again."""
        tried = self._tries(None)
        if tried.code is None:
            self._open.pop().close()
        return tried

    def closes(self) -> None:
        """Close all lines; those that are not read are dropped."""
        self._network.reset()
        lines, self._open = self._open, []
        jobs = [partial(_close, lines[lane::LANES]) for lane in range(LANES)]
        for outcome in together(jobs, within=ALL_WITHIN):
            outcome.get()

    def _tries_some(self, count: int) -> list[LineTry]:
        return [self._tries(None) for _ in range(count)]

    def _tries(self, via: tuple[str, int] | None, topic: str = "") -> LineTry:
        try:
            line = TopicLine.dial(
                self._system,
                "/api/v1/ws",
                self._token,
                actor="a line",
                recorder=self._unheard,
                within=OPENED_WITHIN,
                via=via,
            )
        except HandshakeRefused as refusal:
            return LineTry(refusal.status, f"the opening was answered with {refusal.status}")
        except SystemFault as fault:
            return LineTry(0, str(fault))
        try:
            line.wait_for("connection_established", OPENED_WITHIN)
            if topic:
                line.subscribe(topic, OPENED_WITHIN)
        except LineClosed as end:
            return LineTry(end.code or 0, f"it was closed with {end.code}")
        except SystemFault as fault:
            line.cut()
            return LineTry(0, str(fault))
        self._open.append(line)
        return LineTry(None)


def _close(lines: Sequence[TopicLine]) -> None:
    for line in lines:
        line.close()
