"""The history checker: what was lost, doubled, out of order or foreign in conversations, each named with its id."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from countersign.expect.delivery_record import Conversation, Fate, Kept, Seen, Sending, View, fate
from countersign.expect.lacking import Lacking

Kind = Literal["lost", "doubled", "out of order", "foreign", "altered", "unconfirmed", "unanswered"]
CONFIRMATION = "confirmation"
TOLD_AT_MOST = 4


@dataclass(frozen=True)
class Anomaly:
    """One thing that is wrong. `told` is a clause that names the conversation and the ids."""

    kind: Kind
    told: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.told}"


def anomalies(conversations: Sequence[Conversation]) -> list[Anomaly]:
    """Give everything that is wrong, conversation by conversation; an empty list if nothing is."""
    found: list[Anomaly] = []
    for conversation in conversations:
        others = [other for other in conversations if other is not conversation]
        for look in (_as_confirmed, _from_nobody, _numbered, _answered_once, _shown):
            found += [Anomaly(kind, f"{conversation.name}: {told}") for kind, told in look(conversation)]
        found += [Anomaly("foreign", f"{conversation.name}: {told}") for told in _marks_of(others, conversation)]
    return found


Found = Iterator[tuple[Kind, str]]


def _as_confirmed(conversation: Conversation) -> Found:
    by_id = {item.id: item for item in conversation.kept}
    copies = Counter(item.mark for item in conversation.kept if item.mark)
    for sending in conversation.sendings:
        named = f"message {sending.mark}"
        told = sorted({(each.number, each.id) for each in sending.confirmations})
        if len(told) > 1:
            yield "doubled", f"{named} was confirmed as {' and as '.join(f'{id} ({n})' for n, id in told)}"
        if len(sending.confirmations) > sending.times:
            yield "doubled", f"{named}, sent {sending.times} time(s), had {len(sending.confirmations)} confirmations"
        if copies[sending.mark] > 1:
            ids = [item.id for item in conversation.kept if item.mark == sending.mark]
            yield "doubled", f"{named} is kept {len(ids)} times, as {', '.join(ids)}"
        for number, id in told:
            yield from _kept_like(sending, number, by_id.get(id), f"{named} ({id}, number {number})")
        yield from _without_word(sending, copies[sending.mark], named)


def _kept_like(sending: Sending, number: int, kept: Kept | None, named: str) -> Found:
    if kept is None:
        yield "lost", f"{named} was confirmed and is not kept"
    elif kept.number != number:
        yield "altered", f"{named} is kept under the number {kept.number}"
    elif kept.text != sending.text:
        yield "altered", f"{named} is kept with other words: {kept.text[:60]!r}"


def _without_word(sending: Sending, copies: int, named: str) -> Found:
    if sending.confirmations:
        return
    if sending.refused:
        if copies:
            yield "doubled", f"{named} was refused and is kept all the same"
    elif not sending.cut:
        yield "unconfirmed", f"{named} was never confirmed although the connection stood"


def _from_nobody(conversation: Conversation) -> Found:
    marks = {sending.mark for sending in conversation.sendings}
    ids = {each.id for sending in conversation.sendings for each in sending.confirmations}
    for item in conversation.kept:
        if item.asks and item.id not in ids and item.mark not in marks:
            yield "foreign", f"{item.id} (number {item.number}) is kept and nobody here sent it"


def _numbered(conversation: Conversation) -> Found:
    numbers = Counter(item.number for item in conversation.kept)
    for number, count in sorted(numbers.items()):
        if count > 1:
            ids = [item.id for item in conversation.kept if item.number == number]
            yield "doubled", f"the number {number} is borne by {', '.join(ids)}"
    end = max(numbers, default=conversation.first - 1)
    missing = [number for number in range(conversation.first, end + 1) if number not in numbers]
    if missing:
        yield "lost", f"nothing bears the number(s) {_few(missing)} of {conversation.first} to {end}"


def _answered_once(conversation: Conversation) -> Found:
    asked = {item.id: item for item in conversation.kept if item.asks}
    answers = sorted((item for item in conversation.kept if item.answers), key=lambda item: item.number)
    for item in asked.values():
        mine = [answer for answer in answers if answer.answers == item.id]
        named = f"message {item.mark or item.id} (number {item.number})"
        if not mine:
            yield "unanswered", f"{named} has no answer"
        elif len(mine) > 1:
            yield "doubled", f"{named} has {len(mine)} answers: {', '.join(answer.id for answer in mine)}"
        elif mine[0].number < item.number:
            yield "out of order", f"{named} has an answer with the earlier number {mine[0].number}"
    for answer in answers:
        if answer.answers not in asked:
            yield "foreign", f"the answer {answer.id} belongs to {answer.answers}, which is not of this conversation"
    turns = [asked[answer.answers].number for answer in answers if answer.answers in asked]
    for before, after in pairwise(turns):
        if before > after:
            yield "out of order", f"message number {after} was answered after number {before}"


def _shown(conversation: Conversation) -> Found:
    by_id = {item.id: item for item in conversation.kept}
    again = {each.id for sending in conversation.sendings if sending.times > 1 for each in sending.confirmations}
    for view in conversation.views:
        yield from _all_and_once(view, conversation.kept, again)
        for item in view.seen:
            kept = by_id.get(item.id)
            if kept is None:
                yield "foreign", f"{view.reader} was shown {item.id} (number {item.number}), which is not kept here"
            elif (item.text and item.text != kept.text) or item.number != kept.number:
                yield "altered", f"{view.reader} was shown {item.id} (number {item.number}) otherwise than it is kept"
        yield from _in_order(view)


def _all_and_once(view: View, kept: Sequence[Kept], sent_again: set[str]) -> Found:
    times = Counter(item.id for item in view.seen if item.kind != CONFIRMATION)
    confirmed = {item.id for item in view.seen if item.kind == CONFIRMATION}
    missing = [
        item
        for item in kept
        if item.shown
        and item.number > view.after
        and (view.until is None or item.number <= view.until)
        and item.id not in times
        and item.id not in confirmed
    ]
    if missing:
        first = missing[0]
        named = _few([item.number for item in missing])
        yield "lost", f"{view.reader} was not shown number(s) {named}, the first is {first.id}"
    for id, count in times.items():
        shown = count + (id in confirmed and id not in sent_again)
        if shown > 1:
            number = next(item.number for item in view.seen if item.id == id)
            yield "doubled", f"{view.reader} was shown {id} (number {number}) {shown} times"


def _in_order(view: View) -> Found:
    groups: dict[tuple[int, str], list[Seen]] = {}
    for item in view.seen:
        if item.kind != CONFIRMATION:
            groups.setdefault((item.line, item.kind), []).append(item)
    for items in groups.values():
        for before, after in pairwise(items):
            if before.number > after.number:
                yield (
                    "out of order",
                    f"{view.reader} was shown {after.id} ({after.number}) after number {before.number}",
                )


def _marks_of(others: Sequence[Conversation], conversation: Conversation) -> Iterator[str]:
    for other in others:
        for mark in sorted(other.own_marks - conversation.own_marks):
            for view in conversation.views:
                if mark in view.words:
                    yield f"{view.reader} was shown {mark}, which belongs to {other.name}"
            for item in conversation.kept:
                if mark in item.text:
                    yield f"{item.id} (number {item.number}) holds {mark}, which belongs to {other.name}"


def _few(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, sorted(numbers)[:10]))
    return shown if len(numbers) <= 10 else f"{shown} and {len(numbers) - 10} more"


class Delivered(Lacking[Sequence[Conversation]]):
    """See `everything_delivered_once`."""

    expected = "every message kept, answered and shown once, in order, and to nobody else"

    def __init__(self, least: int) -> None:
        self.least = least

    def lack(self, item: Sequence[Conversation]) -> str:
        """Name the first anomaly of each kind, and how many there are."""
        count = sum(len(each.sendings) or len(each.kept) for each in item)
        if count < self.least:
            return f"there were only {count} messages of {self.least}"
        found = anomalies(item)
        if not found:
            return ""
        firsts = list({anomaly.kind: anomaly for anomaly in reversed(found)}.values())[::-1]
        told = "; ".join(str(anomaly) for anomaly in firsts[:TOLD_AT_MOST])
        return told if len(found) == 1 else f"{len(found)} things are wrong, among them {told}"


def everything_delivered_once(least: int = 1) -> Delivered:
    """Match conversations, with at least so many messages, in which the history checker finds nothing wrong."""
    return Delivered(least)


def fates(conversations: Sequence[Conversation]) -> Counter[Fate]:
    """Count what became of all messages."""
    return Counter(fate(sending, each.kept) for each in conversations for sending in each.sendings)


class Fates(Lacking[Sequence[Conversation]]):
    """See `all_with_the_fate`."""

    def __init__(self, wanted: Fate, count: int) -> None:
        self.wanted, self.count = wanted, count
        self.expected = f"{count} messages, all of them {wanted}"

    def lack(self, item: Sequence[Conversation]) -> str:
        """Say how many met which fate."""
        counted = fates(item)
        if counted == {self.wanted: self.count}:
            return ""
        told = ", ".join(f"{count} {name}" for name, count in counted.most_common())
        return f"of {counted.total()} messages there were {told or 'none'}"


def all_with_the_fate(wanted: Fate, count: int) -> Fates:
    """Match conversations with so many messages in all, each of which met this fate."""
    return Fates(wanted, count)
