"""Matchers for what a user is told when a download is given up: the cause, and what to do."""

import re
from collections.abc import Sequence
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.modelhub.retries import Trial
from countersign.expect.plain_words import internal_words
from countersign.expect.words import said

LEAST_THINGS = 2
LEAST_WORDS = 3
CODE_NAME = re.compile(
    r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b|\b[A-Z]{2,}(?:_[A-Z]+)+\b|\w+://|\b\d+\.\d+\.\d+\.\d+\b|(?<!\w)/\w+"
)
PLAIN_HERE = {"overloaded"}
"""A plain word for a server that has too much to do, which elsewhere gives away an AI provider."""


class TellsWhatToDo(Lacking[Trial]):
    """See `tells_what_to_do`."""

    expected = "a download given up with its cause, a plain sentence and at least 2 fitting things to do"

    def lack(self, item: Any) -> str:
        """Say what is missing or not plain."""
        last = item.seen.last
        if last.status != "failed" or last.failure_reason != item.reason:
            return f"{item.label} is {last.status} because of {last.failure_reason} instead of {item.reason}"
        trouble = lacks_advice(last.error or "", last.guidance, item.fitting)
        return f"{item.label} {trouble}" if trouble else ""


def tells_what_to_do() -> TellsWhatToDo:
    """Match a trial that was given up in a way the user can act on."""
    return TellsWhatToDo()


class ListenersToldTheSame(Lacking[Trial]):
    """See `listeners_told_the_same`."""

    expected = "one notice that the download failed, with the same cause, sentence and things to do"

    def lack(self, item: Any) -> str:
        """Say how the notice differs."""
        last = item.seen.last
        notices = [frame for frame in item.seen.told("download_status_change") if frame.data["new_status"] == "failed"]
        if len(notices) != 1:
            return f"{item.label} sent {len(notices)} notices of its failure"
        data = notices[0].data
        told = (data.get("reason"), data.get("error_message"), tuple(data.get("guidance") or ()))
        there = (last.failure_reason, last.error, last.guidance)
        return "" if told == there else f"{item.label} told its listeners {told} and everybody else {there}"


def listeners_told_the_same() -> ListenersToldTheSame:
    """Match a trial whose status change frame says what the progress says."""
    return ListenersToldTheSame()


def lacks_advice(sentence: str, things: Sequence[str], fitting: Sequence[str]) -> str:
    """Say what a failure's words lack: a sentence, two things to do, one that fits, plain words; empty if nothing."""
    if len(sentence.split()) < LEAST_WORDS:
        return f"says only {sentence!r}"
    if len(set(things)) < LEAST_THINGS or any(len(thing.split()) < LEAST_WORDS for thing in things):
        return f"names {len(set(things))} things to do: {list(things)}"
    for text in (sentence, *things):
        coded = [word for word in (*internal_words(text), *CODE_NAME.findall(text)) if word.lower() not in PLAIN_HERE]
        if coded:
            return f"says {coded[0]!r} to a user, in {text!r}"
    if not any(said(thing, fitting) for thing in things):
        return f"names nothing to do that fits its cause: {list(things)}"
    return ""
