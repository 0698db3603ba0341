"""ChatTrain: trainees practise customer service with a customer played by an AI.

`parts.py` names the pieces the system is made of, `app.py` wires them, `__main__.py` serves them.
"""
