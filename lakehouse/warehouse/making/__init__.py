"""Ways in which a relation is made of a query's rows."""
