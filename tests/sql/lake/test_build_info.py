from tests.sql.support import RunModel, table


def test_build_info_is_the_one_row_that_the_build_gives(run_model: RunModel) -> None:
    given = table(
        "lakehouse_version git_commit duckdb_version python_version engine settings sql_digest "
        "lake_digest muscles_digest own_digest multiverse_digest parts started seconds",
        (
            *("1.0", None, "2.0", "3.13", "spark 4", "{}", "ab", "cd", None, None, None, "pairs"),
            *("2026-01-01T00:00:00+00:00", 2.5),
        ),
    )

    assert run_model("build_info", source_build_info=given) == [tuple(given[0].values())]
