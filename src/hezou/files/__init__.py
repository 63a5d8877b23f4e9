"""Blobs by hash: pictures, attachments, scans of signed sheets.

Words: *blob* (bytes known by their SHA-256, written once), *keeper* (the room above that refers to a blob;
files without a keeper are collected after 30 days).

Never: keeps active content; trusts a name or a declared type (the bytes decide); overwrites a blob; says
who may see one (the room `access` does, through the piece it belongs to).
"""
