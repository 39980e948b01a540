"""What the numbers say, in words: the sentences of the report's first section."""
