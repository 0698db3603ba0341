"""`signoff.html`: one page that stands alone, tells everything in words and lets nobody's text act as markup."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from verdict.runs import RunBuilder, all_verified, catalogue

from countersign.catalogue import Catalogue
from countersign.reporting.changes import compare
from countersign.reporting.kills import Fault, KillMatrix
from countersign.reporting.page import Extras, page
from countersign.reporting.signoff import signoff
from countersign.verdict.judge import judge
from countersign.verdict.waivers import Waiver

CRITERIA = catalogue(10, musts=5)
VOID = {"meta", "br", "input", "img", "hr", "link"}


class Read(HTMLParser):
    """Reads a page: its text, the attributes of its tags, and whether every tag is closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._open: list[str] = []
        self._style = False
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if "style" not in self._open:
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]


def rendered(run: RunBuilder, extras: Extras | None = None, **judging) -> Read:
    verdict = judge(run.records(), CRITERIA, **judging)
    return Read(page(verdict, Catalogue(tuple(CRITERIA)), extras or Extras({})))


def mixed_run() -> RunBuilder:
    run = all_verified(CRITERIA, but=1)
    run.scenario(
        "CT-02",
        name="The reply is quick",
        outcome="failed",
        reason="expected the reply within 3 s, waited 3.00 s",
        step="Then the reply comes",
        evidence="evidence/quick one.html",
        figures=[{"value": 3.4, "series": (1.0, 3.4, 2.0)}],
    )
    run.left_behind("sessions", 4, "the system offers no way to remove them")
    return run


def test_verdict_comes_first_then_refuted_then_open_and_so_on():
    words = rendered(mixed_run()).words
    order = [
        "Sign-off is refused: in chattrain 1 must criterion is refuted (8 of 10 verified, 80.0 %).",
        "Refuted 1 criterion",
        "Expected the reply within 3 s, waited 3.00 s.",
        "Not verified 1 criterion",
        "The reply never came.",
        "Targets and measurements Each figure",
        "All criteria One line",
        "What changed since the last run",
        "Seen to fail No kill matrix",
        "Test data left behind System",
        "Problems of the run",
        "Signature The suite does not support",
        "Fingerprints of the evidence",
    ]
    places = [words.index(text) for text in order]
    assert places == sorted(places)


def test_page_stands_alone():
    read = rendered(mixed_run())
    assert not {"script", "link", "img", "iframe", "object", "form"} & {tag for tag, _ in read.tags}
    assert not read.values("src")
    assert not [name for _, attributes in read.tags for name in attributes if name.startswith("on")]
    assert all(not href.startswith(("http", "//", "javascript")) for href in read.values("href"))
    assert "default-src 'none'; style-src 'unsafe-inline'" in read.values("content")
    inner = {href[1:] for href in read.values("href") if href.startswith("#")}
    ids = read.values("id")
    assert inner <= set(ids)
    assert len(ids) == len(set(ids))


HOSTILE = "</style><script>alert('x')</script><img src=x onerror=alert(1)>\"'&{{ 7*7 }}"


def test_nothing_that_a_system_says_becomes_markup():
    run = RunBuilder()
    run.openings = [replace(run.openings[0], url=HOSTILE, version=HOSTILE, missing={HOSTILE: HOSTILE})]  # type: ignore[type-var]
    run.change(run_id=HOSTILE, target=HOSTILE, revision=HOSTILE, settings={HOSTILE: HOSTILE})
    figures = [{"name": HOSTILE, "unit": HOSTILE, "statistic": HOSTILE, "load": HOSTILE, "series": (1.0,)}]
    run.scenario(
        "CT-01", name=HOSTILE, outcome="failed", reason=HOSTILE, step=HOSTILE, evidence=HOSTILE, figures=figures
    )
    run.scenario("CT-02", outcome="broken", reason=HOSTILE)
    run.left_behind(HOSTILE, 1, HOSTILE)
    fault = Fault(
        name=HOSTILE, system="chattrain", criteria=["CT-01", HOSTILE], outcome="KILLED", by=[HOSTILE], what=HOSTILE
    )
    waiver = Waiver("CT-03", HOSTILE, HOSTILE, date(2026, 12, 1), "any")
    extras = Extras({HOSTILE: HOSTILE}, kills=KillMatrix((fault,)), notes=(HOSTILE,))
    read = rendered(run, extras, waivers=[waiver])
    assert not {"script", "img"} & {tag for tag, _ in read.tags}
    assert not [name for _, attributes in read.tags for name in attributes if name.startswith("on")]
    assert read.words.count("<script>alert('x')</script>") >= 15
    assert "49" not in read.words.replace("{{ 7*7 }}", "")


def test_evidence_is_linked_only_where_it_is():
    run = all_verified(CRITERIA)
    for path in ("evidence/there one.html", "evidence/gone.html", "../secret.html", "/etc/hosts"):
        run.scenario("CT-01", outcome="failed", reason="no", evidence=path)
    extras = Extras({"evidence/there one.html": "00", "../secret.html": "00", "/etc/hosts": "00"})
    read = rendered(run, extras)
    links = {href for href in read.values("href") if not href.startswith("#")}
    assert links == {"evidence/there%20one.html"}
    assert "(file missing)" in read.words


@pytest.mark.parametrize(
    ("run", "word", "sentence"),
    [
        (all_verified(CRITERIA), "Green", "chattrain can be signed"),
        (all_verified(CRITERIA, but=2), "Yellow", "Not ready to sign"),
        (all_verified(CRITERIA, but=6, outcome="failed"), "Red", "Sign-off is refused"),
        (RunBuilder(), "No verdict", "This run cannot be signed"),
    ],
)
def test_band_is_said_in_words(run, word, sentence):
    words = rendered(run).words
    assert word in words
    assert sentence in words


def test_partial_run_supports_no_signature():
    run = RunBuilder("chattrain", whole=())
    run.scenario("CT-01")
    words = rendered(run).words
    assert "Partial run Only a part was run" in words
    assert "This run supports no signature." in words
    assert "and 9 that were not part of this run" in words


def test_empty_journal_still_gives_a_page():
    read = Read(page(judge([], CRITERIA), Catalogue(tuple(CRITERIA)), Extras({})))
    assert "The run touched no system." in read.words
    assert "first line is missing" in read.words


def test_figures_show_limit_result_samples_statistic_load_and_a_described_chart():
    words = rendered(mixed_run()).words
    for text in ("time to the reply", "maximum, 5 users at once", "3.4 s", "below 3 s", "✗ broken", "40 of 40 asked"):
        assert text in words
    assert "3 observations in s, from 1 to 3.4. Limit: below 3 s. Beyond it: 1." in words


def test_waived_criterion_is_shown_with_its_waiver():
    run = all_verified(CRITERIA, but=1)
    waiver = Waiver("CT-10", "the new page is not out yet", "A. Owner", date(2026, 12, 1), "1.0.0")
    words = rendered(run, waivers=[waiver]).words
    assert "waived until 2026-12-01" in words
    assert "the new page is not out yet A. Owner 2026-12-01 1.0.0" in words


def test_kill_matrix_says_on_what_a_check_was_seen_to_fail():
    faults = (
        Fault(name="late-reply", system="chattrain", criteria=["CT-01"], outcome="KILLED", by=["The reply is quick"]),
        Fault(name="lost-line", system="chattrain", criteria=["CT-02"], outcome="SURVIVED", reason="all passed"),
    )
    words = rendered(all_verified(CRITERIA), Extras({}, kills=KillMatrix(faults))).words
    assert "1 of 2 deliberate faults caught" in words
    assert words.count("Seen to fail on: late-reply") == 1
    assert words.count("Not yet seen to fail") == 9
    assert "✗ survived" in words


def test_changes_name_what_got_worse_and_better():
    before = all_verified(CRITERIA, but=1)
    after = all_verified(CRITERIA)
    after.scenario("CT-01", outcome="failed", reason="late")
    earlier = signoff(judge(before.records(), CRITERIA), {})
    verdict = judge(after.records(), CRITERIA)
    changes = compare(earlier, verdict)
    assert [(each.criterion.id, each.before) for each in changes.worse] == [("CT-01", "verified")]
    assert [(each.criterion.id, each.before) for each in changes.better] == [("CT-10", "not_verified")]
    words = Read(page(verdict, Catalogue(tuple(CRITERIA)), Extras({}, changes=changes))).words
    assert "Worse than before 1" in words
    assert "Verified → ✗ Refuted : Sentence number 1 holds." in words


def test_duties_of_the_suite_are_pointed_to_and_not_counted():
    duty = replace(CRITERIA[0], id="CT-SUITE-01", kind="reporting")
    verdict = judge(all_verified(CRITERIA).records(), CRITERIA)
    words = Read(page(verdict, Catalogue(tuple(CRITERIA), (duty,)), Extras({}))).words
    assert "1 duty, CT-SUITE-01 ) is not counted above" in words
