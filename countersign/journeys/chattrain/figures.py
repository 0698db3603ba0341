"""Figures of trainings, journaled with their limits as the sentences say them."""

from collections.abc import Sequence
from typing import Any

from countersign.expect.chattrain.customers import Customer
from countersign.expect.chattrain.endings import End, WholeTraining
from countersign.expect.chattrain.feedback import LabelledAnswer
from countersign.expect.chattrain.pilot import PilotRound
from countersign.expect.chattrain.scores import JudgedAnswer, Ladder, limit_of
from countersign.expect.pauses import LongTraining
from countersign.journeys.chattrain.trainee import Trainee
from countersign.systems.chattrain.model import Exchange


def average(stage: Any, what: str, scores: Sequence[float], band: str, required: int = 1) -> Sequence[float]:
    """Journal the average of scores against its band and give the scores back."""
    if scores:
        relation, limit, limit_to = limit_of(band)
        stage.measure(
            f"average score: {what}",
            sum(scores) / len(scores),
            "points",
            samples=len(scores),
            required_samples=required,
            limit=limit,
            limit_to=limit_to,
            relation=relation,
            statistic="mean",
            series=scores,
        )
    return scores


def completed(stage: Any, played: PilotRound, least: int, count: int) -> PilotRound:
    """Journal how many trainings of a round were completed."""
    stage.measure(
        "trainings completed",
        len(played.completed),
        "trainings",
        samples=len(played.trainings),
        required_samples=count,
        limit=least,
        relation="at least",
        statistic="count",
        load=f"{count // 2} pilot users at once, two trainings each",
    )
    return played


def end(stage: Any, seen: End, seconds: float) -> End:
    """Journal how long after the last feedback the end of a training came (nothing if it did not come)."""
    if seen.status:
        stage.measure(
            "end of the training after the last feedback",
            seen.seconds,
            "s",
            samples=1,
            limit=seconds,
            relation="at most",
            statistic="single value",
        )
    return seen


def spread(stage: Any, what: str, scores: Sequence[int], times: int) -> Sequence[int]:
    """Journal how far apart the scores of one and the same answer are."""
    stage.measure(
        f"difference between the scores of {what}",
        max(scores) - min(scores),
        "points",
        samples=len(scores),
        required_samples=times,
        limit=0,
        relation="equal to",
        statistic="highest minus lowest",
        series=scores,
    )
    return scores


def recognised(stage: Any, answers: Sequence[LabelledAnswer], percent: float, count: int) -> Sequence[LabelledAnswer]:
    """Journal for how many answers the keywords found are those of a person."""
    right = [answer for answer in answers if answer.right]
    stage.measure(
        "answers whose keywords were recognised as a person does",
        100 * len(right) / len(answers),
        "%",
        samples=len(answers),
        required_samples=count,
        limit=percent,
        relation="at least",
        statistic="share",
    )
    return answers


def long_training(stage: Any, seen: LongTraining, minutes: float, answers: int) -> LongTraining:
    """Journal how long a training with silences was, and say in the evidence which length was run."""
    silences = " and ".join(f"{silence.wanted:g} s" for silence in seen.silences) or "none"
    length = f"{'true length' if seen.minutes >= 30 else 'compressed'}: {seen.answers} answers, silences of {silences}"
    stage.recorder.say(f"The training of {seen.minutes:.1f} minutes was run at {length}", actor="suite")
    stage.measure(
        "length of the training on one connection",
        seen.minutes,
        "minutes",
        samples=seen.answers,
        required_samples=answers,
        limit=minutes,
        relation="at least",
        statistic="from opening to the last feedback",
        load=length,
    )
    return seen


def minutes_taken(stage: Any, trainee: Trainee, minutes: float) -> float:
    """Journal the minutes since the training of somebody was opened and give them."""
    taken: float = stage.measure(
        "length of the training",
        trainee.minutes_so_far(),
        "minutes",
        samples=1,
        limit=minutes,
        relation="below",
        statistic="single value",
    )
    return taken


def replies(stage: Any, heard: Sequence[Customer], least: int) -> Sequence[Customer]:
    """Journal how many different replies each customer gave."""
    for customer in heard:
        stage.measure(
            f"different replies of the customer of {customer.training}",
            len(set(customer.replies)),
            "replies",
            samples=len(customer.replies) + customer.notices,
            limit=least,
            relation="at least",
            statistic="count",
        )
    return heard


def scores_told(stage: Any, answers: Sequence[Exchange], count: int) -> Sequence[Exchange]:
    """Journal the lowest and the highest score of answers."""
    scores = [answer.feedback.score for answer in answers]
    for name, value in (("lowest", min(scores)), ("highest", max(scores))):
        stage.measure(
            f"{name} score told",
            value,
            "points",
            samples=len(scores),
            required_samples=count,
            limit=0,
            limit_to=100,
            relation="between",
            statistic=name,
            series=scores,
        )
    return answers


def judged(stage: Any, answers: Sequence[JudgedAnswer]) -> Sequence[JudgedAnswer]:
    """Journal the score of each answer against its band."""
    for answer in answers:
        relation, limit, limit_to = limit_of(answer.band)
        stage.measure(
            f"score of {answer.kind}: {answer.line[:40]}",
            answer.score,
            "points",
            samples=1,
            limit=limit,
            limit_to=limit_to,
            relation=relation,
            statistic="single value",
        )
    return answers


def ladders(stage: Any, climbed: Sequence[Ladder]) -> Sequence[Ladder]:
    """Journal how the score grew with every keyword added."""
    for ladder in climbed:
        stage.measure(
            f"lowest gain of a keyword in {ladder.training}",
            min(after - before for before, after in zip(ladder.scores, ladder.scores[1:], strict=False)),
            "points",
            samples=len(ladder.added),
            limit=0,
            relation="at least",
            statistic="minimum",
            series=ladder.scores,
        )
    return climbed


def different_comments(stage: Any, answers: Sequence[Exchange], least: int, count: int) -> Sequence[Exchange]:
    """Journal how many different comments answers brought."""
    stage.measure(
        "different comments",
        len({answer.feedback.comment for answer in answers}),
        "comments",
        samples=len(answers),
        required_samples=count,
        limit=least,
        relation="at least",
        statistic="count",
    )
    return answers


def summary_average(stage: Any, whole: WholeTraining, tolerance: float) -> WholeTraining:
    """Journal how far the average of a summary is from that of the scores told."""
    _off(stage, "average in the summary", abs(whole.summary.average_score - whole.average), "points", tolerance)
    return whole


def summary_minutes(stage: Any, whole: WholeTraining, tolerance: float) -> WholeTraining:
    """Journal how far the minutes of a summary are from those between beginning and end."""
    _off(
        stage,
        "minutes in the summary",
        abs(whole.summary.completion_time_minutes - whole.minutes),
        "minutes",
        tolerance,
    )
    return whole


def _off(stage: Any, what: str, distance: float, unit: str, tolerance: float) -> None:
    stage.measure(
        f"{what}: distance from the true one",
        distance,
        unit,
        samples=1,
        limit=tolerance,
        relation="at most",
        statistic="single value",
    )
