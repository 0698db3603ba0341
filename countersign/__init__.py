"""Countersign: a behaviour-driven acceptance suite for live AI systems."""

__version__ = "0.1.0"
