"""Medical AI Assistant: patients describe symptoms, fixed rules see emergencies, an AI answers, a nurse decides.

`parts.py` names the pieces the system is made of, `app.py` wires them, `__main__.py` serves them.
"""
