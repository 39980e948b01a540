"""How well a number tells people apart, from repeated photographs."""
