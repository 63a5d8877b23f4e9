"""The approval sheet: printed from a page, taken as .docx, known again by its code."""
