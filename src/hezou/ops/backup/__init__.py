"""Backup, restore and the move to another database.

Words: *backup* (a folder with the database, the blobs and a manifest), *manifest* (what the database held
and the hash of every file), *facts* (the part of the manifest that both engines tell in the same words),
*heads* (the last number and hash of every chain, also filed outside the database).

Never: leaves something that looks like a whole backup and is not; writes over anything; reads the tables
through models when it takes a backup, since the database may be older than the program.
"""
