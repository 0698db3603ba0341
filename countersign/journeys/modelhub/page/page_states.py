"""The states of the page of the hub, one after the other, each looked at for barriers."""

from collections.abc import Iterator

import personas
from countersign.expect.page_access import PartsSeen
from countersign.journeys.barriers import looks_for_barriers
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.page.at_page import DONE_WITHIN, SHOWN_WITHIN, AtManagePage, at_manage_page
from countersign.journeys.modelhub.upkeep.damage import overwritten
from countersign.journeys.modelhub.user import HubUser

TEXT, IMAGE, FAST = (model_of(f"the {kind} model") for kind in ("text", "image", "fast"))
NOT_FOUND = 404


def goes_through_states(person: HubUser) -> PartsSeen:
    """Go through every state of the page and look at each for barriers."""
    person.stage.need("updates", "model-files", "origin-control")
    person.hub.has_installed([])
    person.hub.leaves_damage_alone()
    at_page, material = at_manage_page(person), personas.material("modelhub_page")
    return looks_for_barriers(at_page, _states(at_page, material["slow_mbps"]), material["sizes"])


def _states(person: AtManagePage, slow_mbps: float) -> Iterator[str]:
    page, window, hub, user = person.page, person.window, person.person.hub, person.person
    page.open()
    yield "the sign-in"
    page.sign_in(*person.account)
    window.shown(page.action("download", TEXT), "the control to download", SHOWN_WITHIN)
    yield "no model installed"
    user.api.config.prefer(download_config={"bandwidth_limit_mbps": slow_mbps})
    page.press("download", TEXT)
    window.shown(page.action("pause", TEXT), "the control to pause")
    yield "a download under way"
    page.press("pause", TEXT)
    page.status_is(TEXT, "paused", SHOWN_WITHIN)
    yield "a paused download"
    page.press("cancel", TEXT)
    window.shown(page.dialog, "the dialog before cancelling")
    yield "an open dialog"
    window.press("Escape")
    hub.admin.downloads.start(FAST)
    page.status_is(FAST, "available", DONE_WITHIN)
    overwritten(hub.models_folder / FAST)
    page.press("check", FAST)
    page.status_is(FAST, "corrupted", SHOWN_WITHIN)
    yield "a damaged model"
    hub.admin.caring.repair(FAST)
    page.status_is(FAST, "available", DONE_WITHIN)
    hub.source.publishes(FAST, personas.material("modelhub_page")["newer"], changed_files=["config.json"])
    hub.admin.caring.look_for_updates()
    window.shown(page.action("update", FAST), "the control to update")
    yield "an update on offer"
    hub.source.fails("status", model_id=IMAGE, value=NOT_FOUND)
    page.press("download", IMAGE)
    window.shown(page.errors.filter(has_text=IMAGE), "the error of the download that fails")
    yield "an error"
    _sets_a_limit(person, slow_mbps)
    yield "the settings"


def _sets_a_limit(person: AtManagePage, mbps: float) -> None:
    with person.window.waiting("the settings") as milliseconds:
        person.page.field("bandwidth").fill(f"{mbps:g}", timeout=milliseconds)
        person.page.settings_form.get_by_role("button").click(timeout=milliseconds)
    person.window.shown(person.page.announcements.filter(has_text="saved"), "the settings to be saved")
