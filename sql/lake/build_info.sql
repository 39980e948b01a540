/*
row = "what this database was built from: one row"
key = ["started"]
materialized = "table"
export = 340

[columns]
lakehouse_version = ["text", "version of the program"]
git_commit = ["text", "commit of the program's checkout; null where it was installed without one"]
duckdb_version = ["text", "version of the engine that built it"]
python_version = ["text", "version of Python"]
engine = ["text", "what computed the relations, with its version: duckdb, or spark and duckdb"]
settings = ["JSON", "every setting in force"]
sql_digest = ["text", "sha256 over the models and steps"]
lake_digest = ["text", "sha256 over the lake's files"]
muscles_digest = ["text", "sha256 of the file that [muscles] names; null where there is none"]
own_digest = ["text", "sha256 of own.sql in the warehouse's folder; null where there is none"]
multiverse_digest = ["text", """
    sha256 of what `lakehouse multiverse` found in this lake with these settings; null where it
    found nothing yet"""]
parts = ["text", """
    extras that were made besides what every build makes: pairs, statistics; empty for none"""]
started = ["ISO 8601", "when the build began, UTC"]
seconds = ["s", "how long it took, until the last model stood"]
*/
select
    lakehouse_version,
    git_commit,
    duckdb_version,
    python_version,
    engine,
    settings,
    sql_digest,
    lake_digest,
    muscles_digest,
    own_digest,
    multiverse_digest,
    parts,
    started,
    seconds
from source_build_info
