"""What extracting and importing videos share on their way into the lake."""
