"""代录: entering what leaders decided on paper or aloud, and the signatures owed (补签)."""
