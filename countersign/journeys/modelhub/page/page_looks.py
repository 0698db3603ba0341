"""The page of the hub as people look at it in different ways, and what its controls are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.errors import SuiteError
from countersign.expect.modelhub.page_looks import Look, Looks, StateSeen
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.page.at_page import SHOWN_WITHIN, SIZE, AtManagePage, at_manage_page
from countersign.journeys.modelhub.upkeep.damage import overwritten
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.pages.model import Labelled

TEXT, IMAGE, FAST = (model_of(f"the {kind} model") for kind in ("text", "image", "fast"))
WATCHED_SECONDS = 1.5
"""Long enough for the progress bar to move twice."""


@dataclass(frozen=True)
class LookedAt:
    """The page in all ways of looking, and every control with what is seen on it and how it is named."""

    looks: Looks
    labels: tuple[Labelled, ...]


def looks_in_ways(person: HubUser, ways: Sequence[str]) -> LookedAt:
    """Look at the page with a download under way, a damaged model and an update on offer, in each of these ways."""
    from countersign.systems.pages.naming import labels

    person.stage.need("model-files", "origin-control", "updates")
    material, hub = personas.material("modelhub_page"), person.hub
    hub.source.publishes(FAST, material["newer"], changed_files=["config.json"])
    hub.admin.caring.look_for_updates()
    at_page = at_manage_page(person)
    page, window = at_page.page, at_page.window
    page.open()
    named = [*labels(window, page.sign_in_form)]
    page.sign_in(*at_page.account)
    person.api.config.prefer(download_config={"bandwidth_limit_mbps": material["slow_mbps"]})
    page.press("download", TEXT)
    overwritten(hub.models_folder / IMAGE)
    person.api.caring.check(IMAGE)
    page.status_is(TEXT, "downloading", SHOWN_WITHIN)
    page.status_is(IMAGE, "corrupted", SHOWN_WITHIN)
    window.shown(page.action("update", FAST), "the control to update")
    named += labels(window, window.page.locator("body"))
    wishes: dict[str, dict[str, Any]] = {way: material["ways"][way] for way in ways}
    looks = [_look(at_page, way, dict(wish)) for way, wish in wishes.items()]
    page.press("cancel", TEXT)
    window.shown(page.dialog, "the dialog before cancelling")
    named += labels(window, page.dialog)
    enlarged = tuple(way for way, wish in wishes.items() if "text_times" in wish)
    return LookedAt(Looks(looks[0], tuple(looks[1:]), enlarged), tuple(named))


def _look(at_page: AtManagePage, way: str, wish: dict[str, Any]) -> Look:
    from countersign.systems.pages import looks
    from countersign.systems.pages.access import too_wide_by

    window = at_page.window
    window.resize(*wish.pop("size", SIZE))
    window.wish(**wish)
    if not looks.is_as_wished(window, **wish):
        raise SuiteError(f"the browser does not ask the page for {way}; it asks for {looks.settings(window)}")
    seen = Look(
        way,
        looks.places(window),
        looks.texts(window),
        too_wide_by(window),
        _states(at_page),
        looks.moving(window, WATCHED_SECONDS) if wish.get("less_motion") else (),
    )
    at_page.picture(way)
    return seen


def _states(at_page: AtManagePage) -> tuple[StateSeen, ...]:
    """Read the state of every model on the page as it is shown, beside the one that the hub tells."""
    told = at_page.person.api.models.statuses()
    return tuple(
        StateSeen(model_id, status.availability, at_page.page.shown_status(model_id))
        for model_id, status in told.items()
    )
