"""The conversation page: what it shows, where it marks the failure, and what never gets into it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from countersign.evidence import Entry, Speech
from countersign.reporting.transcript import ENTRIES_SHOWN, TEXT_SHOWN, Picture, split_reason, transcript_html
from countersign.verdict.records import Outcome

START = datetime(2026, 11, 20, 10, 0, 0, tzinfo=UTC)
SLOW = "expected the customer's reply within 3 s, waited 3.00 s; last seen: message_received"


def entry(
    after: float, summary: str = "", *, channel: str = "websocket", direction: str = "received", **more: object
) -> Entry:
    made = Entry(START + timedelta(seconds=after), "Ben", "chattrain", channel, direction, summary)  # type: ignore[arg-type]
    return replace(made, **more)  # type: ignore[arg-type]


def said(after: float, speaker: str, text: str, *, sent: bool = False, role: str = "customer", **details: str) -> Entry:
    speech = Speech(speaker, "trainee" if sent else role, text, details)
    return entry(after, "frame", direction="sent" if sent else "received", speech=speech)


def page(entries: list[Entry], outcome: Outcome = "passed", reason: str = "", ended: float | None = None) -> str:
    ended_at = None if ended is None else START + timedelta(seconds=ended)
    return transcript_html(entries, title="A reply", outcome=outcome, reason=reason, meta={}, ended_at=ended_at)


class Lines(HTMLParser):
    """Read the moments of a page as lines of text, and the elements that stand in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.lines: list[str] = []
        self._depth = 0
        self.feed(html)
        self.lines = [" ".join(line.split()) for line in self.lines]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "li":
            self._depth += 1
            if self._depth == 1:
                self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "li"

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.lines[-1] += f" {data}"


def test_it_reads_like_the_chat_in_the_order_of_time() -> None:
    html = page([
        said(5.4, "Customer", "It is sarah_jones."),
        said(0, "Customer", "I cannot log in."),
        said(5, "Ben", "What is your name?", sent=True),
        said(5.45, "Feedback", "Warm and clear.", role="system", score="93", suggestion="Offer a next step"),
    ])  # fmt: skip
    assert Lines(html).lines == [
        "Customer 10:00:00 I cannot log in.",
        "5.0 s later",
        "Ben 10:00:05 What is your name?",
        "waited 0.4 s",
        "Customer 10:00:05 It is sarah_jones.",
        "Feedback 10:00:05 Warm and clear. score 93 suggestion Offer a next step",
    ]
    assert re.search(r'class="bubble ours[^"]*">\s*<div class="who"><span>Ben<', html)
    assert re.search(r'class="bubble middle[^"]*">\s*<div class="who"><span>Feedback<', html)
    assert "Held" in html


def test_exchanges_are_lines_that_open_and_notes_stand_between() -> None:
    html = page([
        entry(0, "GET /api/scenarios -> 200", channel="http", body='[{"id": 1}]', seconds=0.012),
        entry(0.01, "connected to /chat/12"),
        entry(0.02, "the AI server is paused", channel="fault", direction="event"),
        entry(0.03, "the queue is empty", channel="note", direction="event"),
    ])  # fmt: skip
    assert Lines(html).lines == [
        '10:00:00 Ben GET /api/scenarios -> 200 12 ms [{"id": 1}]',
        "10:00:00 Ben connected to /chat/12",
        "⚡ the AI server is paused · 10:00:00",
        "the queue is empty · 10:00:00",
    ]
    assert html.count("<details>") == 1
    assert "<details open" not in html


def test_the_failing_moment_stands_where_it_happened_with_expected_and_seen() -> None:
    told = [said(0, "Ben", "Hello?", sent=True), entry(4, "the AI server runs again", channel="fault")]
    lines = Lines(page(told, "failed", SLOW, ended=3.1)).lines
    assert lines == [
        "Ben 10:00:00 Hello?",
        "Here it did not hold Expected the customer's reply within 3 s Seen waited 3.00 s; last seen: message_received",
        "waited 4.0 s",
        "⚡ the AI server runs again · 10:00:04",
    ]


def test_without_a_time_the_failing_moment_is_the_last_line() -> None:
    assert (
        Lines(page([said(0, "Ben", "Hello?", sent=True)], "failed", SLOW)).lines[-1].startswith("Here it did not hold")
    )


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("failed", "Here it did not hold"),
        ("not_verified", "Here it could not be checked"),
        ("broken", "Here the suite could not go on"),
    ],
)
def test_every_outcome_but_passed_says_why(outcome: Outcome, words: str) -> None:
    (line,) = Lines(page([], outcome, "the target has no history")).lines
    assert line == f"{words} the target has no history"
    assert "Nothing was exchanged with the system." in page([], outcome, "the target has no history")


def test_a_passed_scenario_has_no_failing_moment() -> None:
    assert Lines(page([])).lines == []


@pytest.mark.parametrize(
    ("reason", "expected", "seen"),
    [
        (SLOW, "the customer's reply within 3 s", "waited 3.00 s; last seen: message_received"),
        ("\nExpected: a score of at least <70>\n     but: was <43>\n", "a score of at least <70>", "was <43>"),
        ("expected 2 documents, but saw 1", "2 documents", "saw 1"),
        ("the customer repeated one sentence", "", ""),
    ],
)
def test_reasons_are_split_where_they_have_two_halves(reason: str, expected: str, seen: str) -> None:
    found = split_reason(reason)
    assert (found.expected, found.seen, found.reason) == (expected, seen, reason.strip())


def test_what_somebody_said_is_text_and_never_markup() -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    html = transcript_html(
        [said(0, attack, attack, **{attack: attack}), entry(1, attack, body=attack)],
        title=attack,
        outcome="failed",
        reason=attack,
        meta={attack: attack},
    )
    assert not {"script", "img"} & set(Lines(html).tags)
    assert html.count("&lt;script&gt;") >= 9


def test_the_page_loads_nothing() -> None:
    html = page([said(0, "Ben", "Hello", sent=True)])
    assert not {"script", "link", "img", "iframe"} & set(Lines(html).tags)
    assert "default-src 'none'" in html
    assert "url(" not in html


def test_a_long_conversation_is_cut_with_a_visible_note() -> None:
    lines = Lines(page([said(n / 100, "Ben", f"line {n}", sent=True) for n in range(1000)], "failed", "too much")).lines
    assert len(lines) == ENTRIES_SHOWN + 2 + 1, "the entries, the note, the failing moment and the pause over the cut"
    assert "600 moments in between are not shown on this page" in lines
    assert "line 199" in lines[199] and "line 800" in lines[202]


def test_a_long_text_is_cut_with_a_visible_note() -> None:
    html = page([said(0, "Ben", "x" * (TEXT_SHOWN + 5), sent=True)])
    assert f"... cut: {TEXT_SHOWN + 5} characters in all" in html
    assert "x" * (TEXT_SHOWN + 1) not in html


def test_with_several_people_an_answer_says_to_whom() -> None:
    to_ann = replace(said(0.02, "Customer", "Hello Ann"), actor="Ann")
    assert Lines(page([said(0, "Customer", "Hello Ben"), to_ann])).lines == [
        "Customer to Ben 10:00:00 Hello Ben",
        "Customer to Ann 10:00:00 Hello Ann",
    ]


def test_pictures_stand_at_the_end_with_their_names_and_nothing_is_loaded() -> None:
    html = transcript_html(
        [], title="A reply", outcome="passed", pictures=[Picture("the <summary>", b"abc", "image/jpeg")]
    )
    assert '<img src="data:image/jpeg;base64,YWJj" alt="the &lt;summary&gt;">' in html
    assert "<figcaption>the &lt;summary&gt;</figcaption>" in html
    assert "<figure>" not in page([])


def test_a_request_that_carried_nothing_is_told_by_its_answer_only() -> None:
    asked = entry(0, "GET /api/health", channel="http", direction="sent")
    answered = entry(0.1, "200 to GET /api/health", channel="http", body="{}")
    carried = entry(0.2, "POST /api/sessions", channel="http", direction="sent", body='{"scenario_id": 1}')
    unanswered = entry(0.3, "GET /api/scenarios", channel="http", direction="sent")
    lines = " ".join(Lines(page([asked, answered, carried, unanswered])).lines)
    assert lines.count("GET /api/health") == 1
    assert "POST /api/sessions" in lines
    assert "GET /api/scenarios" in lines
