/*
row = "a point of a mask, keyed by integers"
key = ["cell_index", "point"]
materialized = "table"
note = "For queries by name use the view masks. Computed from the lake as aligned_points is from photo_points: read there, seven million landmarks need not be written first."

[batch]
relation = "photo_alignments"
column = "cell_index"
size = 8192

[columns]
cell_index = ["id", "the cell, as in cells"]
point = ["id", "0-467 face mesh, 468-477 irises"]
x = ["aligned px", "mean over the cell's usable photographs"]
y = ["aligned px", "mean over the cell's usable photographs"]
z = ["aligned px", "mean over the cell's usable photographs"]
photos = ["count", "photographs in the mean"]
*/
with faces as (
    select
        photos.participant,
        photos.expression,
        photos.supervised,
        photos.photo,
        photo_alignments.cell_index,
        photo_alignments.scale,
        photo_alignments.scaled_cos,
        photo_alignments.scaled_sin,
        photo_alignments.offset_x,
        photo_alignments.offset_y,
        photo_alignments.offset_z
    from photo_alignments
    inner join photos on photo_alignments.photo_index = photos.photo_index
)

select
    faces.cell_index,
    source_landmarks.point,
    avg(
        faces.offset_x
        + faces.scaled_cos * source_landmarks.x
        + faces.scaled_sin * source_landmarks.y
    ) as x,
    avg(
        faces.offset_y
        - faces.scaled_sin * source_landmarks.x
        + faces.scaled_cos * source_landmarks.y
    ) as y,
    avg(faces.offset_z + faces.scale * source_landmarks.z) as z,
    cast(count(*) as integer) as photos
from source_landmarks
inner join faces
    on
        source_landmarks.participant = faces.participant
        and source_landmarks.expression = faces.expression
        and source_landmarks.supervised = faces.supervised
        and source_landmarks.photo = faces.photo
group by faces.cell_index, source_landmarks.point
