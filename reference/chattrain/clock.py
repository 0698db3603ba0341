"""The time of day as all reference systems write it."""

from reference.common.clock import iso, iso_or_none, moment, now

__all__ = ["iso", "iso_or_none", "moment", "now"]
