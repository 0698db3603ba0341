"""Matchers for topics: what a line was told after each choice, next to what happened at the hub."""

from collections.abc import Mapping
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.socket import Frame
from countersign.systems.modelhub.topics import TOPICS

LEAST_TOPICS = 5
"""On so many topics something has to happen each time: else a line that tells everything would not show."""


@dataclass(frozen=True)
class Choice:
    """What happened while a line had chosen some topics.

    `happened` and `told` are the ids of events by topic: all that happened, and what this line was told. `listed` is
    what the hub, asked for it, named as chosen.
    """

    chosen: tuple[str, ...]
    listed: tuple[str, ...]
    happened: Mapping[str, tuple[str, ...]]
    told: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Answered:
    """The answer to a wish about a topic, and what it had to say of it."""

    what: str
    topic: str
    subscribed: bool
    frame: Frame


class ToldTheChosen(Lacking[Choice]):
    """See `told_what_was_chosen`."""

    expected = "to be told of every event of the chosen topics, and of nothing else"

    def lack(self, item: Choice) -> str:
        """Say what was told too much or too little."""
        chosen = " and ".join(item.chosen) or "no topic"
        if len(item.happened) < LEAST_TOPICS:
            return f"things happened on {len(item.happened)} topics only, so a choice says little"
        for topic in item.told:
            if topic not in item.chosen:
                return f"the line had chosen {chosen} and was told of {topic} {len(item.told[topic])} times"
        for topic in item.chosen:
            if not item.happened.get(topic):
                return f"nothing happened on {topic}, so its choice says little"
            if item.told.get(topic, ()) != item.happened[topic]:
                count = len(item.told.get(topic, ()))
                return f"of {len(item.happened[topic])} events of {topic}, which was chosen, {count} were told"
        if set(item.listed) != set(item.chosen):
            return f"the line had chosen {chosen}, and the hub named {' and '.join(item.listed) or 'nothing'} as chosen"
        return ""


def told_what_was_chosen() -> ToldTheChosen:
    """Match what a line was told if it is exactly the events of its chosen topics, in their order."""
    return ToldTheChosen()


class SaidSo(Lacking[Answered]):
    """See `said_so`."""

    expected = "an answer in words that says what is chosen now"

    def lack(self, item: Answered) -> str:
        """Say what is wrong with the answer."""
        told = item.frame.data
        if told.get("topic") != item.topic or told.get("subscribed") is not item.subscribed:
            return f"{item.what} was answered with topic {told.get('topic')!r}, subscribed {told.get('subscribed')!r}"
        return "" if str(told.get("message") or "").strip() else f"{item.what} was answered without a word"


def said_so() -> SaidSo:
    """Match the answer to choosing or giving up a topic, also one that does not exist, as contract 4.2 says."""
    return SaidSo()


class Greeted(Lacking[Frame]):
    """See `greeted_with_topics`."""

    expected = f"a greeting that names the line and the {len(TOPICS)} topics of the hub"

    def lack(self, item: Frame) -> str:
        """Say what the greeting names instead."""
        told = item.data.get("available_topics")
        if not isinstance(told, list) or sorted(map(str, told)) != sorted(TOPICS):
            return f"the topics it names are {told!r}"
        if not str(item.data.get("connection_id") or "") or not str(item.data.get("message") or ""):
            return "it gives the line no name, or says no word"
        return ""


def greeted_with_topics() -> Greeted:
    """Match the first frame of a line with topics, if it names all of contract 4.2."""
    return Greeted()
