"""The report: every figure of a warehouse in one page, and as files for a manuscript."""
