"""One driver a system: what a client can do, in the system's words."""

TITLES = {
    "chattrain": "ChatTrain pilot",
    "grizz": "Grizz AI Engine",
    "scriptgen": "AI Script Generator",
    "modelhub": "Model availability",
    "medassist": "Medical AI Assistant",
}
"""How people call the systems, for reports."""
