"""Who may do what."""

from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from reference.modelhub.accounts.people import Caller
from reference.modelhub.refusals import forbidden, unauthorized

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts


class Guard:
    """Decides who may do what."""

    def __init__(self, parts: "Parts") -> None:
        """Ask the accounts in `parts`."""
        self._parts = parts

    async def caller(self, shown: str | None) -> Caller:
        """Say who shows a credential. Raises Refused (401)."""
        if not shown:
            raise unauthorized("missing", "The credential is missing: send Authorization: Bearer <token>.")
        return await self._parts.accounts.caller(shown)

    def admin(self, caller: Caller) -> None:
        """Refuse everybody but administrators."""
        if not caller.is_admin:
            raise forbidden()


def credential(connection: HTTPConnection) -> str | None:
    """Give the bearer credential of a request."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
