"""Decide who may enter a chat."""

import re
from dataclasses import dataclass

from reference.chattrain.sessions import LARGEST_ID, Session, SessionStore

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,20}")

FORBIDDEN = 403
NO_SUCH_SESSION = 4004


class HandshakeRefused(Exception):
    """The handshake is answered with 403; nothing is accepted."""


@dataclass(frozen=True)
class Caller:
    """What a handshake shows: the session asked for, as text, the token and the browser's origin."""

    session_id: str
    token: str | None
    origin: str | None


class Door:
    """Checks origin, session number and token of everyone who wants to join a chat."""

    def __init__(self, sessions: SessionStore, origins: frozenset[str]) -> None:
        """Look sessions up in `sessions`; browsers must come from one of `origins`."""
        self._sessions = sessions
        self._origins = origins

    def session_number(self, caller: Caller) -> int:
        """Check what can be checked before accepting. Raises HandshakeRefused.

        Callers without an origin are no browsers and pass.
        """
        if caller.origin is not None and caller.origin not in self._origins:
            raise HandshakeRefused("foreign origin")
        if not _WHOLE_NUMBER.fullmatch(caller.session_id):
            raise HandshakeRefused("no number")
        number = int(caller.session_id)
        if abs(number) > LARGEST_ID:
            raise HandshakeRefused("no number of a session")
        return number

    async def session(self, number: int, caller: Caller) -> Session | None:
        """Find the caller's session. None for an unknown number, a missing and a wrong token alike."""
        return await self._sessions.owned(number, caller.token or "")
