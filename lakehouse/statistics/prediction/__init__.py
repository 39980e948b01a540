"""How well something is foretold of people who were not learnt from."""
