"""Talking over a network that brings everything late."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.faults.network import Proxy
from countersign.journeys.chattrain.chat.memory import Memories, memories
from countersign.journeys.chattrain.chat.steady import steady_line
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.measuring import measure_longest
from countersign.systems.chattrain.chat import THE_THREE
from countersign.systems.chattrain.model import Exchange, Frame
from countersign.systems.chattrain.stored import Stored, all_stored


@dataclass(frozen=True)
class SlowTalk:
    """Lines said at once over a slow network: every frame that came, and what the system kept of them."""

    lines: Sequence[str]
    sent: Sequence[float]
    frames: Sequence[Frame]
    kept: Memories

    def replies(self) -> list[Frame]:
        """Give the replies in the order they came."""
        return [frame for frame in self.frames if frame.type == "assistant_message"]

    def as_they_came(self) -> list[Stored]:
        """Give what must be kept of it, by the frames. Raises ContractBroken for a line that was not answered."""
        by_kind = [[frame for frame in self.frames if frame.type == kind] for kind in THE_THREE]
        whole = zip(self.lines, self.sent, zip(*by_kind, strict=False), strict=False)
        return all_stored([Exchange(line, sent, frames) for line, sent, frames in whole])


def rejoin_over_network(trainee: Trainee, latency: float) -> Proxy:
    """Move a trainee's connection to a network that, once they are in, brings everything so many seconds late."""
    network = Proxy.before(trainee.system.url, recorder=trainee.stage.recorder, system=trainee.system.name)
    trainee.stage.at_end(network.close, "taking the slow network away")
    trainee.training.leave()
    trainee.training.rejoin(via=(network.host, network.port))
    network.slow(latency=latency, direction="down")
    return network


def talk_over_network(trainee: Trainee, count: int) -> SlowTalk:
    """Say lines without waiting, then ask what was kept; everything that came until then is given."""
    chat = trainee.training.chat
    before = len(chat.frames)
    lines = [f"{steady_line()} ({number})" for number in range(1, count + 1)]
    exchanges = chat.burst(lines, within=20)
    kept = memories(trainee)
    return SlowTalk(lines, [exchange.sent for exchange in exchanges], chat.frames[before:], kept)


def measure_lateness(stage: Any, talk: SlowTalk, most: float) -> list[float]:
    """Journal the longest and give all times from a line to its reply."""
    seconds = [reply.arrived - sent for reply, sent in zip(talk.replies(), talk.sent, strict=False)]
    measure_longest(stage, "reply over the slow network", seconds, below=most, load="1 user, 5 lines at once")
    return seconds
