"""Journeys: several driver calls that belong together, and the people who walk them."""

from importlib import import_module
from typing import Any

from personas import Persona

_ROLES = {
    "chattrain.trainee": "countersign.journeys.chattrain.trainee:Trainee",
    "chattrain.operator": "countersign.journeys.chattrain.operator:Operator",
    "chattrain.stranger": "countersign.journeys.chattrain.access.stranger:Stranger",
    "medassist.patient": "countersign.journeys.medassist.patient:Patient",
    "medassist.nurse": "countersign.journeys.medassist.nurse:Nurse",
    "medassist.administrator": "countersign.journeys.medassist.administrator:Administrator",
    "modelhub.user": "countersign.journeys.modelhub.user:HubUser",
    "modelhub.power-user": "countersign.journeys.modelhub.power_user:PowerUser",
}


def cast_actor(stage: Any, persona: Persona) -> Any:
    """Make the actor that plays this persona's role on this stage."""
    module, _, name = _ROLES[persona.role].partition(":")
    return getattr(import_module(module), name)(stage, persona)
