"""The conversation of a patient: sessions, messages, sockets, answers."""
