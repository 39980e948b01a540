from tests.sql.support import RunModel, table

UNITS = {
    "frontalis_inner": "AU01",
    "frontalis_outer": "AU02",
    "corrugator_supercilii": "AU04",
    "orbicularis_oculi_orbital": "AU06",
    "orbicularis_oculi_palpebral": "AU07 AU43 AU45 AU46",
    "procerus": "AU04",
    "nasalis": "AU38 AU39",
    "levator_labii_superioris_alaeque_nasi": "AU09",
    "levator_labii_superioris": "AU10",
    "levator_anguli_oris": "AU13",
    "zygomaticus_minor": "AU11",
    "zygomaticus_major": "AU12",
    "risorius": "AU20",
    "buccinator": "AU14",
    "orbicularis_oris_upper": "AU08 AU18 AU22 AU23 AU24 AU25 AU28",
    "orbicularis_oris_lower": "AU08 AU18 AU22 AU23 AU24 AU25 AU28",
    "depressor_anguli_oris": "AU15",
    "depressor_labii_inferioris": "AU16 AU25",
    "mentalis": "AU17 AU25",
    "platysma": "AU20 AU21",
    "masseter": "AU26 AU31",
    "temporalis": "AU26",
}


def test_the_built_in_muscles_have_their_units_one_a_row(run_model: RunModel) -> None:
    rows = run_model("muscle_action_units")

    assert rows == sorted(
        (muscle, unit) for muscle, units in UNITS.items() for unit in units.split()
    )


def test_the_units_of_the_users_file_are_taken_apart(run_model: RunModel) -> None:
    own = table(
        "muscle point side muscle_group action_unit",
        ("scalp", 10, "midline", "forehead", None),
        ("smile", 61, "right", "mouth", "AU06 AU12"),
        ("smile", 291, "left", "mouth", "AU06 AU12"),
    )

    rows = run_model("muscle_action_units", source_muscles=own)

    assert rows == [("smile", "AU06"), ("smile", "AU12")]
