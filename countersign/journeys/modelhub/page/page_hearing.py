"""The page of the hub with a screen reader: downloads, errors, damage and a repair, and what is heard of them."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import personas
from countersign.errors import DeadlineExceeded, SystemFault
from countersign.expect.modelhub.page_progress import Complaint, EventsTold, PartTold, ProgressSeen, Told, ToldPercent
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.page.at_page import DONE_WITHIN, SHOWN_WITHIN, AtManagePage, at_manage_page
from countersign.journeys.modelhub.upkeep.damage import overwritten
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks.walk import must
from countersign.systems.pages.model import BarLook, Said

TEXT, IMAGE, FAST = (model_of(f"the {kind} model") for kind in ("text", "image", "fast"))
NOT_FOUND = 404
TOLD_WITHIN = 3.0
"""The page may be 2 s behind the hub (contract, section 3.13)."""
OVER_WITHIN = 40.0
EVERY = 0.2


@dataclass
class HeardAtPage:
    """What a person with a screen reader was told."""

    parts: list[PartTold] = field(default_factory=list)
    events: EventsTold = field(default_factory=EventsTold)
    complaints: list[Complaint] = field(default_factory=list)
    said: tuple[Said, ...] = ()
    bar: list[BarLook] = field(default_factory=list)
    told: list[ToldPercent] = field(default_factory=list)

    @property
    def progress(self) -> ProgressSeen:
        """The progress of the download, on the page and from the hub."""
        return ProgressSeen(TEXT, tuple(self.bar), tuple(self.told))


def hears_everything(person: HubUser) -> HeardAtPage:
    """Download, pause and go on, meet two errors, and have a damaged model repaired, with a screen reader."""
    person.stage.need("repair", "model-files", "origin-control")
    listener = _Listener(at_manage_page(person))
    try:
        listener.lives_through_it()
    except SystemFault as fault:  # a page that lets nobody on is judged by what it told until then
        listener.heard.events.stopped = str(fault)
    listener.ends()
    return listener.heard


class _Listener:
    """Somebody who finds everything by its name and hears what is announced."""

    def __init__(self, at_page: AtManagePage) -> None:
        self.at_page, self.page, self.window = at_page, at_page.page, at_page.window
        self.user, self.hub = at_page.person, at_page.person.hub
        self.heard = HeardAtPage()
        self.words: dict[str, list[str]] = personas.material("modelhub_page")["events"]

    def lives_through_it(self) -> None:
        self._comes_in()
        self._meets_a_refusal()
        self._does("Download", TEXT, "a start", lambda: self._is(TEXT, "downloading"))
        self.takes_in(TEXT, "downloading")
        self._meets_a_failure()
        overwritten(self.hub.models_folder / IMAGE)
        self._does("Check", IMAGE, "damage")
        self.takes_in(IMAGE, "corrupted")
        self._does("Repair", IMAGE, "a repair", lambda: self._is(IMAGE, "available"))
        self._does("Pause", TEXT, "a pause", lambda: self._is(TEXT, "paused"))
        self.takes_in(TEXT, "paused")
        self._does("Resume", TEXT, "going on")
        before = self.said()
        self.waits(lambda: self._is(TEXT, "available"), OVER_WITHIN, "the download to be over")
        self._hears("completion", TEXT, before)
        self.takes_in(TEXT, "available")

    def ends(self) -> None:
        from countersign.systems.pages.listening import heard

        with suppress(SystemFault):  # a page that answers no more has told why before
            self.heard.said = heard(self.window)

    def _comes_in(self) -> None:
        from countersign.systems.pages.listening import listens

        self.at_page.signs_in()
        listens(self.window)
        self.window.shown(self.page.part(TEXT), f"the part about {TEXT}", SHOWN_WITHIN)
        for model_id, status in self.hub.admin.models.statuses().items():
            self.takes_in(model_id, status.availability)
        self.user.api.config.prefer(
            download_config={"bandwidth_limit_mbps": personas.material("modelhub_page")["heard_mbps"]}
        )

    def _meets_a_refusal(self) -> None:
        """Ask for a model that the person's own settings block."""
        self.user.api.config.prefer(blocked_models=[FAST])
        refused = self.user.api.downloads.try_managing(FAST, "start").must_be(403).json()
        self._uses("Download", FAST)
        self._complains("a refused download", str(refused["detail"]), [str(refused["hint"])])
        self.user.api.config.prefer(blocked_models=[])

    def _meets_a_failure(self) -> None:
        """Download a model that the source does not have any more."""
        self.hub.source.fails("status", model_id=FAST, value=NOT_FOUND)
        before = self.said()
        self._uses("Download", FAST)
        self.waits(lambda: self._has_failed(FAST), DONE_WITHIN, "the download to fail")
        failed = self.user.api.downloads.progress(FAST)
        self._hears("a failure", FAST, before)
        self._complains("a failed download", str(failed.error), failed.guidance)

    def _does(self, word: str, model_id: str, event: str, done: Callable[[], None] | None = None) -> None:
        """Use a control, wait until it is done, and hear of it."""
        before = self.said()
        self._uses(word, model_id)
        if done is not None:
            self.waits(done, DONE_WITHIN, f"{model_id} after {word!r}")
        self._hears(event, model_id, before)

    def _uses(self, word: str, model_id: str) -> None:
        """Find a control by its whole name, as a screen reader lists it, and use it."""
        control = self.page.button(f"{word} {model_id}")
        self.window.shown(control, f"a button that is named '{word} {model_id}'", SHOWN_WITHIN)
        self.window.note(f"uses {word} {model_id}")
        with self.window.waiting(f"the focus on '{word} {model_id}'") as milliseconds:
            control.focus(timeout=milliseconds)
        self.window.press("Enter")

    def _hears(self, event: str, model_id: str, before: Sequence[Said]) -> None:
        words = tuple(self.words[event])

        def told() -> Told:
            news = tuple(each.text for each in self.said()[len(before) :])
            return Told(event, model_id, words, news)

        with suppress(DeadlineExceeded):  # what is not told by then is judged as silent
            self.waits(lambda: must(told().was, "nothing is heard of it"), TOLD_WITHIN, f"{event} of {model_id}")
        self.heard.events.told.append(told())

    def _complains(self, what: str, sentence: str, ways_on: Sequence[str]) -> None:
        def complaint() -> Complaint:
            alerts = self.window.page.get_by_role("alert").all_inner_texts()
            return Complaint(what, sentence, tuple(ways_on), tuple(" ".join(each.split()) for each in alerts))

        with suppress(DeadlineExceeded):
            self.waits(
                lambda: must(sentence in " ".join(complaint().alerts), "no alert says it"),
                TOLD_WITHIN,
                f"an alert on {what}",
            )
        self.heard.complaints.append(complaint())

    def takes_in(self, model_id: str, state: str) -> None:
        """Keep how a screen reader is told of the part about a model."""
        nodes, text = self.page.nodes_of(model_id), self.page.told_of(model_id)
        self.heard.parts.append(PartTold(model_id, state, nodes, text))

    def said(self) -> tuple[Said, ...]:
        from countersign.systems.pages.listening import heard

        return heard(self.window)

    def waits(self, question: Callable[[], Any], within: float, what: str) -> None:
        """Wait for something; the progress of the download is looked at all the time meanwhile."""

        def asked() -> None:
            self._looks_at_progress()
            question()

        self.window.eventually(asked, within, every=EVERY, what=what)

    def _looks_at_progress(self) -> None:
        look = self.page.look_at_bar(TEXT)
        if look is None:
            return
        self.heard.bar.append(look)
        asked = time.time()
        percent = self.user.api.downloads.progress(TEXT).percent
        self.heard.told.append(ToldPercent(asked, time.time(), percent))

    def _is(self, model_id: str, status: str) -> None:
        shown = self.page.shown_status(model_id)
        must(shown == status, f"{model_id} is shown as {shown}")

    def _has_failed(self, model_id: str) -> None:
        download = self.user.api.downloads.all().get(model_id)
        must(download and download.status == "failed", f"the download of {model_id} is {download and download.status}")
