"""One person's way to MedAssist over HTTP: asking, signing in, and the doors to everything else."""

from typing import Any

from countersign.errors import SuiteError
from countersign.evidence import Recorder
from countersign.systems.medassist.accounts import Accounts
from countersign.systems.medassist.audit import AuditTrail
from countersign.systems.medassist.consent import Consent
from countersign.systems.medassist.model import Tokens, User, read_tokens, read_user
from countersign.systems.medassist.models import Models
from countersign.systems.medassist.reports import Reports
from countersign.systems.medassist.sessions import Sessions
from countersign.target.live import LiveSystem
from countersign.transport.answer import Answer
from countersign.transport.http import HttpClient


class MedAssistApi:
    """One person's HTTP client. `within` is how long this person waits for any answer, in seconds.

    Before `sign_in` it asks as nobody. `accounts`, `consent`, `sessions`, `reports`, `audit` and `models` hold the
    routes of each area; what they read is typed, and their `try_...` methods give the answer whatever its status.
    """

    def __init__(self, system: LiveSystem, actor: str, recorder: Recorder, within: float = 10.0) -> None:
        self.system = system
        self.actor = actor
        self.recorder = recorder
        self.client = HttpClient(
            system.url,
            system=system.name,
            actor=actor,
            recorder=recorder,
            within=within,
            ca=system.ca_file or None,
        )
        self._tokens: Tokens | None = None
        self.accounts = Accounts(self.ask)
        self.consent = Consent(self.ask)
        self.sessions = Sessions(self.ask)
        self.reports = Reports(self.ask)
        self.audit = AuditTrail(self.ask)
        self.models = Models(self.ask)

    @property
    def tokens(self) -> Tokens:
        """The tokens in use. Raises SuiteError before signing in."""
        if self._tokens is None:
            raise SuiteError(f"{self.actor} has not signed in in this scenario")
        return self._tokens

    def ask(self, method: str, path: str, *, token: str | None = None, **details: Any) -> Answer:
        """Send any request and give the answer, whatever its status.

        It goes out with the token of the sign-in, with another `token`, or with none at all (empty text).
        """
        headers = dict(details.pop("headers", None) or {})
        if token is None and self._tokens is not None:
            token = self._tokens.access
        if token:
            headers.setdefault("Authorization", f"Bearer {token}")
        return self.client.request(method, path, headers=headers, **details)

    def sign_in(self, email: str, password: str) -> Tokens:
        """Sign in; what is asked from now on goes out with the new token."""
        return self.use(read_tokens(self.try_sign_in(email, password).must_be(200).json()))

    def try_sign_in(self, email: Any, password: Any) -> Answer:
        """Try to sign in and give the answer, whatever its status."""
        return self.ask("POST", "/api/auth/login", token="", json={"email": email, "password": password})

    def use(self, tokens: Tokens) -> Tokens:
        """Go on with these tokens. They are hidden from everything that is recorded."""
        for token, name in ((tokens.access, "access token"), (tokens.refresh, "refresh token")):
            self.recorder.redactor.register(token, name)
        self._tokens = tokens
        return tokens

    def me(self) -> User:
        """Ask who is signed in."""
        return read_user(self.ask("GET", "/api/auth/me").must_be(200).json())

    def close(self) -> None:
        """Close the connections."""
        self.client.close()
