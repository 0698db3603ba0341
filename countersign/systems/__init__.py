"""One driver a system: what a client can do, in the system's words."""
