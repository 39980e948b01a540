/*
row = "a landmark of a photograph that enters its mask, aligned"
key = ["photo_index", "point"]
materialized = "ephemeral"
note = """
The same as aligned_points, and there too where the setting database.landmarks is false. A table
joined to this query does not keep the engine from reading all landmarks, because it moves no join
below the arithmetic. A relation that needs few of the photographs is therefore made in batches of
photo_alignments."""

[columns]
photo_index = "shared"
cell_index = "shared"
point = "shared:any_point"
x = "shared"
y = "shared"
z = "shared"
*/
with located as (
    select
        photo_points.photo_index,
        photo_points.point,
        photo_points.x,
        photo_points.y,
        photo_points.z,
        photo_alignments.cell_index,
        photo_alignments.scale,
        photo_alignments.scaled_cos,
        photo_alignments.scaled_sin,
        photo_alignments.offset_x,
        photo_alignments.offset_y,
        photo_alignments.offset_z
    from internal.photo_points
    inner join internal.photo_alignments
        on photo_points.photo_index = photo_alignments.photo_index
    union all
    -- Joined in both parts: the engine takes no join into them, and so a batch would read all.
    select
        lake_landmarks.photo_index,
        lake_landmarks.point,
        lake_landmarks.x,
        lake_landmarks.y,
        lake_landmarks.z,
        photo_alignments.cell_index,
        photo_alignments.scale,
        photo_alignments.scaled_cos,
        photo_alignments.scaled_sin,
        photo_alignments.offset_x,
        photo_alignments.offset_y,
        photo_alignments.offset_z
    from lake_landmarks
    inner join internal.photo_alignments
        on lake_landmarks.photo_index = photo_alignments.photo_index
    inner join settings on not settings.landmarks_kept
)

select
    photo_index,
    cell_index,
    point,
    offset_x + scaled_cos * x + scaled_sin * y as x,
    offset_y - scaled_sin * x + scaled_cos * y as y,
    offset_z + scale * z as z
from located
