"""Tables of landmarks: a row for each photograph, or for each point."""
