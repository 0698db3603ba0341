"""Faults of privacy: what the log tells, and which web sites may read the API."""

from starlette.middleware.cors import CORSMiddleware
from starlette.websockets import WebSocket

from reference.common.around import AsgiApp
from reference.medassist.chat.intake import Incoming
from reference.medassist.faults import fault
from reference.medassist.parts import Parts
from reference.medassist.people import Caller


@fault("open-curtains", "MA-SEC-06", "MA-SEC-08")
def open_curtains(parts: Parts) -> None:
    """Write messages, and addresses of sockets with their tokens, to the log; let every web site read the API."""
    judged, caller = parts.intake.judged, parts.door.caller

    def judged_and_logged(text: str, client_message_id: str | None) -> Incoming:
        parts.logbook.event("message", text=text)
        return judged(text, client_message_id)

    async def let_in_and_logged(socket: WebSocket) -> Caller:
        parts.logbook.event("handshake", address=str(socket.url))
        return await caller(socket)

    parts.intake.judged = judged_and_logged  # type: ignore[method-assign]
    parts.door.caller = let_in_and_logged  # type: ignore[method-assign]
    parts.layers.append(_any_origin)


def _any_origin(app: AsgiApp) -> AsgiApp:
    return CORSMiddleware(
        app, allow_origin_regex=".*", allow_credentials=True, allow_methods=["*"], allow_headers=["*"]
    )
