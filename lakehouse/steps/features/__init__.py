"""What the features of participants would be, measured otherwise."""
