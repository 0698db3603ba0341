"""Pages keep their word: a broken and a good page, then the pages of this suite."""

from . import rules_docs as rules
from .finding import Finding, assert_none, whats
from .repository import ROOT, allowed, catalogues, texts


def test_a_link_that_leads_nowhere_is_found() -> None:
    page = "See [the guide](manual-guide.md#form), [home](../README.md) and [gone](gone.md).\n"
    known = {"docs/manual-guide.md", "README.md"}
    found = whats(rules.links_lead_somewhere("docs/a.md", page, known.__contains__))
    assert found == ["the link to gone.md leads nowhere"]


def test_addresses_anchors_and_code_are_no_links_of_the_repository() -> None:
    page = "[a](https://example.org/x) [b](#below)\n```\n[c](gone.md)\n```\n"
    assert list(rules.links_lead_somewhere("docs/a.md", page, lambda _: False)) == []


def test_a_duty_without_a_row_or_with_two_is_found() -> None:
    page = "| duty | shown |\n|---|---|\n| CT-SUITE-01 | here |\n| CT-SUITE-02 | here |\n| CT-SUITE-02 | there |\n"
    found = whats(rules.duties_are_answered("d", page, ["CT-SUITE-01", "CT-SUITE-02", "CT-SUITE-03"]))
    assert found == ["2 rows for CT-SUITE-02", "0 rows for CT-SUITE-03"]


def test_a_reference_to_a_file_or_test_that_is_gone_is_found() -> None:
    files = {"tests/a.py": "def test_it() -> None:\n    pass\n", "criteria": ""}
    page = (
        "`tests/a.py::test_it` `tests/a.py` `criteria/` `criteria/<system>.yaml`\n`tests/a.py::test_gone` `docs/b.md`\n"
    )
    found = list(rules.references_exist("d", page, files.get))
    assert whats(found) == ["tests/a.py has no test_gone", "docs/b.md does not exist"]
    assert [finding.line for finding in found] == [2, 2]


def test_every_link_leads_somewhere() -> None:
    findings: list[Finding] = []
    for path, text in texts(".md"):
        findings += rules.links_lead_somewhere(path, text, lambda place: (ROOT / place).exists())
        findings += rules.references_exist(path, text, _text_of)
    assert_none(findings)


def _text_of(place: str) -> str | None:
    path = ROOT / place
    if path.is_dir():
        return ""
    return path.read_text(encoding="utf-8") if path.is_file() else None


def test_every_duty_of_the_suite_is_answered_for() -> None:
    making = {entry["system"] for entry in allowed("systems_in_the_making")}
    ready = [document for system, document in catalogues().items() if system not in making]
    duties = [entry["id"] for document in ready for entry in document.get("suite") or []]
    page = (ROOT / "docs/suite-duties.md").read_text(encoding="utf-8")
    assert_none(rules.duties_are_answered("docs/suite-duties.md", page, duties))
