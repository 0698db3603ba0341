"""Looking at transfers again and again until they are over, or for a while."""

import time
from collections.abc import Iterable, Sequence
from itertools import pairwise

from countersign.journeys.measuring import measure_average
from countersign.journeys.modelhub.user import HubUser
from countersign.load.pace import Pace
from countersign.systems.modelhub.model import ACTIVE, Progress
from countersign.systems.modelhub.seen import Look, Seen
from countersign.systems.modelhub.sent import Sent, read_sent
from countersign.systems.modelhub.socket import TopicLine
from countersign.transport import eventually

FRAMES_BEHIND = 0.4
"""Seconds that frames may still take after the last look."""


class Watch:
    """One person's watch over the transfers of some models, with what the source sends where it can be asked."""

    def __init__(self, user: HubUser, models: Iterable[str], line: TopicLine | None = None) -> None:
        self.user = user
        self.origin = user.hub.origin
        self.line = line
        self.looks: dict[str, list[Look]] = {model_id: [] for model_id in models}
        if self.origin is None:
            user.stage.recorder.say("the source cannot be asked what it sent: only what the hub tells is looked at")

    def look(self) -> None:
        """Look once at every transfer that has been started."""
        before = self._sent()
        asked = time.monotonic()
        told = self.user.api.downloads.all()
        at = time.monotonic()
        after = self._sent()
        for model_id, looks in self.looks.items():
            if model_id in told:
                sent = (before[model_id].size, after[model_id].size) if before and after else (None, None)
                looks.append(Look(asked, at, told[model_id], *sent))

    def until_over(self, within: float, every: float = 0.1) -> list[Seen]:
        """Look until every transfer is over; give what was seen. Raises DeadlineExceeded naming what is not."""
        eventually(self._all_over, within, every=every, what="the downloads to be over")
        return self.seen()

    def until(self, model_id: str, megabytes: float, within: float = 10.0) -> Progress:
        """Look until so much of a model has arrived; give its transfer then."""

        def far_enough() -> Progress:
            self.look()
            progress = self.last(model_id)
            assert progress is not None and progress.downloaded_mb >= megabytes, f"{model_id}: {progress}"
            return progress

        return eventually(far_enough, within, every=0.05, what=f"{megabytes:g} MB of {model_id} to arrive")

    def for_a_while(self, seconds: float, every: float = 0.25) -> list[Look]:
        """Look on for so long; give the looks at the first model made meanwhile."""
        looks = next(iter(self.looks.values()))
        already, pace, ends = len(looks), Pace(every), time.monotonic() + seconds
        while pace.wait() < ends:
            self.look()
        return looks[already:]

    def last(self, model_id: str) -> Progress | None:
        """Give what was told last of a transfer, None before it was seen at all."""
        looks = self.looks[model_id]
        return looks[-1].progress if looks else None

    def seen(self) -> list[Seen]:
        """Give what was seen of each transfer, in the order of the models."""
        if self.line is not None:
            self.line.silence(FRAMES_BEHIND)
        return [self._seen(model_id, looks) for model_id, looks in self.looks.items()]

    def measures_pace(self, load: str) -> None:
        """Journal the time that lay between two looks."""
        moments = sorted({look.asked for looks in self.looks.values() for look in looks})
        gaps = [later - earlier for earlier, later in pairwise(moments)]
        measure_average(self.user.stage, "time between two looks", gaps, below=None, load=load)

    def _seen(self, model_id: str, looks: Sequence[Look]) -> Seen:
        frames = tuple(self.line.of_model(model_id)) if self.line is not None else ()
        if self.origin is None:
            return Seen(model_id, tuple(looks), frames)
        return Seen(model_id, tuple(looks), frames, self.origin.sent(model_id), self.origin.published(model_id))

    def _all_over(self) -> None:
        self.look()
        lasts = {model_id: self.last(model_id) for model_id in self.looks}
        going_on = [
            f"{model_id} is {last.status if last else 'not begun'}"
            for model_id, last in lasts.items()
            if last is None or last.status in ACTIVE
        ]
        assert not going_on, ", ".join(going_on)

    def _sent(self) -> dict[str, Sent] | None:
        if self.origin is None:
            return None
        stats = self.origin.stats()
        return {model_id: read_sent(stats, model_id) for model_id in self.looks}
