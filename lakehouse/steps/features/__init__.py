"""Features of participants."""
