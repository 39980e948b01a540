"""What a database says at a glance: whether it can be read, and who is left out and why."""
