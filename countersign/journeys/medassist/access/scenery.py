"""The people and things that a walk over all routes needs: each is made when it is first named."""

import uuid
from collections.abc import Callable, Mapping

import personas
from countersign.journeys.medassist.administrator import Administrator
from countersign.journeys.medassist.clinic import new_password
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.things import Things
from countersign.systems.medassist.api import MedAssistApi

VERSIONS = ("1.0.0", "1.1.0", "1.2.0")


class Scenery(Things):
    """What stands in `{braces}` in the material: `{session}` is made once, `{new session}` anew where that is wanted.

    Everything belongs to `owner` (patients' things) or was made by `admin` (models). `nobody` is a client without a
    sign-in.
    """

    def __init__(self, owner: Patient, other: Patient, nurse: Nurse, admin: Administrator) -> None:
        self.stage, self.system, self.clinic = owner.stage, owner.system, owner.clinic
        self.owner, self.other, self.nurse, self.admin = owner, other, nurse, admin
        self.nobody = owner.stranger()
        super().__init__(_MAKERS)

    def asker(self, who: str) -> MedAssistApi:
        """Give the client of nobody, owner, other, nurse or admin."""
        return self.nobody if who == "nobody" else getattr(self, who).api  # type: ignore[no-any-return]

    def address(self) -> str:
        """Give an e-mail address nobody has."""
        return f"somebody{self.number()}.{self.stage.tag}@example.org"

    def session(self) -> str:
        """Open a session of the owner."""
        return self.owner.opens_session().id

    def talked_session(self) -> str:
        """Open a session of the owner in which a routine complaint was told."""
        return self._talk("a routine complaint")

    def report(self) -> str:
        """Bring a report of the owner into being that waits; its session is `{session of the report}`."""
        self._things["session of the report"] = session_id = self._talk("an urgent complaint")
        return self.nurse.finds_report_of(session_id).id

    def session_of_report(self) -> str:
        """Give the session of the report that waits."""
        self.thing("report", anew=True)
        return self._things["session of the report"]

    def held_report(self) -> str:
        """Bring a report into being that the nurse holds."""
        report_id = self.report()
        return self.nurse.api.reports.assign(report_id).id

    def decided_report(self) -> str:
        """Bring a report into being that the nurse has approved; its session is `{session of the decided report}`."""
        report_id = self.report()
        self._things["session of the decided report"] = self._things["session of the report"]
        return self.nurse.api.reports.approve(report_id, personas.material("medassist")["approval_note"]).id

    def session_of_decided(self) -> str:
        """Give the session of the decided report."""
        self.thing("decided report", anew=True)
        return self._things["session of the decided report"]

    def finished_session(self) -> str:
        """Open a session of the owner and close it for good."""
        session_id = self.session()
        return self.nurse.api.sessions.move(session_id, "cancelled").id

    def model_name(self) -> str:
        """Give the name of a model that is not there."""
        self.stage.made["models"] += 1
        return f"countersign_{self.stage.tag}_{self.number()}"

    def model(self) -> str:
        """Make a model with three versions of which the second is in service, after the first was."""
        name, models = self.model_name(), self.admin.api.models
        models.post("models", {"model_id": name, "description": "made for a sign-off"}, 201)
        for version in VERSIONS:
            models.register_version(name, version)
        models.deploy(name, VERSIONS[0])
        self._things["deployment"] = str(models.deploy(name, VERSIONS[1])["deployment_id"])
        return name

    def deployment(self) -> str:
        """Give a deployment that is done."""
        self.thing("model", anew=True)
        return self._things["deployment"]

    def canary(self) -> str:
        """Start a canary on a model of its own; give its deployment."""
        admin = self.admin.api.models
        started = admin.deploy(self.model(), VERSIONS[2], "canary", percentage=10)["deployment_id"]
        self.ends_in_the_end(f"deployments/{started}/cancel", "cancelling a canary")
        return str(started)

    def flag(self) -> str:
        """Set a flag that is off."""
        name = f"countersign-{self.stage.tag}-{self.number()}"
        body = {"enabled": False, "percentage": 0, "model_id": self.thing("model"), "version": VERSIONS[0]}
        self.admin.api.models.put(f"flags/{name}", body)
        return name

    def experiment(self) -> str:
        """Start a comparison of two versions on a model of its own."""
        body = {
            "name": f"countersign {self.stage.tag}",
            "model_id": self.model(),
            "control_version": VERSIONS[0],
            "treatment_version": VERSIONS[1],
        }
        started = self.admin.api.models.post("experiments", body, 201)["experiment_id"]
        self.ends_in_the_end(f"experiments/{started}/stop", "stopping a comparison")
        return str(started)

    def job(self) -> str:
        """Start the training of a version that is not there."""
        body = {
            "model_id": self.thing("model"),
            "version": f"2.{self.number()}.0",
            "dataset": personas.material("medassist_access")["dataset"],
        }
        started = self.admin.api.models.post("training/jobs", body, 202)["job_id"]
        self.ends_in_the_end(f"training/jobs/{started}/cancel", "cancelling a training")
        return str(started)

    def deactivated_address(self) -> str:
        """Give the address of an account that is deactivated; its password is `{deactivated password}`."""
        account = self.clinic.enrol(self.owner.persona, f"deactivated{self.number()}")
        assert account.user is not None
        self.admin.api.accounts.set_active(account.user.id, False)
        self._things["deactivated password"] = account.password
        return account.email

    def consent(self) -> str:
        """Give the consent text in force."""
        return str(self.owner.api.consent.text()["id"])

    def ends_in_the_end(self, path: str, what: str) -> None:
        """Have something that runs ended below /api when the scenario is over, if it still runs then."""
        self.stage.at_end(lambda: self.admin.api.ask("POST", f"/api/{path}", json={}).must_be(200, 409), what)

    def _talk(self, complaint: str) -> str:
        session = self.owner.opens_session()
        line = self.owner.joins()
        line.exchange(personas.material("medassist")["complaints"][complaint])
        line.close()
        return session.id


_MAKERS: Mapping[str, Callable[[Scenery], str]] = {
    "address": Scenery.address,
    "password": lambda scenery: new_password(scenery.stage),
    "deactivated address": Scenery.deactivated_address,
    "consent": Scenery.consent,
    "session": Scenery.session,
    "session to close": Scenery.session,
    "talked session": Scenery.talked_session,
    "finished session": Scenery.finished_session,
    "report": Scenery.report,
    "session of the report": Scenery.session_of_report,
    "held report": Scenery.held_report,
    "decided report": Scenery.decided_report,
    "session of the decided report": Scenery.session_of_decided,
    "model name": Scenery.model_name,
    "model": Scenery.model,
    "deployment": Scenery.deployment,
    "canary": Scenery.canary,
    "flag": Scenery.flag,
    "experiment": Scenery.experiment,
    "job": Scenery.job,
    "owner": lambda scenery: scenery.owner.id,
    "owner address": lambda scenery: scenery.owner.account.email,
    "owner name": lambda scenery: scenery.owner.account.full_name,
    "other": lambda scenery: scenery.other.id,
    "nurse": lambda scenery: scenery.nurse.id,
    "unknown": lambda scenery: str(uuid.uuid4()),
    "training version": lambda scenery: f"3.{scenery.number()}.0",
}
