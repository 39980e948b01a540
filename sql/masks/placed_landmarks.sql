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
select
    numbered_landmarks.photo_index,
    photo_alignments.cell_index,
    numbered_landmarks.point,
    photo_alignments.offset_x
    + photo_alignments.scaled_cos * numbered_landmarks.x
    + photo_alignments.scaled_sin * numbered_landmarks.y as x,
    photo_alignments.offset_y
    - photo_alignments.scaled_sin * numbered_landmarks.x
    + photo_alignments.scaled_cos * numbered_landmarks.y as y,
    photo_alignments.offset_z + photo_alignments.scale * numbered_landmarks.z as z
from numbered_landmarks
inner join internal.photo_alignments
    on numbered_landmarks.photo_index = photo_alignments.photo_index
