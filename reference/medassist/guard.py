"""Who may do what: roles, ownership, and how often."""

from reference.common.limits import TokenBuckets
from reference.medassist.audit import AuditTrail
from reference.medassist.people import Caller, Role
from reference.medassist.refusals import forbidden, too_many


class Guard:
    """Refuses what a role does not allow, and leaves a trace of it. Methods raise DatabaseUnavailable and Refused."""

    def __init__(self, audit: AuditTrail, requests: TokenBuckets) -> None:
        """Count requests in `requests`."""
        self._audit = audit
        self._requests = requests

    async def role(self, caller: Caller, allowed: tuple[str, ...], resource: str, resource_id: str | None) -> None:
        """Refuse a role that is not among the allowed ones."""
        if caller.account.role not in allowed:
            await self.denied(caller, resource, resource_id)
            raise forbidden()

    async def owner(self, caller: Caller, owner_id: str, resource: str, resource_id: str) -> None:
        """Refuse patients what belongs to another patient."""
        if not caller.is_staff and caller.account.id != owner_id:
            await self.denied(caller, resource, resource_id)
            raise forbidden()

    async def denied(self, caller: Caller, resource: str, resource_id: str | None) -> None:
        """Leave a trace of a refusal."""
        await self._audit.note("access_denied", caller.actor, resource, resource_id, details={}, outcome="blocked")

    def may_create(self, role: Role, caller: Caller | None) -> bool:
        """Say whether somebody may create an account of a role; None is a stranger."""
        return role == "patient" or (caller is not None and caller.account.role == "admin")

    def rate(self, caller: Caller) -> None:
        """Refuse a caller who asks too often."""
        wait = self._requests.take(caller.account.id)
        if wait is not None:
            raise too_many("You ask too often. Please wait a moment.", wait)
