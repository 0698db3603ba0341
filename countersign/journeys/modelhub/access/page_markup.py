"""What the page makes of markup in release notes, in prompts and in names of models."""

from dataclasses import dataclass

import personas
from countersign.errors import DeadlineExceeded
from countersign.expect.page_markup import Liveliness, Written
from countersign.journeys.modelhub.page.at_page import AtManagePage, at_manage_page
from countersign.journeys.modelhub.user import HubUser

UPDATED, GENERATING, NEWER = "ti2v-5B", "t2v-A14B", "1.5.1"
SHOWN_WITHIN, GENERATED_WITHIN = 6.0, 20.0


@dataclass(frozen=True)
class MarkupSeen:
    """The texts with markup, and what became of the page."""

    texts: list[Written]
    liveliness: Liveliness


def meets_markup(user: HubUser) -> MarkupSeen:
    """Publish an update and a model with markup, look at the models on the page, and generate with markup."""
    user.stage.need("origin-control", "model-page")
    material, hub = personas.material("modelhub_access")["markup"], user.hub
    notes, prompt = (material[name].format(user.stage.tag) for name in ("notes", "prompt"))
    hub.source.publishes(UPDATED, NEWER, changed_files=["config.json"], release_notes=notes)
    hub.source.publishes(material["model"], "1.0.0", size_mb=0.1, release_notes=notes)
    hub.admin.caring.look_for_updates()
    at_page = at_manage_page(user)
    page = at_page.page
    page.open()
    before = {kind: page.window.page.locator(kind).count() for kind in material["elements"]}
    page.fill_in(*at_page.account)
    texts = [Written("the release notes", notes, _models(at_page, notes))]
    page.generate_form.get_by_role("combobox").select_option(GENERATING)
    page.generate_form.get_by_role("textbox").fill(prompt)
    page.generate_form.get_by_role("button").click()
    page.result_says("completed", GENERATED_WITHIN)
    user.stage.attach("markup on the page", page.window.screenshot(whole_page=True), "image/jpeg")
    after = {kind: page.window.page.locator(kind).count() for kind in material["elements"]}
    seen = page.window.seen
    return MarkupSeen(texts, Liveliness(tuple(seen.dialogs), before, after, tuple(seen.page_errors)))


def _models(at_page: AtManagePage, notes: str) -> str:
    """Read what the list of models says once the notes are there, or what it says instead."""
    page = at_page.page
    beginning = notes.partition("<")[0].strip()
    part = page.part(UPDATED).filter(has_text=beginning)
    try:
        page.window.shown(part, "the release notes", SHOWN_WITHIN)
    except DeadlineExceeded:
        return page.window.text(page.models, "the models")
    return page.window.text(part, "the model with release notes")
