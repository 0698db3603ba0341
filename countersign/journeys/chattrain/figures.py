"""Figures of trainings, journaled with their limits as the sentences say them."""

from collections.abc import Sequence
from typing import Any

from countersign.expect.endings import End
from countersign.expect.feedback import LabelledAnswer
from countersign.expect.pauses import LongTraining
from countersign.expect.pilot import PilotRound
from countersign.expect.scores import limit_of


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
