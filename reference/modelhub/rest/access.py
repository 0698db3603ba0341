"""What routes ask for before anything else: a credential, a role, a model that exists."""

from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPBearer
from starlette.requests import Request

from reference.modelhub.accounts.guard import credential
from reference.modelhub.accounts.people import Caller
from reference.modelhub.parts import Parts
from reference.modelhub.refusals import unknown_model
from reference.modelhub.store.view import HubView, ModelView

_described = HTTPBearer(auto_error=False)


class Access:
    """Dependencies of routes."""

    def __init__(self, parts: Parts) -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def user(self, request: Request, _: Annotated[object, Depends(_described)]) -> Caller:
        """Ask for a credential."""
        return await self._parts.guard.caller(credential(request))

    async def admin(self, request: Request, _: Annotated[object, Depends(_described)]) -> Caller:
        """Ask for an administrator's credential."""
        caller = await self._parts.guard.caller(credential(request))
        self._parts.guard.admin(caller)
        return caller

    async def model(self, name: str, view: HubView | None = None) -> ModelView:
        """Find a model by its name in any case. Raises Refused (404)."""
        viewer = self._parts.viewer
        # A model that was published a moment ago is looked for once more.
        found = (view or await viewer.view()).find(name) or (await viewer.fresh()).find(name)
        if found is None:
            raise unknown_model()
        return found
