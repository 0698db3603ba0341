"""Closed doors."""

from datetime import UTC, datetime

from hamcrest import assert_that
from hamcrest.core.string_description import StringDescription

from countersign.expect.trespass import CrossSite, denied, turned_away, unreadable
from countersign.systems.chattrain.knocking import Knock
from countersign.transport.answer import Answer


def said(matcher: object, item: object) -> str:
    description = StringDescription()
    assert not matcher.matches(item)  # type: ignore[attr-defined]
    matcher.describe_mismatch(item, description)  # type: ignore[attr-defined]
    return str(description)


def test_who_was_refused_was_turned_away_and_who_was_let_in_is_named() -> None:
    assert_that(Knock("without a key", "closed with 4004", refused=True), turned_away())
    let_in = Knock("without a key", "let in and greeted", refused=False)
    assert said(turned_away(), let_in) == "without a key: let in and greeted"


def test_an_answer_is_denied_by_the_given_statuses_only() -> None:
    def answer(status: int) -> Answer:
        return Answer(status, {}, b"", 0.1, datetime.now(UTC), "chattrain: GET /api/content/stats")

    assert_that(answer(401), denied(401, 404))
    assert said(denied(401, 404), answer(200)) == "chattrain: GET /api/content/stats was answered 200"


def test_a_website_may_read_what_is_allowed_to_it_or_to_all() -> None:
    evil = "http://evil.example"
    assert_that(CrossSite(evil, "the list", ""), unreadable())
    assert_that(CrossSite(evil, "the list", "http://pilot.example"), unreadable())
    assert (
        said(unreadable(), CrossSite(evil, "the list", "*"))
        == "the list, asked by http://evil.example, may be read by '*'"
    )
    assert "evil.example'" in said(unreadable(), CrossSite(evil, "the list", evil))
