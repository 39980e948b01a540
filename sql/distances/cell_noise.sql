/*
row = """
a mesh point of a mask, and how far it would seem to lie from the same participant's neutral face if
nothing had moved"""
key = ["cell_index", "point"]
materialized = "table"
internal = true
extra = "statistics"
source = "the plus-minus reference of Schimmel 1967 (Science 157, 92-94), in the plane or in space"
note = """
Noise is what makes the photographs of a cell differ. To measure it, the photographs of a cell are
added with weights whose sum is 0 and whose sum of squares is that of the weights of a mean. The
face, which all photographs share, cancels; what is left has the variance of the noise in the mask.
The sum for the mask less the sum for the neutral face is therefore as long as the distance between
the two would be without movement.

The weights are √2 cos(2π place / photos) / photos, and a second time the same with the sine; with
two photographs they are a half and minus a half. Both sums count where both cells have three
photographs, which uses everything that three photographs tell about their noise.

Where noise is normal, the mean length is the expected distance without movement, whatever the
noise's size and direction in each person. Were it the same in all directions with standard
deviation s in a photograph, that distance would be s √((1 / photos + 1 / neutral photos) π / 2)
(Rayleigh). Real small movements from photograph to photograph count as noise, and so do errors of
alignment."""

[batch]
relation = "internal.photo_alignments"
column = "neutral_index"
size = 8192

[columns]
cell_index = ["shared", """
    every mask but the reference, with two photographs or more of it and of the neutral face"""]
point = "shared"
noise_distance = ["aligned px", """
    mean length of the sums; in the image plane or with depth, as the setting
    distance.dimensions says; with depth, null where a photograph came without"""]
sums = ["count", "sums in the mean: two, or one where a cell has two photographs"]
*/
with placed as (
    -- Each photograph's place in its cell, from 1, and how many photographs have depth.
    select
        photo_index,
        cell_index,
        row_number() over (partition by cell_index order by photo_index) as place,
        count(*) over (partition by cell_index) as photos,
        count(offset_z) over (partition by cell_index) as photos_with_depth
    from internal.photo_alignments
),

weights as (
    -- The weights of the cosine and of the sine; with two photographs there is no sine.
    select
        photo_index,
        cell_index,
        case when photos > 2 then sqrt(2.0) else 1.0 end
        * cos(2 * pi() * place / photos) / photos as cosine,
        case when photos > 2 then sqrt(2.0) * sin(2 * pi() * place / photos) / photos end as sine
    from placed
    where photos > 1
),

weighted as (
    -- Both sums, of each point of each cell.
    select
        weights.cell_index,
        placed_landmarks.point,
        sum(weights.cosine * placed_landmarks.x) as cosine_x,
        sum(weights.cosine * placed_landmarks.y) as cosine_y,
        sum(weights.cosine * placed_landmarks.z) as cosine_z,
        sum(weights.sine * placed_landmarks.x) as sine_x,
        sum(weights.sine * placed_landmarks.y) as sine_y,
        sum(weights.sine * placed_landmarks.z) as sine_z
    from placed_landmarks
    inner join weights on placed_landmarks.photo_index = weights.photo_index
    where placed_landmarks.point < 468
    group by weights.cell_index, placed_landmarks.point
),

without_depth as (
    -- Cells in which a photograph came without depth.
    select distinct cell_index
    from placed
    where photos_with_depth < photos
),

in_dimensions as (
    -- Depth as the settings say, and each cell's neutral one.
    select
        weighted.cell_index,
        compared_cells.neutral_index,
        weighted.point,
        weighted.cosine_x,
        weighted.cosine_y,
        weighted.sine_x,
        weighted.sine_y,
        case
            when settings.distance_dimensions = 2 then 0
            when without_depth.cell_index is null then weighted.cosine_z
        end as cosine_z,
        case
            when settings.distance_dimensions = 2 then 0
            when without_depth.cell_index is null then weighted.sine_z
        end as sine_z
    from weighted
    cross join settings
    left join without_depth on weighted.cell_index = without_depth.cell_index
    left join internal.compared_cells on weighted.cell_index = compared_cells.cell_index
),

lengths as (
    -- Lengths of the sum of the mask less that of the neutral face.
    select
        face.cell_index,
        face.point,
        sqrt(
            power(face.cosine_x - neutral.cosine_x, 2)
            + power(face.cosine_y - neutral.cosine_y, 2)
            + power(face.cosine_z - neutral.cosine_z, 2)
        ) as cosine_length,
        sqrt(
            power(face.sine_x - neutral.sine_x, 2)
            + power(face.sine_y - neutral.sine_y, 2)
            + power(face.sine_z - neutral.sine_z, 2)
        ) as sine_length
    from in_dimensions as face
    inner join in_dimensions as neutral
        on face.neutral_index = neutral.cell_index and face.point = neutral.point
)

-- Their mean.
select
    cell_index,
    point,
    case
        when sine_length is null then cosine_length else (cosine_length + sine_length) / 2
    end as noise_distance,
    cast(case when sine_length is null then 1 else 2 end as integer) as sums
from lengths
