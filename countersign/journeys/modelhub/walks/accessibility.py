"""A person who relies on accessibility features works on the page without a mouse (contract, section 6.11)."""

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.page.at_page import AtManagePage
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks import common
from countersign.journeys.modelhub.walks.common import TEXT
from countersign.journeys.modelhub.walks.walk import Taking, Walk, must

SPEED = 24
"""Mbps of the download, so that it lasts two seconds and can be paused."""
TWICE_AS_LARGE = (640, 400)
"""The same window with text of 200 %."""
SHOWN_WITHIN = 4.0
DONE_WITHIN = 12.0


class AmaraAtPage(AtManagePage):
    """The person at the page, without a mouse. `heard` is what was announced after each thing done."""

    def __init__(self, person: HubUser, way: str) -> None:
        self.way = way
        self.heard: dict[str, tuple[str, ...]] = {}
        super().__init__(person, called=f"{person.name} ({way})")

    def comes_to(self, element: Any, role: str, name: str) -> None:
        """Bring the focus to something without a mouse; a screen reader and voice control jump to it."""
        self.window.shown(element, f"the {role} {name!r}", SHOWN_WITHIN)
        if self.way in ("screen reader", "voice"):
            with self.window.waiting(f"the focus on the {role} {name!r}") as milliseconds:
                element.focus(timeout=milliseconds)
            must(self.window.has_focus(element), f"the {role} {name!r} takes no focus")
        elif not self.window.has_focus(element):
            self.window.tab_to_element(element, role, name)

    def control_of(self, action: str, word: str) -> Any:
        """Find the control of an action on the model in the way the person finds it."""
        if self.way == "screen reader":
            return self.page.button(f"{word} {TEXT}")
        return self.page.button_by_word(word, TEXT) if self.way == "voice" else self.page.action(action, TEXT)

    def does(self, action: str, word: str, done: Callable[[], object]) -> None:
        """Use the control of an action, wait until it is done and something new is announced of the model."""
        before = self.page.said()
        self.comes_to(self.control_of(action, word), "button", f"{word} {TEXT}")
        self.window.press("Enter")
        done()
        self.heard[action] = self.hears_after(before, TEXT)

    def hears_after(self, before: tuple[str, ...], naming: str) -> tuple[str, ...]:
        """Wait for an announcement that was not there before and names something; give all new ones."""

        def new() -> tuple[str, ...]:
            said = tuple(each for each in self.page.said() if each not in before)
            must(any(naming in each for each in said), f"nothing new is announced of {naming}")
            return said

        return self.window.eventually(new, SHOWN_WITHIN, what="an announcement")

    def fills(self, element: Any, name: str, text: str) -> None:
        """Come to a field and type."""
        self.comes_to(element, "textbox", name)
        self.window.type(text)


def walks(walk: Walk) -> None:
    """Walk it in the way of working that the variant names, with the text model not there yet."""
    walk.stage.need("model-page", "repair", "model-files")
    hub = hub_of(walk.stage)
    hub.leaves_damage_alone()
    hub.has_installed([])
    amara = common.regular(walk)
    amara.api.config.prefer(download_config={"bandwidth_limit_mbps": SPEED})
    walk.begins()
    person: list[AmaraAtPage] = []
    with walk.step("enable the accessibility mode") as step:
        person.append(AmaraAtPage(amara, walk.variant))
        person[0].page.open()
        step.answered()
        MODES[walk.variant](person[0])
    if not person:
        return
    at_page = person[0]
    try:
        with walk.step("navigate the interface") as step:
            _signs_in(at_page)
            step.answered()
        with walk.step("perform operations") as step:
            _operates(at_page, step)
        with walk.step("receive feedback") as step:
            step.answered()
            silent = [
                name for name in ("download", "pause", "resume", "repair", "generation") if name not in at_page.heard
            ]
            must(not silent, f"nothing was announced of: {', '.join(silent)}")
            must(at_page.page.region().announced, "a screen reader does not say what is announced")
            step.shows(announced_text=True)
    finally:
        at_page.leaves()


def _signs_in(at_page: AmaraAtPage) -> None:
    page = at_page.page
    for hook, name, text in zip(("username", "password"), ("User name", "Password"), at_page.account, strict=True):
        at_page.fills(page.field(hook), name, text)
    at_page.comes_to(page.sign_in_button, "button", "Sign in")
    at_page.window.press("Enter")
    at_page.window.shown(page.models, "the list of models", SHOWN_WITHIN)
    page.status_is(TEXT, "missing", SHOWN_WITHIN)


def _operates(at_page: AmaraAtPage, step: Taking) -> None:
    page, window = at_page.page, at_page.window
    began = time.monotonic()
    shown = partial(window.shown, within=SHOWN_WITHIN)
    at_page.does("download", "Download", lambda: shown(at_page.control_of("pause", "Pause"), "the button 'Pause'"))
    step.answered()
    at_page.does("pause", "Pause", lambda: page.status_is(TEXT, "paused", SHOWN_WITHIN))
    at_page.does("resume", "Resume", lambda: page.status_is(TEXT, "available", DONE_WITHIN))
    step.promised(None, time.monotonic() - began)
    common.overwrite(at_page.person.hub.models_folder / TEXT)
    at_page.does("check", "Check", lambda: page.status_is(TEXT, "corrupted", SHOWN_WITHIN))
    at_page.does("repair", "Repair", lambda: page.status_is(TEXT, "available", DONE_WITHIN))
    must(at_page.person.api.caring.verify(TEXT).get("is_valid"), "the model is shown as repaired, and is still damaged")
    before = page.said()
    at_page.fills(page.generate_form.get_by_role("textbox"), "the prompt", common.prompt(at_page.person))
    at_page.comes_to(page.generate_form.get_by_role("button"), "button", "Generate")
    window.press("Enter")
    page.result_says("completed", DONE_WITHIN)
    at_page.heard["generation"] = at_page.hears_after(before, "completed")


def _keyboard(at_page: AmaraAtPage) -> None:
    at_page.comes_to(at_page.page.field("username"), "textbox", "User name")


def _screen_reader(at_page: AmaraAtPage) -> None:
    nameless = [each.role for each in at_page.page.controls() if not each.name.strip()]
    must(not nameless, f"a screen reader finds {len(nameless)} controls without a name, the first a {nameless[:1]}")
    must(at_page.page.region().announced, "a screen reader does not say what is announced")


def _high_contrast(at_page: AmaraAtPage) -> None:
    from countersign.systems.pages.looks import is_as_wished

    wish = {"forced_colors": True, "less_motion": True}
    at_page.window.wish(**wish)
    must(is_as_wished(at_page.window, **wish), "the page is not shown in the colours of high contrast")
    at_page.window.shown(at_page.page.sign_in_form, "the form to sign in, in high contrast", SHOWN_WITHIN)


def _large_text(at_page: AmaraAtPage) -> None:
    from countersign.systems.pages.access import too_wide_by

    at_page.window.resize(*TWICE_AS_LARGE)
    wide = too_wide_by(at_page.window)
    must(wide <= 0, f"with text of 200 % the page is {wide} pixels too wide")


def _voice(at_page: AmaraAtPage) -> None:
    at_page.window.shown(at_page.page.button("Sign in"), "a button that can be called by its words, 'Sign in'")


MODES: Mapping[str, Callable[[AmaraAtPage], None]] = {
    "keyboard only": _keyboard,
    "screen reader": _screen_reader,
    "high contrast": _high_contrast,
    "large text": _large_text,
    "voice": _voice,
}
