"""Who is left out, compared with who is not."""
