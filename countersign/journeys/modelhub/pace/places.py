"""Several connections of one person to the hub, each of which can be a client of a load."""

from functools import partial

from countersign.evidence import Recorder
from countersign.journeys.modelhub.user import HubUser
from countersign.load.nonstop import Client, Deed
from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.modelhub.routine import Routines, ask


class Places:
    """Several connections of one person. Single calls are not noted: nobody reads thousands of them."""

    def __init__(self, user: HubUser, count: int) -> None:
        unheard = Recorder(user.stage.recorder.redactor, limit=0)
        self.apis = [
            ModelHubApi(user.system, f"{user.name} {number}", unheard).goes_on_as(user.api)
            for number in range(1, count + 1)
        ]

    def __enter__(self) -> "Places":
        return self

    def __exit__(self, *_: object) -> None:
        for api in self.apis:
            api.close()

    def asking(self, routines: Routines) -> list[Client]:
        """Give a client at each place; they begin at different points of the routine."""
        return [self.client(number, routines) for number in range(len(self.apis))]

    def client(self, place: int, routines: Routines) -> Client:
        """Give a client at one place."""
        return partial(_deed, self.apis[place], routines, place)


def _deed(api: ModelHubApi, routines: Routines, first: int, number: int) -> Deed:
    routine = routines(first + number)
    return Deed(routine.what, partial(ask, api, routine))
