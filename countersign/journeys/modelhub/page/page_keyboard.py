"""Every control of the page of the hub by keyboard alone, while a focus in another window is left alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import personas
from countersign.expect.modelhub.page_focus import Landing, Operated, Tours
from countersign.expect.page_access import KeyboardWay
from countersign.expect.page_announcing import DialogFocus
from countersign.journeys.by_keyboard import Hands
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.page.at_page import DONE_WITHIN, SHOWN_WITHIN, AtManagePage, administers_at_page
from countersign.journeys.modelhub.upkeep.damage import unreadable
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks.walk import must
from countersign.systems.pages.model import Rested

TEXT, IMAGE, FAST = (model_of(f"the {kind} model") for kind in ("text", "image", "fast"))
LEFT_ALONE_SECONDS = 30.0
LEFT_ALONE_WITHIN = 60.0


@dataclass(frozen=True)
class WorkedByKeyboard:
    """What came of it: stops, controls operated, where the focus went, the whole page gone over, a focus left alone."""

    way: KeyboardWay
    operated: Operated
    landings: tuple[Landing, ...]
    dialog: DialogFocus
    tours: Tours
    rested: Rested


def works_by_keyboard(person: HubUser) -> WorkedByKeyboard:
    """Use every control of the page by keyboard alone; a second window, in which nobody does anything, looks on."""
    person.stage.need("updates", "repair", "model-files", "origin-control")
    worker = _Worker(administers_at_page(person))
    return worker.works()


class _Worker(Hands):
    """Somebody who does it all with the keys; `used` are the names of the controls that had their effect."""

    def __init__(self, at_page: AtManagePage) -> None:
        super().__init__(at_page)
        self.at_page, self.page = at_page, at_page.page
        self.hub = at_page.person.hub
        self.material = personas.material("modelhub_page")
        self.used: list[str] = []
        self.landings: list[Landing] = []

    def works(self) -> WorkedByKeyboard:
        from countersign.systems.pages.resting import rested

        onlooker = self._somebody_looks_on()
        self._comes_in()
        self._sets_everything()
        self._controls("Download", IMAGE, lands_on=(f"Pause {IMAGE}", f"Cancel {IMAGE}"), status="downloading")
        self.takes_in()
        self.window.eventually(self._begun, DONE_WITHIN, every=0.1, what=f"all controls of {IMAGE} to be there")
        tours = Tours(self.window.tour(), self.window.tour(backwards=True))
        self._controls("Pause", IMAGE, lands_on=(f"Resume {IMAGE}",), status="paused", key="Space")
        self.takes_in()
        self._controls("Resume", IMAGE, lands_on=(f"Pause {IMAGE}", IMAGE), status="downloading")
        dialog = self._thinks_better_of_cancelling()
        self._answers_yes("Cancel", IMAGE, lands_on=f"Download {IMAGE}")
        self._looks_after_a_model()
        self._generates()
        self._answers_yes("Delete", FAST, lands_on=FAST)
        dialog = replace(dialog, kept_afterwards=bool(self._focused()))
        onlooker.window.eventually(
            lambda: must(rested(onlooker.window).seconds >= LEFT_ALONE_SECONDS, "the 30 seconds are not over"),
            LEFT_ALONE_WITHIN,
            every=0.5,
            what="the focus that is left alone",
        )
        way = KeyboardWay(tuple(self.visit.stops), tuple(self.visit.controls))
        operated = Operated(way.controls, tuple(self.used), (TEXT, IMAGE, FAST))
        return WorkedByKeyboard(way, operated, tuple(self.landings), dialog, tours, rested(onlooker.window))

    def _somebody_looks_on(self) -> AtManagePage:
        """Have another window, with the focus on a control of a model that changes all the time."""
        from countersign.systems.modelhub.page import MODEL_ROWS
        from countersign.systems.pages.resting import rests

        self.hub.admin.downloads.start(TEXT, bandwidth_limit_mbps=self.material["slow_mbps"])
        onlooker = administers_at_page(self.at_page.person, f"{self.at_page.name} (the other window)")
        onlooker.signs_in()
        onlooker.window.tab_to_element(onlooker.page.action("cancel", TEXT), "button", f"Cancel {TEXT}")
        rests(onlooker.window, MODEL_ROWS)
        return onlooker

    def _comes_in(self) -> None:
        self.page.open()
        self.takes_in()
        link = self.window.page.get_by_role("link").first
        self._comes_to(link, "link")
        self.window.press("Enter")
        for hook, text in zip(("username", "password"), self.at_page.account, strict=True):
            self._comes_to(self.page.field(hook), "textbox")
            self.window.type(text)
        self._comes_to(self.page.sign_in_button, "button")
        self.window.press("Enter")
        self.window.shown(self.page.models, "the list of models", SHOWN_WITHIN)
        self.window.shown(self.page.action("download", IMAGE), "the control to download", SHOWN_WITHIN)
        self.takes_in()

    def _sets_everything(self) -> None:
        """Set a low speed, three downloads at once and no automatic repair; the hub has to know of all of it."""
        form, slow = self.page.settings_form, self.material["slow_mbps"]
        speed, parallel = form.get_by_role("spinbutton").all()
        for element, text in ((speed, f"{slow:g}"), (parallel, "3")):
            self._comes_to(element, "spinbutton")
            self.window.type(text)
        self._comes_to(form.get_by_role("checkbox"), "checkbox")
        self.window.press("Space")
        self._comes_to(form.get_by_role("button"), "button")
        self.window.press("Enter")

        def in_force() -> None:
            told = self.hub.admin.config.preferences()
            downloads, health = told["download_config"], told["health_monitoring"]
            must(downloads["bandwidth_limit_mbps"] == slow, "the limit is not in force")
            must(downloads["max_concurrent_downloads"] == 3, "the number of downloads is not in force")
            must(not health["auto_repair_enabled"], "automatic repair is still on")

        self.window.eventually(in_force, SHOWN_WITHIN, every=0.1, what="the settings to be in force")

    def _begun(self) -> None:
        """See a download under way: with its first bytes come further controls, which must not come during a tour."""
        told = self.hub.admin.models.status(IMAGE)
        must(told.size_mb > 0, "nothing has arrived yet")
        for action in told.actions:
            must(self.page.action(action, IMAGE).is_visible(), f"the page does not offer to {action} yet")

    def _thinks_better_of_cancelling(self) -> DialogFocus:
        """Open the dialog, go round in it, leave it by Escape; open it anew and leave it by its button."""
        cancel = self.page.action("cancel", IMAGE)
        self._comes_to(cancel, "button")
        self.window.press("Enter")
        self.window.shown(self.page.dialog, "the dialog before cancelling")
        self.takes_in()
        dialog = self.looks_into_dialog(self.page.dialog, cancel, "the dialog before cancelling")
        self.window.press("Enter")
        self._answers(self.page.dialog.get_by_role("button").first)
        self.landings.append(Landing("Keep it", (f"Cancel {IMAGE}",), self._focused()))
        return dialog

    def _looks_after_a_model(self) -> None:
        """Check and repair a damaged model, update it and go back to the version before."""
        unreadable(self.hub.models_folder / FAST)
        self._controls("Check", FAST, lands_on=(f"Check {FAST}",), status="corrupted")
        self.takes_in()
        self._controls("Repair", FAST, lands_on=(FAST,), status="available")
        before = self.hub.admin.models.status(FAST).current_version
        self.hub.source.publishes(FAST, self.material["newer"], changed_files=["config.json"])
        self.hub.admin.caring.look_for_updates()
        self._controls(
            "Update", FAST, lands_on=(FAST,), done=lambda: self._has_version(self.material["newer"], "rollback")
        )
        self.takes_in()
        self._controls("Roll back", FAST, lands_on=(FAST,), done=lambda: self._has_version(before, "update"))

    def _generates(self) -> None:
        form, choosers = self.page.generate_form, self.page.file_choosers()
        self._comes_to(form.get_by_role("combobox"), "combobox")
        self.window.type(FAST)
        self._comes_to(form.get_by_role("textbox"), "textbox")
        self.window.type(personas.material("modelhub")["prompts"]["plain"])
        image = self.page.field("generate-image")
        self.takes_in()
        self._comes_to(image, "button")
        self.window.press("Enter")
        self.window.eventually(
            lambda: must(choosers, "no chooser opened"), SHOWN_WITHIN, what="the choice of a picture"
        )
        picture = bytes.fromhex("".join(personas.material("modelhub_workflows")["image"].split()))
        choosers[0].set_files({"name": "start.png", "mimeType": "image/png", "buffer": picture})
        self._comes_to(form.get_by_role("button").last, "button")
        self.window.press("Enter")
        self.page.result_says("completed", DONE_WITHIN)

    def _answers_yes(self, word: str, model_id: str, *, lands_on: str) -> None:
        """Use a control that asks first, and say yes; the model is gone then."""
        self._opens_dialog(word, model_id)
        self._answers(self.page.dialog.get_by_role("button").last)
        self.page.status_is(model_id, "missing", DONE_WITHIN)
        self.landings.append(Landing(f"{word} {model_id}", (lands_on,), self._focused()))

    def _opens_dialog(self, word: str, model_id: str) -> None:
        self._comes_to(self.page.action(word.lower(), model_id), "button")
        self.window.press("Enter")
        self.window.shown(self.page.dialog, f"the dialog after {word!r}")
        self.takes_in()

    def _answers(self, button: Any) -> None:
        """Answer the dialog with one of its buttons."""
        self._comes_to(button, "button")
        self.window.press("Enter")
        with self.window.waiting("the dialog to be closed") as milliseconds:
            self.page.dialog.wait_for(state="hidden", timeout=milliseconds)

    def _controls(
        self,
        word: str,
        model_id: str,
        *,
        lands_on: tuple[str, ...],
        status: str = "",
        done: Callable[[], None] | None = None,
        key: str = "Enter",
    ) -> None:
        """Use the control of an action, wait for its effect and keep where the focus is then."""
        self._comes_to(self.page.action(word.lower().replace(" ", ""), model_id), "button")
        self.window.press(key)
        if status:
            self.page.status_is(model_id, status, DONE_WITHIN)
        if done is not None:
            self.window.eventually(done, DONE_WITHIN, every=0.1, what=f"the effect of {word!r} on {model_id}")
        self.landings.append(Landing(f"{word} {model_id}", lands_on, self._focused()))

    def _comes_to(self, element: Any, role: str) -> None:
        from countersign.systems.pages.access import node_of

        self.window.shown(element, f"a {role}", SHOWN_WITHIN)
        name = node_of(self.window, element).name
        self.comes_to_element(element, role, name)
        self.used.append(name)

    def _focused(self) -> str:
        from countersign.systems.pages.resting import focused_words

        return focused_words(self.window)

    def _has_version(self, version: str | None, next_action: str) -> None:
        installed = self.hub.admin.models.status(FAST).current_version
        must(installed == version, f"version {installed} is installed")
        must(self.page.action(next_action, FAST).is_visible(), f"the page does not offer to {next_action}")
