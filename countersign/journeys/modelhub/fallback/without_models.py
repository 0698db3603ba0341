"""Nothing is installed: the instructions that are given, and what comes of following them."""

from countersign.expect.modelhub.way_out import Instructions
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import MB
from countersign.transport import eventually

NOTICED_WITHIN = 15.0
INSTALLED_WITHIN = 20.0


def follows_instructions(user: HubUser, model: str, source: str) -> Instructions:
    """Ask what to do without any model while the source is "there" or "away", and do what the answer says.

    Where the source is away, it comes back before the download that the instructions name.
    """
    user.stage.need("origin-control")
    hub, model_id = user.hub, model_of(model)
    sizes = {
        each["model_id"]: sum(file["size"] for file in each["versions"][-1]["files"]) / MB
        for each in hub.source.catalogue()["models"]
    }
    if source == "away":
        hub.source.fails("refuse")
        eventually(lambda: _reachable(user, False), NOTICED_WITHIN, what="the loss of the source to be noticed")
    steps = tuple(user.api.fallback.suggest(model_id)["setup_steps"])
    text = " ".join(steps)
    named = min((name for name in sizes if name in text), key=text.index, default="")
    if source == "away":
        hub.source.works_again()
        eventually(lambda: _reachable(user, True), NOTICED_WITHIN, what="the source to be noticed again")
    return Instructions(steps, sizes, named, _downloaded(user, named) if named else "not named")


def _downloaded(user: HubUser, name: str) -> str:
    user.api.downloads.start(name)

    def over() -> str:
        now = user.api.models.status(name)
        assert now.availability in ("available", "failed", "corrupted"), f"it is {now.availability}"
        return now.availability

    return eventually(over, INSTALLED_WITHIN, what=f"the download of {name} to end")


def _reachable(user: HubUser, due: bool) -> None:
    now = {status.source_reachable for status in user.api.models.statuses().values()}
    assert now == {due}, f"the source is said to be {'reachable' if True in now else 'away'}"
