"""People of the hub at its page: each has a window of the run's one browser."""

from countersign.journeys.at_page import AtPage
from countersign.journeys.modelhub.user import HubUser

SIZE = (1280, 800)
SHOWN_WITHIN = 6.0
"""Longer than the 2 s of the contract, so that a late page is measured and not only missed."""
DONE_WITHIN = 20.0


class AtManagePage(AtPage):
    """Somebody who looks after models at the page. `account` is what they sign in with."""

    def __init__(self, person: HubUser, *, called: str = "", account: tuple[str, str] | None = None) -> None:
        from countersign.systems.modelhub.page import ManagePage  # loads Playwright, other runs do without

        self.person, self.account = person, account or person.account
        self.page = ManagePage.in_new_window(
            person.stage.browser(), person.system, actor=person.name, recorder=person.stage.recorder, size=SIZE
        )
        super().__init__(person.stage, called or person.name, self.page.window)

    def signs_in(self) -> None:
        """Open the page and sign in."""
        self.page.open()
        self.page.sign_in(*self.account)


def at_manage_page(person: HubUser) -> AtManagePage:
    """Put a person to the page with the own account."""
    person.stage.need("model-page")
    return AtManagePage(person)


def administers_at_page(person: HubUser, called: str = "") -> AtManagePage:
    """Put a person to the page with the administrator's account of the target, who may use all of its controls."""
    person.stage.need("model-page")
    return AtManagePage(person, called=called, account=person.hub.administrator)
