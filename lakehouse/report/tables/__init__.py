"""The report's tables: queries on the warehouse, and the reason where one has no answer."""
