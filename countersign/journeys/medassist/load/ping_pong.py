"""How many frames per second go to and fro, and how many messages per second are stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.journeys.load_figures import report, vouched
from countersign.journeys.medassist.load.many_patients import FullHouse, Talker
from countersign.journeys.medassist.load.steady_traffic import Traffic, steady_traffic
from countersign.systems.medassist.chat import Turn
from countersign.systems.scripted_ai import mark
from countersign.transport import Deadline

OFFERED_BEYOND = 1.08
"""The rate that is offered, as a multiple of the one that is claimed: what is under way at the end does not count."""
STORED_EACH = 3
STORED_WITHIN = 30.0


@dataclass(frozen=True)
class PingPong:
    """The traffic of pings, and how many messages were said behind it and confirmed as stored."""

    traffic: Traffic
    said: int
    stored: int


def ping_pong(house: FullHouse, a_second: int, seconds: int) -> PingPong:
    """Exchange pings over all chats at more than the claimed rate for so long; then let everybody say a few things."""
    lines = [(talker.person.name, talker.person.line) for talker in house.talkers]
    traffic = steady_traffic(lines, pings_a_second=a_second * OFFERED_BEYOND, seconds=seconds)
    turns = _stored(house.talkers)
    stage = house.talkers[0].person.stage
    confirmed = [turn for turn in turns if turn.acknowledgement is not None]
    took = max((turn.sent.at + turn.acknowledged_after for turn in confirmed), default=0) - min(
        turn.sent.at for turn in turns
    )
    rate = len(confirmed) / max(took, 0.001)
    report(stage, "rate of stored messages", rate, "per second", samples=len(confirmed), load=_load(turns))
    return PingPong(traffic, len(turns), len(confirmed))


def _load(turns: Sequence[Turn]) -> str:
    return f"{len(turns) // STORED_EACH} chats, {STORED_EACH} messages each without waiting"


def _stored(talkers: Sequence[Talker]) -> list[Turn]:
    echoed = "scripted-ai" in talkers[0].person.system.capabilities
    sent = []
    for number in range(STORED_EACH):
        for talker in talkers:
            text = f"{talker.complaint} {talker.word} {number}"
            said = talker.person.line.say(
                mark("echo", text, when="chat") if echoed else text, f"{talker.word}-{number}"
            )
            sent.append((talker, said))
    turns, deadline = list[Turn](), Deadline(STORED_WITHIN, "the messages to be answered")
    for talker in talkers:
        own = [each for speaker, each in sent if speaker is talker]
        turns += talker.person.line.collect_what_comes(own, deadline.remaining)
    return turns


def traffic_vouched(house: FullHouse, traffic: Traffic) -> Traffic:
    """Give the traffic if the injector can vouch for its rate and times. Raises NotVerified."""
    vouched(house.talkers[0].person.stage, traffic.injector, traffic.load)
    return traffic
