"""The journal's lines: what was written is what is read."""

import json

import pytest

from countersign.verdict.records import from_json, to_json
from verdict.runs import RunBuilder


def test_every_record_survives_its_line():
    run = RunBuilder()
    run.scenario("CT-01", figures=[{"series": (1.0, 2.0), "criteria": ("CT-01",)}])
    run.left_behind("sessions", 3, "the system offers no way to remove them")
    run.change(left_out={"CT-02": 1})
    for record in run.records():
        assert from_json(json.loads(json.dumps(to_json(record)))) == record


@pytest.mark.parametrize("line", [{}, {"record": "poem"}, {"record": "ended", "key": "only"}])
def test_line_of_another_kind_is_refused(line):
    with pytest.raises(ValueError, match="journal record"):
        from_json(line)
