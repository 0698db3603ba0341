"""Faults of sockets, credentials, names, odd input and the page."""

import posixpath
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

import jwt
from sqlalchemy import select

from reference.common.altered_pages import AlteredPages, Changes, changed
from reference.common.answers import PlainJson
from reference.modelhub import tables
from reference.modelhub.accounts.people import Caller
from reference.modelhub.faults import fault
from reference.modelhub.live.frames import Event
from reference.modelhub.live.sockets import Connection
from reference.modelhub.models.folder import ModelsFolder
from reference.modelhub.parts import Parts

NOBODY = Caller("nobody", "nobody", "user")
QUIET = ("health_monitoring", "fallback_notifications", "queue_updates")


@fault("socket-tells-everyone", "MH-WS-01", "MH-SEC-01", "MH-SEC-03")
def socket_tells_everyone(parts: Parts) -> None:
    """Let everybody listen, to all topics and to everybody's generations."""
    entry = parts.sockets.entry

    async def anybody(socket: Any) -> Caller:
        return await entry(socket) or NOBODY

    def send(event: Event) -> None:
        for connection in parts.sockets.all():
            text = parts.frame_writer.topic(event) if connection.topics_socket else parts.frame_writer.plain(event)
            if text is not None:
                connection.put(text)

    parts.sockets.entry = anybody  # type: ignore[method-assign]
    parts.sockets.deliver = send  # type: ignore[method-assign]


@fault("events-lost-on-reconnect", "MH-WS-04")
def events_lost_on_reconnect(parts: Parts) -> None:
    """Tell neither what was missed nor how everything is now."""

    async def nothing(connection: Connection, topic: str, since: int | None) -> None:
        return None

    parts.topic_talk.catch_up = nothing  # type: ignore[method-assign]


@fault("quiet-topics", "MH-WS-03", "MH-WS-05")
def quiet_topics(parts: Parts) -> None:
    """Never send on the topics of health, fallback and queue, nor about updates, nor on the plain socket."""
    deliver = parts.sockets.deliver

    def some(event: Event) -> None:
        if event.topic not in QUIET and event.kind != "model_update_notification":
            deliver(event)

    parts.sockets.deliver = some  # type: ignore[method-assign]
    parts.frame_writer.plain = lambda event: None  # type: ignore[method-assign]


@fault("token-only-decoded", "MH-SEC-02", "MH-SEC-04")
def token_only_decoded(parts: Parts) -> None:
    """Believe whatever a token says: its signature, its end and its type are not looked at."""
    caller = parts.accounts.caller

    async def believed(credential: str) -> Caller:
        try:
            claims = jwt.decode(credential, options={"verify_signature": False, "verify_exp": False})
        except jwt.PyJWTError:
            return await caller(credential)
        users = tables.users
        query = select(users).where(users.c.id == str(claims.get("sub")))
        row = await parts.ledger.look(lambda connection: connection.execute(query).first())
        if row is None:
            return await caller(credential)
        return Caller(row.id, row.username, str(claims.get("role", row.role)))

    parts.accounts.caller = believed  # type: ignore[method-assign]


@fault("trusts-names", "MH-SEC-05", "MH-SEC-06", "MH-SEC-07")
def trusts_names(parts: Parts) -> None:
    """Follow `..` in names of files and models, and show release notes as HTML."""
    parts.reader.trouble = lambda file, seen: None  # type: ignore[method-assign]
    _follow_names(parts.folder)
    _follow_ids(parts)
    policy = parts.page.policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    parts.page = AlteredPages(parts.page, changed(parts.page, NOTES_RUN), policy)


def _follow_names(folder: ModelsFolder) -> None:
    # No further than the folder that the hub itself lives in: the fault must not harm the machine it is shown on.
    home = folder.root.parent.resolve()

    def inside(path: Path) -> Path:
        if not path.resolve().is_relative_to(home):
            raise PermissionError("outside of the folder of the hub")
        return path

    folder._inside = inside  # type: ignore[method-assign]


class _Followed(dict[str, str]):
    """Names of models, found at the end of a path too."""

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name) or super().get(posixpath.basename(posixpath.normpath(name)), default)


def _follow_ids(parts: Parts) -> None:
    now = parts.viewer.now

    def followed(connection: Any) -> Any:
        view = now(connection)
        return replace(view, names=_Followed(view.names))

    parts.viewer.now = followed  # type: ignore[method-assign]


NOTES_RUN: Changes = {
    "models.js": {
        'tell(row.notes, model.update_available && model.notes ? `What is new: ${model.notes}` : "");': (
            "row.notes.hidden = !(model.update_available && model.notes);\n"
            "  if (!row.notes.hidden && row.told !== model.notes) {\n"
            "    row.told = model.notes;\n"
            "    row.notes.innerHTML = `What is new: ${model.notes}`;\n"
            "  }"
        )
    }
}


@fault("crash-on-odd-input", "MH-API-01", "MH-API-02", "MH-SEC-06")
def crash_on_odd_input(parts: Parts) -> None:
    """Answer odd values with a server error that shows the inside."""

    def crash(error: BaseException) -> Any:
        inside = "".join(traceback.format_exception(error))
        return PlainJson({"detail": f"Traceback (most recent call last): {inside} {__file__}"}, 500)

    parts.problems.invalid = crash  # type: ignore[method-assign]
    parts.problems.unreadable = crash  # type: ignore[method-assign]


@fault("page-div-buttons", "MH-A11Y-01", "MH-A11Y-02", "MH-A11Y-03", "MH-JOURNEY-07")
def page_div_buttons(parts: Parts) -> None:
    """Make nameless boxes of the buttons, and announce nothing."""
    parts.page = AlteredPages(parts.page, changed(parts.page, BOXES), parts.page.policy)


BOXES: Changes = {
    "models.js": {
        'const button = el(\n      "button",\n      { type: "button",': (
            'const button = el(\n      "div",\n      { class: "box",'
        ),
        '      label,\n      el("span", { class: "hidden-text" }, ` ${id}`),\n': "",
        '      role: "progressbar",\n      "aria-label": `Progress of ${id}`,\n': "",
    },
    "index.html": {
        ' role="alert" class="errors"': ' class="errors"',
        ' role="status" aria-live="polite" class="announcements"': ' hidden class="announcements"',
        '<label for="username">User name</label>': "User name",
    },
    "style.css": {
        ".bar {": ".box { width: 2.2rem; height: 2.2rem; background: var(--accent); cursor: pointer; }\n.bar {"
    },
}


@fault("page-pale-fixed", "MH-A11Y-01", "MH-A11Y-04")
def page_pale_fixed(parts: Parts) -> None:
    """Print faintly in a fixed width and size, and name buttons otherwise than they are labelled."""
    parts.page = AlteredPages(parts.page, changed(parts.page, PALE), parts.page.policy)


PALE: Changes = {
    "style.css": {
        "--soft: #475164;": "--soft: #b4bac6;",
        "--ink: #1c2330;": "--ink: #a3abba;",
        "main { max-width: 64rem; margin: 0 auto; padding: 1rem; }": (
            "main { width: 1000px; margin: 0 auto; padding: 16px; font-size: 16px; }"
        ),
    },
    "models.js": {
        '{ type: "button", "data-testid": `action-${action}-${id}`, hidden: "" },': (
            '{ type: "button", "data-testid": `action-${action}-${id}`, hidden: "", "aria-label": `Item ${id}` },'
        )
    },
}
