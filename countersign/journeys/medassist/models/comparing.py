"""A/B tests of two versions: who is in which arm, and what is concluded from what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.medassist.conclusions import Concluded, Wanted
from countersign.expect.medassist.rollout import Preview
from countersign.journeys.medassist.models.own_model import FIRST, SECOND, ManagedModel
from countersign.journeys.medassist.models.rollout import previewed, users_of
from countersign.journeys.medassist.trouble.restarting import starts_anew

HALF = 0.5
LEAST_RESULTS = 100
LATER_USERS = 100
CANDIDATES, LEAST_CANDIDATES = 2.8, 60
"""Users to look at for each result of an arm, and at least: at an even split each arm then has enough of them."""


@dataclass(frozen=True)
class Arms:
    """Which arm of an A/B test each user is in, before and after a restart."""

    before: Preview
    after: Preview


@dataclass(frozen=True)
class Conclusions:
    """What was concluded from tables of results, and who serves users once every A/B test is stopped."""

    concluded: Sequence[tuple[Wanted, Concluded]]
    afterwards: Preview


def splits_users(model: ManagedModel) -> Arms:
    """Start an even A/B test and look who is in which arm, before and after a restart of the system."""
    model.starts_experiment(split=HALF)
    users = users_of(model)
    before = previewed(model, users)
    starts_anew(model.admin.stage)
    return Arms(before, previewed(model, users))


def concludes(model: ManagedModel, tables: Sequence[Wanted]) -> Conclusions:
    """Report the results of each table to an A/B test of its own and stop it."""
    concluded = [(wanted, _concluded(model, wanted)) for wanted in tables]
    return Conclusions(concluded, previewed(model, users_of(model, LATER_USERS)))


def _concluded(model: ManagedModel, wanted: Wanted) -> Concluded:
    experiment = model.starts_experiment(split=HALF, min_sample=LEAST_RESULTS)
    accepted = 0
    if wanted.control.n:
        candidates = users_of(model, max(LEAST_CANDIDATES, round(CANDIDATES * wanted.control.n)))
        arms = previewed(model, candidates)
        outcomes = [
            (user, number < arm.successes)
            for version, arm in ((FIRST, wanted.control), (SECOND, wanted.treatment))
            for number, user in enumerate(sorted(arms.users_of(version))[: arm.n])
        ]
        accepted = model.trials.add_outcomes(experiment.id, outcomes)
    return Concluded(accepted, model.trials.stop(experiment.id))
