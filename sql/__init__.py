"""The SQL models of the warehouse, one file per relation, in folders by subject."""
