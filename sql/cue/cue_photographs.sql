/*
row = "a group of points, or a measure, in one photograph of a participant's mask of an expression"
key = ["participant", "expression", "supervised", "grouping", "group_id", "place"]
materialized = "ephemeral"

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
grouping = "shared"
group_id = "shared"
place = ["count", "the photograph's place in its cell, from 1, as in photo_pairs"]
paper_distance = "shared"
own_distance = "shared"
*/
with two_photographs as (
    -- A photograph with a cue, and the one of the same place of the neutral face with a cue.
    select
        face.photo_index,
        face.place,
        neutral.photo_index as neutral_photo_index,
        cells.participant,
        cells.expression
    from internal.cued_cells
    inner join internal.cells on cued_cells.cell_index = cells.cell_index
    inner join internal.photo_pairs as face on cued_cells.cell_index = face.cell_index
    inner join internal.photo_pairs as neutral
        on cued_cells.neutral_index = neutral.cell_index and face.place = neutral.place
),

moved as (
    -- How far the points of movements lie apart in the two.
    select
        two_photographs.participant,
        two_photographs.expression,
        two_photographs.place,
        measure_points.measure,
        measure_points.side,
        sqrt(
            power(face.x - neutral.x, 2)
            + power(face.y - neutral.y, 2)
            + case
                when settings.distance_dimensions = 3 then power(face.z - neutral.z, 2) else 0
            end
        ) as distance
    from two_photographs
    inner join internal.measured_landmarks as face
        on two_photographs.photo_index = face.photo_index
    inner join internal.measured_landmarks as neutral
        on
            two_photographs.neutral_photo_index = neutral.photo_index
            and face.point = neutral.point
    inner join measure_points on face.point = measure_points.point
    cross join settings
),

movements as (
    select
        moved.participant,
        moved.expression,
        moved.place,
        moved.measure,
        case measure_definitions.kind
            when 'movement' then avg(moved.distance)
            else
                avg(case when moved.side = 'left' then moved.distance end)
                - avg(case when moved.side = 'right' then moved.distance end)
        end as change
    from moved
    inner join measure_definitions on moved.measure = measure_definitions.measure
    group by
        moved.participant, moved.expression, moved.place, moved.measure, measure_definitions.kind
),

of_measures as (
    -- Changes of measures, from the reference and from the neutral face with a cue.
    select
        photo_measures.participant,
        photo_measures.expression,
        photo_measures.supervised,
        'measures' as grouping,
        measure_definitions.group_id,
        photo_measures.place,
        photo_measures.change as paper_distance,
        case
            when not photo_measures.supervised then photo_measures.change
            when measure_definitions.kind in ('movement', 'side_difference') then movements.change
            else photo_measures.value - neutral.value
        end as own_distance
    from photo_measures
    inner join measure_definitions on photo_measures.measure = measure_definitions.measure
    left join photo_measures as neutral
        on
            photo_measures.participant = neutral.participant
            and photo_measures.place = neutral.place
            and photo_measures.measure = neutral.measure
            and neutral.mask = '00-01'
    left join movements
        on
            photo_measures.participant = movements.participant
            and photo_measures.expression = movements.expression
            and photo_measures.place = movements.place
            and photo_measures.measure = movements.measure
    where photo_measures.place is not null
)

select
    participant,
    expression,
    supervised,
    grouping,
    group_id,
    place,
    mean_distance as paper_distance,
    own_distance
from internal.photo_group_distances
union all
select
    participant,
    expression,
    supervised,
    grouping,
    group_id,
    place,
    paper_distance,
    own_distance
from of_measures
