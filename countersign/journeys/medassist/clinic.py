"""The clinic of one scenario: who works there, which accounts and sessions the scenario made, and their removal."""

import secrets
import threading
from dataclasses import dataclass
from typing import Any

from countersign.errors import CapabilityMissing
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.medassist.model import User
from countersign.target.live import StaffAccount
from personas import Persona

SESSIONS_A_TIDIER = 40
"""Sessions one account of staff tidies: two requests each stay below the burst of requests a user is allowed (100)."""


@dataclass(frozen=True)
class Account:
    """How somebody signs in. `user` is None where the operator made the account."""

    email: str
    password: str
    full_name: str
    user: User | None = None


def clinic_of(stage: Any) -> "Clinic":
    """Give the clinic of a scenario."""
    clinic: Clinic = stage.shared(Clinic, lambda: Clinic(stage))
    return clinic


def new_password(stage: Any) -> str:
    """Make a good password; it is hidden from everything that is recorded."""
    password = f"Aa1-{secrets.token_urlsafe(12)}"
    stage.recorder.redactor.register(password, "password")
    return password


class Clinic:
    """Makes accounts, remembers sessions, and tidies up when the scenario is over: its reports are decided, its
    sessions closed, its accounts deactivated as far as the system offers it. Safe to use from several threads."""

    def __init__(self, stage: Any) -> None:
        self.stage = stage
        self.system = stage.system("medassist")
        self._lock = threading.RLock()
        self._sessions: list[str] = []
        self._accounts: list[User] = []
        self._given: dict[str, int] = {}
        self._admin: MedAssistApi | None = None
        stage.at_end(self.tidy, "tidying up the clinic")

    @property
    def admin(self) -> MedAssistApi:
        """The suite's own administrator, signed in."""
        with self._lock:
            if self._admin is None:
                self._admin = MedAssistApi(self.system, "suite", self.stage.recorder)
                account = next(each for each in self.system.staff if each.role == "admin")
                self._admin.sign_in(account.email, account.password)
            return self._admin

    def enrol(self, persona: Persona, suffix: str = "", **more: Any) -> Account:
        """Make a patient's account under a fresh address that bears the run's mark (`full_name` may be given)."""
        local, _, domain = persona.attributes.email.partition("@")
        return self._made(f"{local}.{self.stage.tag}{suffix}@{domain}", persona, "patient", **more)

    def hire(self, persona: Persona, role: str, suffix: str = "") -> Account:
        """Give an account of staff: a fresh one where the administrator may make it, else the operator's next one."""
        if "account-admin" not in self.system.capabilities:
            return self._operators_own(role)
        local, _, domain = persona.attributes.email.partition("@")
        return self._made(f"{local}.{self.stage.tag}{suffix}@{domain}", persona, role)

    def _made(self, email: str, persona: Persona, role: str, **more: Any) -> Account:
        password = new_password(self.stage)
        full_name = str(more.get("full_name") or persona.attributes.full_name)
        body = {"email": email, "password": password, "full_name": full_name, "role": role}
        by = self.admin if role != "patient" else MedAssistApi(self.system, persona.name, self.stage.recorder)
        user = by.accounts.register(**body)
        if role == "patient":
            by.close()
        self.registered(user)
        return Account(email, password, full_name, user)

    def _operators_own(self, role: str) -> Account:
        with self._lock:
            own = [account for account in self.system.staff if account.role == role]
            number = self._given[role] = self._given.get(role, -1) + 1
        if number >= len(own):
            raise CapabilityMissing(f"medassist: the target names only {len(own)} account(s) of the role {role}")
        account: StaffAccount = own[number]
        return Account(account.email, account.password, role)

    def registered(self, user: User) -> None:
        """Remember an account, to deactivate it in the end."""
        with self._lock:
            self._accounts.append(user)
        self.stage.made["accounts"] += 1

    def opened(self, session_id: str) -> None:
        """Remember a session, to close it in the end."""
        with self._lock:
            self._sessions.append(session_id)

    def tidy(self) -> None:
        """Decide the waiting reports of the scenario, close its sessions and deactivate its accounts.

        On a system that vanishes with the run only the waiting reports are decided: the next scenario reads the queue.
        """
        waiting = self._waiting() if self._sessions else {}
        left = [each for each in self._sessions if not self.system.embedded or each in waiting]
        for start in range(0, len(left), SESSIONS_A_TIDIER):
            self._tidied_by_one(left[start : start + SESSIONS_A_TIDIER], waiting)
        if not self.system.embedded and "account-admin" in self.system.capabilities:
            for user in self._accounts:
                self.admin.accounts.set_active(user.id, False)
        if self._admin is not None:
            self._admin.close()

    def _waiting(self) -> dict[str, str]:
        """Map each session of the scenario that has an undecided report to it."""
        mine, found, offset = set(self._sessions), dict[str, str](), 0
        while True:
            page = self.admin.reports.queue(limit=200, offset=offset)
            found.update({entry.session_id: entry.id for entry in page.entries if entry.session_id in mine})
            offset += len(page.entries)
            if not page.entries or offset >= page.total:
                return found

    def _tidied_by_one(self, sessions: list[str], waiting: dict[str, str]) -> None:
        import personas

        nurse = MedAssistApi(self.system, "suite", self.stage.recorder)
        account = self.hire(personas.load("Nora", seed=self.stage.options.seed), "nurse", secrets.token_hex(3))
        nurse.sign_in(account.email, account.password)
        for session_id in sessions:
            if session_id in waiting:
                holder = nurse.reports.read(waiting[session_id]).assigned_nurse_id
                if holder is not None:
                    self.admin.reports.try_release(waiting[session_id]).must_be(200)
                nurse.reports.approve(waiting[session_id], "closed after the scenario")
            elif nurse.sessions.read(session_id).status in {"active", "escalated"}:
                nurse.sessions.move(session_id, "cancelled")
        nurse.close()
