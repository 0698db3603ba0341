"""Uses on record: generations that several clients order at once until there are enough."""

from functools import partial

from countersign.evidence import Recorder
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.load.together import together
from countersign.systems.modelhub.api import ModelHubApi
from countersign.transport import eventually
from personas import material

MODEL = "t2v-A14B"
LANES = 4
TAKEN_WITHIN, ORDERED_WITHIN, OVER_WITHIN = 30.0, 240.0, 60.0


def has_uses(user: PowerUser, least: int) -> None:
    """Order generations until at least so many uses are told, and wait until they are over."""
    missing = least - _told(user)
    if missing <= 0:
        return
    user.stage.need("scripted-ai")  # a real one would work for hours
    user.stage.may_take(ORDERED_WITHIN + OVER_WITHIN)
    unheard = Recorder(user.stage.recorder.redactor, limit=0)
    apis = [ModelHubApi(user.system, f"{user.name} {number}", unheard).goes_on_as(user.api) for number in range(LANES)]
    jobs = [partial(_orders, api, len(range(number, missing, LANES))) for number, api in enumerate(apis)]
    try:
        for outcome in together(jobs, within=ORDERED_WITHIN):
            outcome.get()
        eventually(partial(_over, apis[0]), OVER_WITHIN, every=0.5, what="the generations to be over")
    finally:
        for api in apis:
            api.close()
    eventually(partial(_recorded, user, least), OVER_WITHIN, every=0.2, what="the uses to be on record")


def _orders(api: ModelHubApi, count: int) -> None:
    for _ in range(count):
        eventually(partial(_taken, api), TAKEN_WITHIN, every=0.2, what="a generation to be taken")


def _taken(api: ModelHubApi) -> None:
    answer = api.generation.try_submitting(MODEL, material("modelhub")["prompts"]["plain"])
    assert answer.status != 429, "as many wait as can wait"
    answer.must_be(200)


def _over(api: ModelHubApi) -> None:
    left = sum(not task.final for task in api.generation.tasks())
    assert left == 0, f"{left} are not over"


def _recorded(user: PowerUser, least: int) -> None:
    told = _told(user)
    assert told >= least, f"{told} are"


def _told(user: PowerUser) -> int:
    return int(user.api.models.get("models/analytics")["system_analytics"]["total_uses"])
