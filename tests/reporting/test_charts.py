"""Charts: drawn from the figures, described in words, readable without colour."""

import math
from xml.etree import ElementTree

import pytest
from verdict.runs import figure

from countersign.reporting.charts import Charts
from countersign.verdict.results import SystemVerdict

SVG = "{http://www.w3.org/2000/svg}"


def drawn(**values) -> ElementTree.Element:
    return ElementTree.fromstring(str(Charts().series(figure(**values))))


def test_series_has_title_description_limit_line_and_one_mark_a_value():
    chart = drawn(series=(1.0, 2.0, 4.0))
    assert chart.get("role") == "img"
    labels = chart.get("aria-labelledby", "").split()
    assert [each.get("id") for each in (chart.find("title"), chart.find("desc"))] == labels
    assert [each.get("class") for each in chart.iter("line")] == ["axis", "limit"]
    assert len(list(chart.iter("circle"))) == 2
    assert len(list(chart.iter("polygon"))) == 1


def test_everything_stays_inside_the_frame():
    chart = drawn(series=(0.0, 1e9, -5.0), limit=3.0)
    heights = [float(each.get(name, "0")) for each in chart.iter() for name in ("y1", "cy") if each.get(name)]
    assert heights
    assert all(0 <= height <= float(chart.get("height", "0")) for height in heights)


def test_between_has_two_limit_lines_and_reported_has_none():
    between = drawn(series=(22.0,), limit=20.0, limit_to=25.0, relation="between")
    assert sum(each.get("class") == "limit" for each in between.iter("line")) == 2
    reported = drawn(series=(22.0,), relation="reported")
    assert sum(each.get("class") == "limit" for each in reported.iter("line")) == 0


@pytest.mark.parametrize("series", [(), (math.nan, math.inf)])
def test_no_chart_without_observations(series):
    assert Charts().series(figure(series=series)) == ""


def test_long_series_is_a_line_with_only_the_marks_beyond_the_limit():
    chart = drawn(series=(1.0,) * 500 + (9.0,))
    assert not list(chart.iter("circle"))
    assert len(list(chart.iter("polygon"))) == 1


def test_share_bar_is_described():
    text = str(Charts().share(SystemVerdict(60, 3, 14, 60 / 77, "red"), "chattrain"))
    chart = ElementTree.fromstring(text)
    description = chart.find("desc")
    assert description is not None
    assert description.text == ("60 verified, 3 refuted, 14 not verified; 77.9 % verified. Marks at 80 % and 90 %.")


def test_charts_of_one_page_share_no_id():
    charts = Charts()
    text = "".join(str(charts.series(figure(series=(1.0, 2.0)))) for _ in range(3))
    ids = [part.split('"')[0] for part in text.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) == 6
