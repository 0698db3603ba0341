"""One person's way to the model hub over HTTP: asking, signing in, and the doors to everything else."""

from typing import Any
from urllib.parse import urlencode

from countersign.errors import SuiteError
from countersign.evidence import Recorder
from countersign.systems.modelhub.caring import Caring
from countersign.systems.modelhub.config import Config
from countersign.systems.modelhub.downloads import Downloads
from countersign.systems.modelhub.fallback import Fallback
from countersign.systems.modelhub.generation import Generation
from countersign.systems.modelhub.model import need
from countersign.systems.modelhub.models import Models
from countersign.target.live import LiveSystem
from countersign.transport.answer import Answer
from countersign.transport.http import HttpClient

BASE = "/api/v1"


class ModelHubApi:
    """One person's HTTP client. `within` is how long this person waits for any answer, in seconds.

    Before `sign_in` it asks as nobody. `models`, `downloads`, `caring` (checks, repairs, updates, storage, recovery),
    `fallback`, `generation` and `config` hold the routes of each area; what they read is typed where it is judged, and
    their `try_...` methods give the answer whatever its status.
    """

    def __init__(self, system: LiveSystem, actor: str, recorder: Recorder, within: float = 10.0) -> None:
        self.system = system
        self.actor = actor
        self.recorder = recorder
        self.client = HttpClient(
            system.url, system=system.name, actor=actor, recorder=recorder, within=within, ca=system.ca_file or None
        )
        self._token = ""
        self.refresh_token = ""
        self.models = Models(self.ask)
        self.downloads = Downloads(self.ask)
        self.caring = Caring(self.ask)
        self.fallback = Fallback(self.ask)
        self.generation = Generation(self.ask)
        self.config = Config(self.ask)

    @property
    def token(self) -> str:
        """The access token in use. Raises SuiteError before signing in."""
        if not self._token:
            raise SuiteError(f"{self.actor} has not signed in in this scenario")
        return self._token

    def ask(self, method: str, path: str, *, token: str | None = None, **details: Any) -> Answer:
        """Send any request below /api/v1 (a path that begins with `//` is one below the root).

        It goes out with the token of the sign-in, with another `token`, or with none at all (empty text).
        """
        headers = dict(details.pop("headers", None) or {})
        token = self._token if token is None else token
        if token:
            headers.setdefault("Authorization", f"Bearer {token}")
        place = path[1:] if path.startswith("//") else f"{BASE}{path}"
        return self.client.request(method, place, headers=headers, **details)

    def sign_in(self, username: str, password: str) -> None:
        """Sign in; what is asked from now on goes out with the new token, which is hidden from every record."""
        told = self.try_sign_in(username, password).must_be(200).json()
        for name in ("access_token", "refresh_token"):
            self.recorder.redactor.register(need(told, name, str, "a sign-in"), name.replace("_", " "))
        self._token, self.refresh_token = told["access_token"], told["refresh_token"]

    def goes_on_as(self, other: "ModelHubApi") -> "ModelHubApi":
        """Use the sign-in of another client from now on; give this client."""
        self._token, self.refresh_token = other.token, other.refresh_token
        return self

    def try_sign_in(self, username: str, password: str) -> Answer:
        """Try to sign in and give the answer, whatever its status."""
        form = urlencode({"username": username, "password": password})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", "/auth/login", token="", content=form, headers=headers)

    def register(self, username: str, email: str, password: str) -> str:
        """Register; give the id of the account."""
        body = {"username": username, "email": email, "password": password}
        told = self.ask("POST", "/auth/register", token="", json=body).must_be(200, 201).json()
        return str(told["user_id"])

    def health(self) -> Answer:
        """Ask for the health of the whole service (200, or 503 when it is unusable)."""
        return self.ask("GET", "//health", token="").must_be(200, 503)

    def close(self) -> None:
        """Close the connections."""
        self.client.close()
