"""How well repeated photographs agree."""
