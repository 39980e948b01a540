"""The report's sections: which figures each has, of which tables, and what is said of them."""
