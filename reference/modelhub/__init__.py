"""Enhanced Model Availability: the small but real reference system.

It downloads video models, checks and repairs their files, offers alternatives while one is away, and counts their use.
"""
