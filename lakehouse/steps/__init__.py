"""What SQL does not do: clustering and correlation, as functions from tables to tables."""
