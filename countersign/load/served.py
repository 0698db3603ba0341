"""What counts as being served by a system that may have too much to do."""

from countersign.errors import ContractBroken, PolitelyRefused
from countersign.transport.answer import Answer

BUSY = (429, 503)


def served(answer: Answer, *statuses: int, holding: bytes = b"") -> Answer:
    """Give an answer that has one of these statuses and holds these bytes.

    Raises PolitelyRefused for a refusal with a time after which to try again, ContractBroken for anything else.
    """
    if answer.status in BUSY and answer.headers.get("retry-after", "").isdecimal():
        raise PolitelyRefused(f"{answer.what}: was refused with {answer.status} and a waiting time")
    answer.must_be(*statuses)
    if holding not in answer.body:
        raise ContractBroken(f"{answer.what}: the answer does not hold {holding.decode()!r}: {answer.beginning()!r}")
    return answer
