"""A power user of the model hub: an administrator, who may update, delete and set what holds for everybody."""

from functools import cached_property

from countersign.journeys.modelhub.user import HubUser


class PowerUser(HubUser):
    """Somebody who works with the administrator's account of the target."""

    @cached_property
    def account(self) -> tuple[str, str]:
        """The name and the password of the target's administrator."""
        return self.hub.administrator
