"""How well questionnaires are foretold from all movement together."""
