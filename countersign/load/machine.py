"""What the machine has that this process runs on."""

import os


def processor_count() -> int:
    """Give the number of processors."""
    return os.cpu_count() or 1


def memory_bytes() -> int:
    """Give the bytes of memory."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
