/*
row = "a feature, and how well photographs agree on the movement in it"
key = ["grouping", "feature"]
materialized = "table"
internal = true
extra = "statistics"
step = "movement_components"
note = """
Computed from photo_movements: participants × photographs, with all that participants have.
feature_reliability says what the columns are."""

[columns]
grouping = "shared"
feature = "shared"
n = "shared:movement_n"
incomplete = "shared:movement_incomplete"
photos = ["count", "photographs of each face that most have, two at least"]
icc_ck = "shared:icc_ck"
icc_ck_low = "shared:r_low"
icc_ck_high = "shared:r_high_1"
var_participants = "shared:movement_var_participants"
var_places = "shared:movement_var_places"
var_error = "shared:movement_var_error"
*/
select
    group_features.grouping,
    group_features.feature,
    photo_movements.participant,
    photo_movements.place,
    photo_movements.movement
from internal.photo_movements
inner join internal.group_features
    on
        photo_movements.mask = group_features.mask
        and photo_movements.grouping = group_features.grouping
        and photo_movements.group_id = group_features.group_id
where photo_movements.movement is not null
