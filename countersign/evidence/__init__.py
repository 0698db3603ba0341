"""What happened, redacted at the moment of recording."""

from countersign.evidence.entry import Channel, Direction, Entry, Speech, utc_now
from countersign.evidence.recorder import Recorder, redacted_body
from countersign.evidence.redaction import Redact, Redactor

__all__ = ["Channel", "Direction", "Entry", "Recorder", "Redact", "Redactor", "Speech", "redacted_body", "utc_now"]
