"""Matchers for a page that shows what people and the AI write, and never runs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class MarkupTalk:
    """Lines with markup and the replies with markup, and what the page shows as said by the two.

    `replies` are those that came of the AI after it was asked, `asked` times, to answer with markup (never where the
    suite cannot ask it to).
    """

    lines: tuple[str, ...]
    replies: tuple[str, ...]
    shown_lines: tuple[str, ...]
    shown_replies: tuple[str, ...]
    asked: int = 0


class ShownWordByWord(Lacking[MarkupTalk]):
    """See `shown_word_by_word`."""

    expected = "a page that shows every line and every answer word by word, its markup as text"

    def lack(self, item: MarkupTalk) -> str:
        """Tell the first text that is not there as it was written."""
        if not item.lines:
            return "no line was written"
        with_markup = sum("<" in reply for reply in item.replies)
        if with_markup < item.asked:
            return f"the AI was asked {item.asked} times for markup, {with_markup} such answers came to the page"
        for who, written, shown in (
            ("the trainee", item.lines, item.shown_lines),
            ("the customer", item.replies, item.shown_replies),
        ):
            for text, instead in zip_longest(written, shown[-len(written) :]):
                if text is not None and text.strip() not in shown:
                    return f"{who} wrote {text[:80]!r}, the page shows {str(instead or '')[:80]!r}"
        return ""


def shown_word_by_word() -> ShownWordByWord:
    """Match a conversation on the page that holds every line and reply as it was written."""
    return ShownWordByWord()


@dataclass(frozen=True)
class Liveliness:
    """What became of markup: windows that popped up, and the elements of each kind before and after."""

    dialogs: tuple[str, ...]
    before: Mapping[str, int]
    after: Mapping[str, int]
    errors: tuple[str, ...] = ()


class NothingCameAlive(Lacking[Liveliness]):
    """See `nothing_came_alive`."""

    expected = "a page on which nothing that was written runs or becomes a part of it"

    def lack(self, item: Liveliness) -> str:
        """Say what popped up or was added."""
        if item.dialogs:
            return f"a window popped up: {item.dialogs[0]}"
        added = [
            f"{count - item.before[tag]} of the kind {tag!r}"
            for tag, count in item.after.items()
            if count != item.before[tag]
        ]
        if added:
            return f"new elements became part of the page: {', '.join(added)}"
        return f"a script of the page failed on it: {item.errors[0]}" if item.errors else ""


def nothing_came_alive() -> NothingCameAlive:
    """Match a page on which no dialog opened and no element was added by what was written."""
    return NothingCameAlive()


@dataclass(frozen=True)
class Written:
    """A text with markup that somebody wrote, what it is, and what the page shows in its place."""

    what: str
    text: str
    shown: str


class ShownAsText(Lacking[Written]):
    """See `shown_as_text`."""

    expected = "a text that the page shows as it was written, its markup as text"

    def lack(self, item: Written) -> str:
        """Say what stands there instead."""
        there = item.text in item.shown
        return "" if there else f"{item.what} was written {item.text[:80]!r}, the page shows {item.shown[:80]!r}"


def shown_as_text() -> ShownAsText:
    """Match a text that stands on the page as it was written."""
    return ShownAsText()
