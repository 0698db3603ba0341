"""How a system was when a sentence failed: its memory and processor time, where it tells them."""

from prometheus_client.parser import text_string_to_metric_families

from countersign.errors import SystemFault
from countersign.evidence import Recorder
from countersign.target.live import LiveSystem
from countersign.transport.http import HttpClient

WITHIN = 2.0
MEMORY, PROCESSOR = "process_resident_memory_bytes", "process_cpu_seconds_total"


def note_vital_signs(system: LiveSystem, recorder: Recorder) -> None:
    """Note memory and processor time of a system in the evidence, or why they cannot be read. Takes at most 2 s."""
    recorder.say(f"the system at this moment: {_signs(system, recorder)}", actor="suite", system=system.name)


def _signs(system: LiveSystem, recorder: Recorder) -> str:
    if "metrics" not in system.capabilities:
        return "no figures, it offers no metrics"
    try:
        with HttpClient(
            system.url,
            system=system.name,
            actor="suite",
            recorder=Recorder(recorder.redactor, limit=0),
            within=WITHIN,
            ca=system.ca_file or None,
        ) as client:
            text = client.request("GET", "/metrics").must_be(200).text
        samples = {each.name: each.value for family in text_string_to_metric_families(text) for each in family.samples}
    except (SystemFault, ValueError) as error:
        return f"no figures ({error})"
    told = []
    if MEMORY in samples:
        told.append(f"{samples[MEMORY] / 2**20:.0f} MB of memory")
    if PROCESSOR in samples:
        told.append(f"{samples[PROCESSOR]:.1f} s of processor time since its start")
    return ", ".join(told) or "its metrics tell neither memory nor processor time"
