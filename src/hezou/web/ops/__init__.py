"""The page of whoever keeps the system: who is at work, what lies undone, is there room and a backup."""
