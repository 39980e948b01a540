"""What analysts add to the database, in a file that every build runs last."""
