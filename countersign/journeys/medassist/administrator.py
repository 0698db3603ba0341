"""An administrator: looks after accounts and models."""

from countersign.journeys.medassist.clinic import Account
from countersign.journeys.medassist.person import Person


class Administrator(Person):
    """An administrator with an account of staff."""

    def enrolled(self) -> Account:
        """Take an account of an administrator."""
        return self.clinic.hire(self.persona, "admin", self.suffix)
