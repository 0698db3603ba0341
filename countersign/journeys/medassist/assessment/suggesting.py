"""Reports for which the AI suggests an urgency of its own."""

import personas
from countersign.errors import SuiteError
from countersign.expect.medassist.suggested import Suggested
from countersign.journeys.medassist.patient import Patient
from countersign.systems.scripted_ai import mark


def tells(patient: Patient, complaint: str, suggestion: str) -> Suggested:
    """Tell a complaint of the material and ask for its report, for which the AI suggests an urgency; read it as staff.

    Raises SuiteError for a complaint that is not in the material.
    """
    material = personas.material("medassist_triage")
    if complaint not in material["told"]:
        raise SuiteError(f"personas/material/medassist_triage.yaml tells nothing of {complaint!r}; add it under told")
    *earlier, last = material["told"][complaint]
    confidence = float(material["confidence_of_suggestions"])
    patient.says_all(earlier)
    patient.says(mark("report", when="report", urgency=suggestion, confidence=confidence, line=last))
    patient.api.sessions.try_report(patient.session.id).must_be(200, 201)
    report = patient.clinic.admin.reports.of_session(patient.session.id)
    return Suggested(complaint, suggestion, confidence, report)
