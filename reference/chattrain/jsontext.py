"""JSON as all reference systems read and write it."""

from reference.common.jsontext import clean, has_unpaired_surrogate, read, write

__all__ = ["clean", "has_unpaired_surrogate", "read", "write"]
