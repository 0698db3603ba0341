"""Hurting a system on purpose, always rolled back."""

from countersign.faults.control import Control, DependencyControl, Logs, State, Work
from countersign.faults.embedded import EmbeddedControl
from countersign.faults.network import Proxy
from countersign.faults.operator import OperatorControl
from countersign.faults.rolled_back import Mendable, rolled_back

__all__ = [
    "Control",
    "DependencyControl",
    "EmbeddedControl",
    "Logs",
    "Mendable",
    "OperatorControl",
    "Proxy",
    "State",
    "Work",
    "rolled_back",
]
