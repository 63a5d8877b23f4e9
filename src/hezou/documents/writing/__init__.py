"""Putting documents together: texts, report pieces and approval sheets as clean .docx, valid by structure."""
