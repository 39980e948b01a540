"""Eyes and mouth in a smile."""
