"""The only room that creates, swaps, seals and sweeps files."""
