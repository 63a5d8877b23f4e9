"""The text model to and from .docx; pure."""
