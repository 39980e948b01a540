"""The lake: Parquet files, their schemas and how they are committed."""
