/*
row = "a point of a mask or of a neutral face, and how much noise its place holds"
key = ["cell_index", "point"]
materialized = "table"
internal = true
note = """
Only points of groups and of measures of movement are here. The place in the mask is the mean of its
photographs, so the variance of its noise is theirs over their number, summed over the axes of the
setting distance.dimensions."""

[batch]
relation = "internal.photo_alignments"
column = "cell_index"
size = 8192

[columns]
cell_index = "shared"
point = "shared"
error = ["aligned px²", """
    variance of the mean of the photographs; null for a single one, and where depth is wanted and
    missing"""]
*/
with needed as (
    select point from pav_groups
    union
    select measure_points.point
    from measure_points
    inner join measure_definitions on measure_points.measure = measure_definitions.measure
    where measure_definitions.kind = 'movement'
)

select
    placed_landmarks.cell_index,
    placed_landmarks.point,
    (
        var_samp(placed_landmarks.x)
        + var_samp(placed_landmarks.y)
        + case
            when any_value(settings.distance_dimensions) = 2 then 0
            when count(placed_landmarks.z) = count(*) then var_samp(placed_landmarks.z)
        end
    )
    / count(*) as error
from placed_landmarks
inner join needed on placed_landmarks.point = needed.point
cross join settings
group by placed_landmarks.cell_index, placed_landmarks.point
