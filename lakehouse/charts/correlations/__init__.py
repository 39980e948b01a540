"""Charts of how movement and questionnaires go together, and of what that can bear."""
