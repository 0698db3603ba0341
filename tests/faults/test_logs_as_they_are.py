"""Logs are redacted for whoever reads them, and as they are only for whoever searches them."""

from countersign.evidence import Recorder, Redactor
from countersign.faults.operator import OperatorControl


def test_a_search_sees_what_readers_do_not() -> None:
    redactor = Redactor()
    redactor.register("velvetine", "complaint")
    commands = {"logs": ["echo", "velvetine of pia@example.org"]}
    control = OperatorControl(commands, system="medassist", recorder=Recorder(redactor))
    assert control.logs().log == ("[complaint] of [email]",)
    assert control.logs(redacted=False).log == ("velvetine of pia@example.org",)
