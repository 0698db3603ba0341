"""The catalogue and the ledger on disk: read whole, or refused with words that help."""

from datetime import date

import pytest

from countersign.catalogue import load_catalogue, load_criteria
from countersign.errors import SuiteError
from countersign.ledger import load_waivers
from countersign.paths import CRITERIA

GOOD = """
system: radio
prefix: RA
criteria:
- id: RA-PLAY-01
  title: The radio plays.
  must: true
  kind: function
  verify: Listen.
  needs: [aerial]
  source: owner
suite:
- {id: RA-SUITE-01, title: It is quick., must: true, kind: reporting, verify: Clock., needs: [], source: owner}
"""


def written(folder, text: str, name: str = "radio.yaml"):
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_criteria_and_duties_are_kept_apart(tmp_path):
    found = load_catalogue(written(tmp_path, GOOD))
    assert [(item.id, item.needs) for item in found.criteria] == [("RA-PLAY-01", ("aerial",))]
    assert [item.id for item in found.duties] == ["RA-SUITE-01"]
    assert found.systems == ("radio",)
    assert [item.id for item in found.of(["RA-SUITE-01", "unknown"])] == ["RA-SUITE-01"]


def test_project_catalogue_loads():
    found = load_catalogue(CRITERIA)
    assert len(load_criteria("chattrain")) == 77
    assert {item.kind for item in found.duties} == {"reporting"}


def test_file_of_seeded_faults_is_no_catalogue(tmp_path):
    written(tmp_path, GOOD)
    written(tmp_path, "faults: []", "radio.faults.yaml")
    assert load_catalogue(tmp_path).systems == ("radio",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("must: true\n  kind: function", "kind: function"), "RA-PLAY-01 / must: Field required"),
        (("must: true\n", "must: maybe\n"), "RA-PLAY-01 / must"),
        (("kind: function", "kind: poetry"), "RA-PLAY-01 / kind"),
        (("verify: Listen.", "verifies: Listen."), "RA-PLAY-01 / verifies"),
        (("title: The radio plays.", "title: ' '"), "RA-PLAY-01 / title"),
        (("id: RA-PLAY-01", "id: radio one"), "radio one / id"),
        (("id: RA-PLAY-01", "id: CT-PLAY-01"), "does not begin with the file's prefix"),
        (("RA-SUITE-01", "RA-PLAY-01"), "already used"),
        (("system: radio", "system: tape"), "name the file tape.yaml"),
        (("criteria:", "criteria: ["), "not readable as YAML"),
        ((GOOD, "just words"), "must begin with"),
    ],
)
def test_wrong_file_is_refused_with_the_place(tmp_path, change, message):
    with pytest.raises(SuiteError, match=r"radio\.yaml") as caught:
        load_catalogue(written(tmp_path, GOOD.replace(*change)))
    assert message in str(caught.value)


def test_folder_without_a_catalogue(tmp_path):
    with pytest.raises(SuiteError, match="No catalogue found"):
        load_catalogue(tmp_path)


def test_system_without_criteria():
    with pytest.raises(SuiteError, match="no catalogue of criteria for 'radio'"):
        load_criteria("radio")


ENTRY = """
- criterion: CT-PAGE-05
  reason: not out yet
  who: A. Owner
  until: 2027-03-31
  build: "1.0.0"
"""


def test_ledger_is_read(tmp_path):
    path = tmp_path / "waivers.yaml"
    assert load_waivers(path) == ()
    path.write_text(ENTRY, encoding="utf-8")
    (entry,) = load_waivers(path)
    assert (entry.criterion, entry.until, entry.build) == ("CT-PAGE-05", date(2027, 3, 31), "1.0.0")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("  who: A. Owner\n", ""), "entry 1 / who"),
        (("until: 2027-03-31", "until: some day"), "entry 1 / until"),
        (("reason: not out yet", "reason: ''"), "entry 1 / reason"),
        ((ENTRY, "{"), "not readable as YAML"),
        ((ENTRY, "CT-PAGE-05: yes"), "Each entry needs"),
    ],
)
def test_ledger_out_of_form_is_refused(tmp_path, change, message):
    path = tmp_path / "waivers.yaml"
    path.write_text(ENTRY.replace(*change), encoding="utf-8")
    with pytest.raises(SuiteError, match=r"waivers\.yaml") as caught:
        load_waivers(path)
    assert message in str(caught.value)
