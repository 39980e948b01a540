"""Drawing specifications as files, in processes of their own."""
