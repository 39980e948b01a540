"""Pictures of a warehouse: asking it, drawing, writing files."""
