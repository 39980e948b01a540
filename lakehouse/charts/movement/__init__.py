"""Charts of what a cue changes, of movement over noise, and of reliability."""
