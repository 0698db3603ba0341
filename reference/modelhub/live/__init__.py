"""What happens, told at once: wake-ups between processes, event streams, sockets."""
