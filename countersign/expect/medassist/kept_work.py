"""Matchers for work that was confirmed before a crash or an outage: it is there, once, and nothing is half done."""

from dataclasses import dataclass

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class KeptDecision:
    """An approval as it is found afterwards. `confirmed` says that the nurse was told that it is kept.

    `steps` are the approvals in the history of the report (None where no history is offered), `noted` the entries of
    the audit trail that tell of it, `session` the state of the patient's session.
    """

    report_id: str
    confirmed: bool
    reviewed: bool
    approved: bool | None
    steps: int | None
    noted: int
    session: str


@dataclass(frozen=True)
class KeptDeployment:
    """A deployment as it is found afterwards: its state in the registry, and how often the audit trail tells of it."""

    version: str
    deployment_id: str
    found: str
    noted: int


@dataclass(frozen=True)
class Registry:
    """The versions of a model afterwards: which one was deployed last, and which are active."""

    last: str
    active: tuple[str, ...]
    told: str | None


class DecidedOnce(Lacking[KeptDecision]):
    """See `decided_once`."""

    expected = "an approval that is kept once, with its session closed and one entry in the audit trail"

    def lack(self, item: KeptDecision) -> str:
        """Say what is missing, double or half done."""
        told = f"report {item.report_id}"
        if not item.reviewed or item.approved is not True:
            word = "was confirmed as approved" if item.confirmed else "was approved after all"
            return f"{told} {word} and is found as reviewed {item.reviewed}, approved {item.approved}"
        if item.steps not in (1, None):
            return f"{told} has {item.steps} approvals in its history"
        if item.noted != 1:
            return f"{told} is approved with {item.noted} entries in the audit trail"
        return "" if item.session == "completed" else f"{told} is approved and its session is {item.session}"


def decided_once() -> DecidedOnce:
    """Match a decision that is wholly there, exactly once."""
    return DecidedOnce()


class DeployedOnce(Lacking[KeptDeployment]):
    """See `deployed_once`."""

    expected = "a confirmed deployment in the registry, with one entry in the audit trail"

    def lack(self, item: KeptDeployment) -> str:
        """Say what is missing."""
        told = f"the deployment {item.deployment_id} of version {item.version}"
        if item.found != "success":
            return f"{told} was confirmed and is found as {item.found}"
        return "" if item.noted == 1 else f"{told} has {item.noted} entries in the audit trail"


def deployed_once() -> DeployedOnce:
    """Match a confirmed deployment that is kept and noted once."""
    return DeployedOnce()


class OneActive(Lacking[Registry]):
    """See `one_version_active`."""

    expected = "the version that was deployed last to be the only active one"

    def lack(self, item: Registry) -> str:
        """Say which are active."""
        if item.active == (item.last,) and item.told == item.last:
            return ""
        return f"deployed last was {item.last}, active are {', '.join(item.active) or 'none'}, served is {item.told}"


def one_version_active() -> OneActive:
    """Match a registry whose only active version is the one that was deployed last."""
    return OneActive()


@dataclass(frozen=True)
class KeptMessages:
    """The messages kept of one patient, and the ids that the audit trail tells were received, by how often."""

    who: str
    kept: tuple[str, ...]
    noted: tuple[str, ...]


class NotedOnce(Lacking[KeptMessages]):
    """See `each_noted_once`."""

    expected = "one entry of the audit trail for every kept message and for no other"

    def lack(self, item: KeptMessages) -> str:
        """Name the first message that has none, or more."""
        wrong = next((id for id in item.kept if item.noted.count(id) != 1), None)
        if wrong is not None:
            return f"message {wrong} of {item.who} has {item.noted.count(wrong)} entries in the audit trail"
        extra = [id for id in item.noted if id not in item.kept]
        return f"the audit trail tells of message {extra[0]} of {item.who}, which is not kept" if extra else ""


def each_noted_once() -> NotedOnce:
    """Match a patient's kept messages if the audit trail tells of each of them once and of nothing else."""
    return NotedOnce()
