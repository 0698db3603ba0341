"""Scores, comments and completion come out as the contract's tables say."""

import pytest
from worked_lines import CLAIMS, FULL_CLAIMS, FULL_SERVICE, SERVICE, WORKED

from reference.chattrain.clock import moment
from reference.chattrain.commenting import Commentator
from reference.chattrain.completion import CompletionRule, RatedLine, SummaryMaker
from reference.chattrain.scenario import Scenario
from reference.chattrain.scoring import Rating, Scorer

Scenarios = dict[str, Scenario]
Worked = tuple[str, int, str, float, int]


def rated(scenario: Scenario, *lines: str) -> list[RatedLine]:
    return [RatedLine(line, Scorer().rate(scenario, step, line)) for step, line in enumerate(lines)]


@pytest.mark.parametrize("worked", WORKED)
def test_worked_lines(scenarios: Scenarios, worked: Worked) -> None:
    text_id, step, line, percentage, score = worked
    rating = Scorer().rate(scenarios[text_id], step, line)
    assert (rating.match_percentage, rating.score) == (percentage, score)
    assert set(rating.matched) | set(rating.missed) == set(scenarios[text_id].keywords_at(step))
    assert not set(rating.matched) & set(rating.missed)


def test_beyond_the_last_line_the_last_list_counts(scenarios: Scenarios) -> None:
    assert scenarios[SERVICE].keywords_at(99) == scenarios[SERVICE].keywords_at(3)


def test_masking_tokens_are_no_keywords(scenarios: Scenarios) -> None:
    rating = Scorer().rate(scenarios[SERVICE], 1, "It went to {{EMAIL}}, policy {{POLICY}}")
    assert rating.matched == ()


def test_a_half_point_is_rounded_up(scenarios: Scenarios) -> None:
    # 2 of 6 keywords are 23.33, four half qualities are 15: 38.33; 3 of 6 and one half quality: 38.75.
    assert Scorer().rate_against(("a", "b"), "a please").score == 39  # 35 + 3.75 = 38.75
    assert Scorer().rate_against(("a", "b", "c", "d"), "a please thank you explain clarify").score == 33  # 32.5


@pytest.mark.parametrize(
    ("score", "opening"),
    [
        (100, "excellent"),
        (90, "excellent"),
        (89, "good"),
        (80, "good"),
        (79, "decent"),
        (75, "decent"),
        (74, "needs"),
        (0, "needs"),
    ],
)
def test_the_comment_opens_with_its_band(score: int, opening: str) -> None:
    rating = Rating(score, (), ("x",), 0.0, dict.fromkeys(("politeness", "empathy", "clarity", "solution"), 0.5), False)
    assert Commentator().comment(rating).lower().startswith(opening)


@pytest.mark.parametrize("worked", WORKED)
def test_comment_and_suggestions_never_contradict_the_score(scenarios: Scenarios, worked: Worked) -> None:
    text_id, step, line, percentage, score = worked
    rating = Scorer().rate(scenarios[text_id], step, line)
    comment, suggestions = Commentator().comment(rating), Commentator().suggestions(rating)
    assert 1 <= len(suggestions) <= 3
    assert len(set(suggestions)) == len(suggestions)
    assert all(suggestions)
    if score >= 90:
        assert "improve" not in comment.lower()
        assert len(suggestions) == 1 and suggestions[0].startswith("Advanced tip")
    if score < 50:
        said = " ".join([comment, *suggestions]).lower()
        assert not [word for word in ("excellent", "great", "good", "well done", "strength") if word in said]
    if percentage < 50:
        assert all(word in suggestions[0] for word in rating.missed[:3])


def test_the_full_lines_complete_both_pilot_scenarios(scenarios: Scenarios) -> None:
    rule = CompletionRule()
    for text_id, lines in ((SERVICE, FULL_SERVICE), (CLAIMS, FULL_CLAIMS)):
        scenario = scenarios[text_id]
        met = [rule.met(scenario, rated(scenario, *lines[:count])) for count in range(1, len(lines) + 1)]
        assert met == [False] * (len(lines) - 1) + [True]


def test_a_required_word_that_is_missing_keeps_the_session_open(scenarios: Scenarios) -> None:
    scenario = scenarios[SERVICE]
    without = [line.replace("password", "secret") for line in FULL_SERVICE]
    assert not CompletionRule().met(scenario, rated(scenario, *without))
    assert CompletionRule().met(scenario, rated(scenario, *without, "Your PASSWORD, please."))
    assert not CompletionRule().met(scenario, rated(scenario, *without, "Your passwords, please."))


@pytest.mark.parametrize(("text_id", "lines", "average"), [(SERVICE, FULL_SERVICE, 91.8), (CLAIMS, FULL_CLAIMS, 96.8)])
def test_the_summary(scenarios: Scenarios, text_id: str, lines: tuple[str, ...], average: float) -> None:
    began, ended = moment("2026-05-17T10:00:00.000Z"), moment("2026-05-17T10:04:36.000Z")
    summary = SummaryMaker().summary(rated(scenarios[text_id], *lines), began, ended)
    assert summary["total_exchanges"] == len(lines)
    assert summary["average_score"] == average
    assert summary["completion_time_minutes"] == 4.6
    assert summary["overall_feedback"].lower().startswith("excellent")
    assert not set(summary["strengths"]) & set(summary["improvements"])


def test_the_summary_of_nothing(scenarios: Scenarios) -> None:
    moment_ = moment("2026-05-17T10:00:00.000Z")
    summary = SummaryMaker().summary([], moment_, moment_)
    assert (summary["total_exchanges"], summary["average_score"]) == (0, 0.0)
    assert summary["overall_feedback"].lower().startswith("needs practice")


def test_scenarios_ship_as_the_contract_says(scenarios: Scenarios) -> None:
    assert set(scenarios) == {SERVICE, CLAIMS, "problem_resolution_v1"}
    openings = {scenario.bot_messages[0].content for scenario in scenarios.values()}
    assert len(openings) == 3
    for scenario in scenarios.values():
        assert scenario.duration_minutes == 30
        answers = [scenario.customer_line_after(step) for step in range(6)]
        assert len(set(answers)) == 6
    assert [len(scenarios[name].bot_messages) for name in (SERVICE, CLAIMS, "problem_resolution_v1")] == [4, 5, 5]
