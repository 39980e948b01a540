"""Videos into the lake: opened and looked at by the workers, put together and committed here."""
