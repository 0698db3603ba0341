"""Lines that never end a training, said one at a time where something is about to go wrong."""

import personas
from countersign.errors import ContractBroken
from countersign.journeys.chattrain.trainee import Trainee
from countersign.systems.chattrain.chat import REFUSALS
from countersign.systems.chattrain.model import Frame
from countersign.systems.scripted_ai import mark

RECEIPT_WITHIN = 5.0
ON_ITS_WAY = 1.0
"""Seconds a scripted AI takes for the answer that is on its way when the line drops."""


def steady_line() -> str:
    """Give a line that is rated and never completes a session."""
    return str(personas.material("chattrain")["lines"]["polite"])


def holds(trainee: Trainee, exchanges: int, training: str) -> None:
    """Open a training and hold so many exchanges, without completing it."""
    trainee.opens(training)
    trainee.training.say_all([steady_line()] * exchanges)


def delayed(trainee: Trainee, line: str, seconds: float = ON_ITS_WAY) -> str:
    """Make the answer to a line take a while where the AI is scripted; elsewhere give the line as it is."""
    if "scripted-ai" in trainee.system.capabilities:
        return mark("delay", line, seconds=f"{seconds:g}")
    trainee.stage.recorder.say("the AI is not scripted: how long the answer is on its way is left to chance")
    return line


def confirmed(trainee: Trainee, line: str) -> tuple[float, Frame]:
    """Say a line and wait for its receipt only; give when it was sent (monotonic) and the receipt."""
    chat = trainee.training.chat
    sent = chat.say(line)
    receipt = chat.wait_for(("message_received", *REFUSALS), RECEIPT_WITHIN)
    if receipt.type != "message_received":
        raise ContractBroken(f"chattrain: the line {line[:60]!r} was refused: {receipt.content!r}")
    return sent, receipt
