"""What extracting photographs and importing landmarks share on their way into the lake."""
