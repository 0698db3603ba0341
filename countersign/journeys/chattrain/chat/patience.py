"""A long training: few answers, long silences, one connection."""

import time
from collections.abc import Sequence

import personas
from countersign.errors import LineClosed, NotVerified, SuiteError
from countersign.expect.pauses import LongTraining, Silence
from countersign.journeys.chattrain.trainee import Trainee


def thinks_between(trainee: Trainee, answers: int, silences: Sequence[float]) -> LongTraining:
    """Give so many answers, with the silences (seconds) spread between them.

    Ends at once when the connection is closed in a silence.
    """
    lines = personas.material("chattrain_trainings")["long_training"]["lines"][:answers]
    gaps = spread_out(silences, len(lines) - 1)
    training, kept = trainee.training, []
    for line, gap in zip(lines, [*gaps, 0.0], strict=True):
        training.say(line)
        if gap:
            kept.append(_silence(trainee, gap))
        if kept and kept[-1].broken:
            break
    return LongTraining(tuple(kept), len(training.scores), len(training.greetings), trainee.minutes_so_far())


def evenly_over(trainee: Trainee, answers: int, minutes: float) -> LongTraining:
    """Give so many answers evenly over so many minutes."""
    return thinks_between(trainee, answers, [minutes * 60 / (answers - 1)] * (answers - 1))


def in_real_time(pace: str) -> None:
    """Raise NotVerified unless the run plays silences in their true length."""
    if pace != "real":
        raise NotVerified("this run is compressed; the training in its true length needs -D pace=real")


def _silence(trainee: Trainee, seconds: float) -> Silence:
    began = time.monotonic()
    try:
        trainee.training.chat.silence(seconds)
    except LineClosed as closed:
        return Silence(seconds, time.monotonic() - began, f"with code {closed.code}")
    return Silence(seconds, time.monotonic() - began)


def spread_out(silences: Sequence[float], gaps: int) -> list[float]:
    """Lay silences out over so many gaps, the first and the last gap free if there is room."""
    if len(silences) > gaps:
        raise SuiteError(f"{len(silences)} silences do not fit between {gaps + 1} answers")
    if len(silences) == gaps:
        return list(silences)
    spread = [0.0] * gaps
    for number, seconds in enumerate(silences, 1):
        spread[number * gaps // (len(silences) + 1)] = seconds
    return spread
