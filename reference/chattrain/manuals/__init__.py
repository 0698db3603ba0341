"""The texts of the PDF documents, and the small press that prints them: `python -m reference.chattrain.manuals`."""
