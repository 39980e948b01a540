"""Every rule is kept by a sound warehouse and is broken by what it is meant to find."""

import duckdb
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.checks import CheckResult, run_checks
from lakehouse.warehouse.models import load_checks

CHECKS = {check.name: check for check in load_checks()}
# A photograph of an included participant, and its cell; likewise of an excluded one.
PHOTO = "(select min(photo_index) from photo_alignments)"
CELL = "(select min(cell_index) from cell_displacements)"
EXCLUDED_CELL = "(select min(cell_index) from cells where participant = '005')"
FACELESS = "(select min(photo_index) from photos where status = 'no_face')"

VIOLATIONS = [
    ("alignment_masks_agree", "update alignment_masks set x = x + 1e-5 where point = 467"),
    ("alignment_masks_agree", "update mean_masks set y = y - 1e-5 where point = 0"),
    ("alignment_masks_agree", "update mean_masks set z = z + 1e-5 where point = 0"),
    ("alignment_masks_agree", "update mean_masks set z = null where point = 0"),
    ("alignment_masks_agree", "update alignment_masks set x = null where mask = '07-01'"),
    ("alignment_masks_agree", "delete from alignment_masks where point = 3"),
    ("blendshapes_per_photo", "delete from blendshapes where blendshape = 'shape07'"),
    ("blendshapes_per_photo", "update blendshapes set score = 1.01 where blendshape = 'shape07'"),
    ("blendshapes_per_photo", "update blendshapes set score = -0.1 where blendshape = 'shape07'"),
    ("blendshapes_per_photo", "update blendshapes set score = null where blendshape = 'shape07'"),
    ("confusion_adds_up", "update expression_confusion set share = share + 0.1"),
    ("confusion_adds_up", "update expression_confusion set masks = masks + 1"),
    ("confusion_adds_up", "delete from expression_confusion where predicted = 'surprise'"),
    ("confusion_adds_up", "delete from expression_accuracy where expression = 'surprise'"),
    ("confusion_adds_up", "update expression_accuracy set accuracy = 0.9 - accuracy"),
    ("confusion_adds_up", "update expression_accuracy set correct = correct + 1"),
    ("confusion_adds_up", "update expression_accuracy set chance = 1.0 / 7"),
    ("confusion_adds_up", "update expression_accuracy set entropy = -0.1"),
    ("confusion_adds_up", "update expression_accuracy set entropy = 1.1"),
    ("confusion_adds_up", "update expression_accuracy set mistaken_for = expression"),
    ("cluster_choice_judges_the_pav", "update cluster_choice set points = 59 where k = 3"),
    ("cluster_choice_judges_the_pav", "update cluster_choice set chosen = true where k = 3"),
    ("cluster_choice_judges_the_pav", "update cluster_choice set chosen = false where k = 6"),
    ("correlations_complete", "delete from correlations where feature = '05-00_7'"),
    ("correlations_complete", "delete from correlations where instrument = 'bai'"),
    ("correlations_in_range", "update correlations set pearson_r = 1.5 where feature = '05-00_7'"),
    ("correlations_in_range", "update correlations set spearman_r = -1.5 where n = 4"),
    ("correlations_in_range", "update correlations set pearson_p = -0.1 where n = 4"),
    ("correlations_in_range", "update correlations set spearman_p = 1.1 where n = 4"),
    ("correlations_in_range", "update correlations set pearson_q = pearson_p / 2 where n = 4"),
    ("correlations_in_range", "update correlations set spearman_q = 1.1 where n = 4"),
    ("correlations_in_range", "update correlations set pearson_r = 'nan' where n = 4"),
    ("correlations_in_range", "update instrument_correlations set spearman_r = 2"),
    ("distances_complete", f"delete from cell_points where cell_index = {CELL}"),
    ("distances_complete", "delete from cell_points where point = 467"),
    ("distances_complete", "update cell_points set x = null where point = 467"),
    ("excluded_have_reasons", "delete from exclusions where participant = '005'"),
    ("excluded_have_reasons", "update exclusions set scope = 'photo' where participant = '005'"),
    (
        "excluded_have_reasons",
        "update participants set included = false where participant = '001'",
    ),
    ("excluded_have_reasons", "update participants set included = true where participant = '005'"),
    ("excluded_have_reasons", "delete from participants where participant = '005'"),
    (
        "faces_are_aligned",
        f"update photo_alignments set scaled_sin = scaled_sin + 1e-3 where photo_index = {PHOTO}",
    ),
    (
        "faces_are_aligned",
        "update photo_alignments set scaled_cos = scaled_cos * 1.001, "
        f"scaled_sin = scaled_sin * 1.001 where photo_index = {PHOTO}",
    ),
    ("faces_are_aligned", "update photo_alignments set offset_x = offset_x + 1e-5"),
    ("faces_are_aligned", "update photo_alignments set scaled_cos = null"),
    ("faces_are_aligned", "delete from photo_points where point = 133"),
    ("finite_coordinates", "update photo_points set x = null where point = 3"),
    ("finite_coordinates", "update photo_points set y = 'nan' where point = 3"),
    ("finite_coordinates", "update photo_points set z = 'inf' where point = 3"),
    ("finite_coordinates", "update cell_points set y = null where point = 3"),
    ("finite_coordinates", "update cell_points set x = '-inf' where point = 3"),
    ("groups_cover_the_pav", "delete from pav_clusters where point = 200"),
    ("groups_cover_the_pav", "insert into pav_clusters values (3, 0, 0, 0)"),
    ("groups_cover_the_pav", "update pav_clusters set group_id = 9 where group_id = 5"),
    ("groups_cover_the_pav", "update pav_clusters set group_id = group_id + 1"),
    ("landmarks_per_photo", f"delete from photo_points where photo_index = {PHOTO}"),
    (
        "landmarks_per_photo",
        f"delete from photo_points where photo_index = {PHOTO} and point = 477",
    ),
    ("landmarks_per_photo", f"insert into photo_points values ({FACELESS}, 0, 1, 1, 1)"),
    ("masks_are_labelled", "update cells set mask = '05-01' where mask = '05-00'"),
    ("masks_are_labelled", "update cells set expression = 'sleepy' where mask = '05-00'"),
    ("mesh_points_per_mask", f"delete from cell_points where cell_index = {CELL}"),
    ("mesh_points_per_mask", "delete from cell_points where point = 467"),
    ("mirror_points_pair_up", "delete from mirror_points where point = 10"),
    ("mirror_points_pair_up", "delete from mirror_points where point = 33"),
    ("mirror_points_pair_up", "insert into mirror_points values (468, 473, 'right')"),
    ("mirror_points_pair_up", "update mirror_points set mirrored_point = 61 where point = 263"),
    ("mirror_points_pair_up", "update mirror_points set mirrored_point = 4 where point = 5"),
    ("mirror_points_pair_up", "update mirror_points set side = 'right' where point = 263"),
    ("mirror_points_pair_up", "update mirror_points set side = 'midline' where point in (33, 263)"),
    ("mirror_points_pair_up", "update mirror_points set side = null where point = 10"),
    ("muscle_points_on_their_side", "update muscles set side = 'left' where point = 61"),
    ("muscle_points_on_their_side", "update muscles set side = null where point = 61"),
    ("muscle_points_on_their_side", "update muscles set side = 'right' where point = 17"),
    ("muscle_points_on_their_side", "update muscles set point = 468 where point = 17"),
    (
        "pair_changes_within_distances",
        f"update cell_pair_changes set mean_abs_change = 999 where cell_index = {CELL}",
    ),
    (
        "pair_changes_within_distances",
        "update cell_pair_changes set mean_change = -1.1 * mean_abs_change where point = 467",
    ),
    ("pairs_add_up", "delete from pair_changes_once where point_b = 467 and mask = '05-00'"),
    ("pairs_add_up", "delete from pair_changes_once where mask = '07-01'"),
    ("pairs_add_up", "update pair_changes_once set mean_change = mean_change + 1e-5"),
    ("pairs_add_up", "update pair_changes_once set mean_abs_change = mean_abs_change * 1.01"),
    ("pairs_add_up", "update pair_changes_once set mean_change = null where mask = '07-01'"),
    ("pairs_add_up", "update pair_changes_by_mask set mean_change = 0 where participant = '001'"),
    ("noise_in_range", "update point_noise set noise_distance = -1 where point = 3"),
    ("noise_in_range", "update point_noise set over_noise = 'nan' where point = 3"),
    ("noise_in_range", "update noise_floor set over_noise = null where group_id = 7"),
    ("noise_in_range", "update noise_floor set reason = 'none' where grouping = 'mesh'"),
    ("pav_above_everywhere", "delete from points_above_average where point = 200"),
    ("pav_above_everywhere", "insert into points_above_average values (3, 3, 1.0)"),
    ("pav_above_everywhere", "insert into points_above_average values (477, 3, 1.0)"),
    ("pav_above_everywhere", "update points_above_average set masks_above = 2 where point = 200"),
    ("photos_conserved", "delete from exclusions where participant = '005'"),
    ("photos_conserved", "delete from exclusions where reason = 'unlisted_expression'"),
    ("photos_conserved", f"delete from photo_alignments where photo_index = {PHOTO}"),
    ("photos_reach_their_masks", f"delete from cell_points where cell_index = {CELL}"),
    ("photos_reach_their_masks", "update cell_points set photos = 2 where point = 3"),
    ("photos_reach_their_masks", "update cell_points set photos = 4 where point = 3"),
    (
        "photos_reach_their_masks",
        f"insert into cell_points values ({EXCLUDED_CELL}, 0, 1, 1, 1, 3)",
    ),
    ("reliability_in_range", "update reliability set icc_a1 = 1.1 where feature = '05-00_7'"),
    ("reliability_in_range", "update reliability set icc_a1_low = 1 where feature = '05-00_7'"),
    ("reliability_in_range", "update reliability set icc_ak_high = -9 where feature = '05-00_7'"),
    ("reliability_in_range", "update reliability set sem = -1 where feature = '05-00_7'"),
    ("reliability_in_range", "update reliability set icc_a1 = null where feature = '05-00_7'"),
    ("reliability_in_range", "update reliability set n = n + 1 where feature = '05-00_7'"),
    ("regularity_in_range", "delete from expression_regularity where mask = '05-00'"),
    ("regularity_in_range", "update expression_regularity set participants = 3"),
    ("regularity_in_range", "update expression_regularity set resultant_ratio = 1.1"),
    ("regularity_in_range", "update expression_regularity set chance_ratio = 1.1"),
    ("regularity_in_range", "update expression_regularity set mean_cosine = -1.1"),
    ("regularity_in_range", "update expression_regularity set mean_distance = 1"),
    ("regularity_in_range", "update expression_regularity set ratio_low = ratio_high + 1"),
    ("regularity_in_range", "update expression_regularity set cosine_low = cosine_high + 1"),
    ("regularity_in_range", "update expression_regularity set dispersion_low = 1e9"),
    ("scores_in_range", "update scores set score = 63.5 where instrument = 'dbi'"),
    ("scores_in_range", "update scores set score = -1 where participant = '006'"),
    ("supervision_effects_in_range", "delete from supervision_effects where group_id = 7"),
    ("supervision_effects_in_range", "update supervision_effects set reason = null"),
    ("supervision_effects_in_range", "update supervision_effects set t_p = 0.5"),
    ("supervision_effects_in_range", "update supervision_effects set reason = null, t_p = 1.1"),
    ("supervision_effects_in_range", "update supervision_effects set reason = null, t_p = -0.1"),
    (
        "supervision_effects_in_range",
        "update supervision_effects set reason = null, t_p = 0.5, t_q = 0.4",
    ),
    (
        "supervision_effects_in_range",
        "update supervision_effects set reason = null, t_p = 0.5, t_q = 1.1",
    ),
    (
        "supervision_effects_in_range",
        "update supervision_effects set reason = null, t_p = 0.5, wilcoxon_p = 1.1",
    ),
    (
        "supervision_effects_in_range",
        "update supervision_effects set reason = null, t_p = 0.5, wilcoxon_p = -0.1",
    ),
    (
        "supervision_effects_in_range",
        "update supervision_effects set reason = null, t_p = 0.5, "
        "wilcoxon_p = 0.5, wilcoxon_q = 0.4",
    ),
    (
        "supervision_effects_in_range",
        "update supervision_effects set reason = null, t_p = 0.5, wilcoxon_q = 1.1",
    ),
    (
        "supervision_effects_in_range",
        "update supervision_effects set reason = null, t_p = 0.5, rank_biserial = -1.1",
    ),
    (
        "supervision_effects_in_range",
        "update supervision_effects set reason = null, t_p = 0.5, cohen_dz = 2, dz_low = 3",
    ),
    (
        "supervision_effects_in_range",
        "update supervision_effects set reason = null, t_p = 0.5, cohen_dz = 2, dz_high = 1",
    ),
    (
        "supervision_effects_in_range",
        "update supervision_effects set reason = null, t_p = 0.5, "
        "mean_difference = 2, difference_low = 3",
    ),
    (
        "supervision_effects_in_range",
        "update supervision_effects set reason = null, t_p = 0.5, "
        "mean_difference = 2, difference_high = 1",
    ),
    (
        "supervision_effects_in_range",
        "update supervision_effects set reason = null, t_p = 0.5, cohen_dz = 'nan'",
    ),
    (
        "supervision_effects_in_range",
        "update supervision_effects set reason = null, t_p = 0.5, mean_difference = 'nan'",
    ),
]


@pytest.fixture(scope="module")
def results(small_warehouse: WarehousePaths) -> dict[str, CheckResult]:
    return {result.name: result for result in run_checks(small_warehouse)}


@pytest.mark.parametrize("name", CHECKS)
def test_a_sound_warehouse_keeps_the_rule(results: dict[str, CheckResult], name: str) -> None:
    assert results[name].kept


@pytest.mark.parametrize("name", CHECKS)
def test_an_empty_warehouse_keeps_the_rule(empty_warehouse: WarehousePaths, name: str) -> None:
    with duckdb.connect(empty_warehouse.database, read_only=True) as connection:
        assert connection.execute(CHECKS[name].query).fetchall() == []


@pytest.mark.parametrize(("name", "violation"), VIOLATIONS)
def test_a_violation_is_found(spoilt: duckdb.DuckDBPyConnection, name: str, violation: str) -> None:
    [(changed,)] = spoilt.execute(violation).fetchall()

    assert changed > 0
    assert spoilt.execute(CHECKS[name].query).fetchall() != []


def test_every_rule_has_a_violation() -> None:
    assert {name for name, _ in VIOLATIONS} == CHECKS.keys()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("alignment_masks_agree", "delete from mean_masks where point < 468"),
        ("alignment_masks_agree", "update alignment_masks set x = 0 where method <> 'paper'"),
        ("finite_coordinates", "update photo_points set z = null"),
        ("finite_coordinates", "update cell_points set z = null"),
        ("scores_in_range", "update scores set score = 63 where instrument = 'dbi'"),
        ("scores_in_range", "update scores set score = 0, instrument = 'dbi'"),
        ("scores_in_range", "update instruments set min_score = null, max_score = null"),
        ("landmarks_per_photo", "delete from photo_points where point >= 468"),
        ("blendshapes_per_photo", "delete from blendshapes"),
        ("correlations_in_range", "update correlations set pearson_r = null, pearson_p = null"),
    ],
)
def test_what_is_allowed_is_not_found(
    spoilt: duckdb.DuckDBPyConnection, name: str, change: str
) -> None:
    [(changed,)] = spoilt.execute(change).fetchall()

    assert changed > 0
    assert spoilt.execute(CHECKS[name].query).fetchall() == []


def test_the_rows_found_are_those_that_break_the_rule(spoilt: duckdb.DuckDBPyConnection) -> None:
    spoilt.execute("update scores set score = 99 where participant = '002' and instrument = 'bai'")

    assert spoilt.execute(CHECKS["scores_in_range"].query).fetchall() == [
        ("002", "bai", 99.0, 0.0, 63.0)
    ]
