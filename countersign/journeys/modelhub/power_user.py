"""A power user of the model hub: an administrator, who may update, delete and set what holds for everybody."""

from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.api import ModelHubApi


class PowerUser(HubUser):
    """Somebody who works with the administrator's account of the target."""

    @property
    def api(self) -> ModelHubApi:
        """The person's client, signed in as administrator."""
        if self._api is None:
            self._api = ModelHubApi(self.system, self.name, self.stage.recorder)
            account = next(each for each in self.system.staff if each.role == "admin")
            self._api.sign_in(account.email, account.password)
        return self._api
