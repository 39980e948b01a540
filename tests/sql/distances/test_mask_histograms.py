from tests.sql.support import RunModel, table


def test_bins_span_what_is_there_and_are_the_same_in_every_mask(run_model: RunModel) -> None:
    means = table(
        "participant mask mean_distance",
        ("a", "05-00", 0.0),
        ("b", "05-00", 0.99),
        ("c", "05-00", 1.0),
        ("d", "05-00", None),
        ("a", "07-01", 20.0),
        ("b", "07-01", 19.0),
    )

    rows = run_model("mask_histograms", pav_mask_means=means)

    assert len(rows) == 2 * 20
    assert [row for row in rows if row[4]] == [
        ("05-00", 0, 0.0, 1.0, 2),
        ("05-00", 1, 1.0, 2.0, 1),
        ("07-01", 19, 19.0, 20.0, 2),
    ]
    assert [(low, high) for _, _, low, high, _ in rows[:20]] == [
        (float(bin), bin + 1.0) for bin in range(20)
    ]


def test_where_nothing_moved_everybody_is_in_the_first_bin(run_model: RunModel) -> None:
    means = table("participant mask mean_distance", ("a", "05-00", 0.0), ("b", "05-00", 0.0))

    rows = run_model("mask_histograms", "bin, low, high, participants", pav_mask_means=means)

    assert rows == [(bin, 0.0, 0.0, 2 if bin == 0 else 0) for bin in range(20)]


def test_a_mask_without_distances_has_no_histogram(run_model: RunModel) -> None:
    means = table("participant mask mean_distance", ("a", "05-00", None))

    assert run_model("mask_histograms", pav_mask_means=means) == []
