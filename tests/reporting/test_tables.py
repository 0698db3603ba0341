"""Tables of figures: every figure in its cell, once; the page shows limit, samples and what is not kept."""

from typing import Any

from verdict.runs import RunBuilder, catalogue

from countersign.catalogue import Catalogue
from countersign.reporting.page import Extras, page
from countersign.reporting.tables import stands_by_itself, tables_of
from countersign.verdict.catalogue import Criterion
from countersign.verdict.judge import judge
from countersign.verdict.records import Measured


def figure(row: str, column: str, value: float, **more: object) -> Measured:
    given: dict[str, Any] = {"limit": 0.8, "relation": "at least", "samples": 3, **more}
    return Measured("f:1", f"{column} of {row}", value, "of 1", cell=("People", row, column), **given)


def test_figures_are_sorted_into_rows_and_columns_and_the_last_of_a_cell_counts() -> None:
    alone = Measured("f:1", "alone", 1, "s", 1)
    figures = [figure("Ann", "score", 0.2), alone, figure("Ben", "score", 0.9), figure("Ann", "score", 0.85)]
    (table,) = tables_of([*figures, figure("Ben", "errors", 1.0, limit=None, relation="reported", samples=1)])
    assert table.columns == ["score", "errors"]
    assert table.rows["Ann"]["score"].value == 0.85
    assert list(table.rows["Ben"]) == ["score", "errors"]
    assert (table.samples("Ann"), table.samples("Ben")) == ("3", "1 to 3")
    assert table.limit("score") is figures[3]
    assert table.limit("errors") is None


def test_a_column_whose_rows_have_limits_of_their_own_names_none() -> None:
    (table,) = tables_of([figure("Ann", "score", 0.9), figure("Ben", "score", 0.9, limit=0.5)])
    assert table.limit("score") is None


def test_only_a_figure_without_a_place_or_with_a_course_has_a_line_of_its_own() -> None:
    assert not stands_by_itself(figure("Ann", "score", 1))
    assert stands_by_itself(figure("Ann", "score", 1, series=(1.0, 2.0)))
    assert stands_by_itself(Measured("f:1", "alone", 1, "s", 1))


def test_the_page_shows_the_table_and_what_is_below_its_limit() -> None:
    run = RunBuilder()
    common = {"unit": "of 1", "samples": 3, "limit": 0.8, "relation": "at least", "required_samples": 3}
    run.scenario(
        "CT-01",
        outcome="failed",
        figures=[
            {**common, "value": 0.95, "cell": ("People", "Ann", "score")},
            {**common, "value": 0.4, "cell": ("People", "Ben", "score")},
        ],
    )
    html = page(judge(run.records(), catalogue(1)), Catalogue(tuple(catalogue(1))), Extras({}))
    assert "<h3>People</h3>" in html
    assert html.index("Ann") < html.index("Ben")
    assert "broken" in html[html.index(">Ben<") :][:400]


def test_a_requirement_is_proved_by_the_criteria_that_name_it() -> None:
    criteria = [
        Criterion("MH-A-01", "modelhub", "t", True, "function", source="Requirement 1.1; 2.10"),
        Criterion("MH-A-02", "modelhub", "t", True, "function", source="Requirement 1 (1.1, 1.2)"),
        Criterion("CT-A-01", "chattrain", "t", True, "function", source="1.1"),
    ]
    whole = Catalogue(tuple(criteria))
    assert whole.proving("modelhub", "1.1") == ("MH-A-01", "MH-A-02")
    assert whole.proving("modelhub", "2.1") == ()
    assert whole.proving("modelhub", "1.2") == ("MH-A-02",)
