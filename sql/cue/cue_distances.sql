/*
row = "a group of points, the whole face or a measure in a participant's mask of an expression"
key = ["participant", "expression", "supervised", "grouping", "group_id"]
materialized = "table"
internal = true
note = """
What supervision_effects compares. The two distances are the same without a cue, for who has a
neutral face of their own; with a cue they differ by the neutral face that they are measured from.
Values of the grouping measures are changes, in the measure's unit; those of dynamics are those of
dynamics_measures, the same in both columns."""

[columns]
participant = "shared"
expression = ["shared", "never the neutral one"]
supervised = "shared"
mask = ["shared", "never that of a neutral face"]
grouping = ["shared", "mesh: all points of the face in one group"]
group_id = ["shared", "0 in mesh"]
paper_distance = "shared"
own_distance = "shared"
*/
with paper_distances as (
    -- From the reference, which is the neutral face without a cue.
    select
        participant,
        expression,
        supervised,
        grouping,
        group_id,
        mean_distance
    from group_distances
    union all
    select
        cells.participant,
        cells.expression,
        cells.supervised,
        'mesh' as grouping,
        0 as group_id,
        avg(analysed_distances.distance) as mean_distance
    from internal.analysed_distances
    inner join internal.cells on analysed_distances.cell_index = cells.cell_index
    group by cells.participant, cells.expression, cells.supervised
    union all
    select
        measures.participant,
        measures.expression,
        measures.supervised,
        'measures' as grouping,
        measure_definitions.group_id,
        measures.change as mean_distance
    from measures
    inner join measure_definitions on measures.measure = measure_definitions.measure
),

cued_points as (
    select
        cell_index,
        point,
        distance
    from internal.cued_distances
),

of_movements as (
    -- Measures that are computed from how far points lie apart in two faces.
    select
        cued_points.cell_index,
        'measures' as grouping,
        measure_definitions.group_id,
        case measure_definitions.kind
            when 'movement' then avg(cued_points.distance)
            else
                avg(case when measure_points.side = 'left' then cued_points.distance end)
                - avg(case when measure_points.side = 'right' then cued_points.distance end)
        end as distance
    from cued_points
    inner join measure_points on cued_points.point = measure_points.point
    inner join measure_definitions on measure_points.measure = measure_definitions.measure
    where measure_definitions.kind in ('movement', 'side_difference')
    group by
        cued_points.cell_index,
        measure_definitions.group_id,
        measure_definitions.kind
),

by_themselves as (
    -- The other measures: the value with a cue less that of the neutral face with a cue.
    select
        cued_cells.cell_index,
        'measures' as grouping,
        measure_definitions.group_id,
        face.value - neutral.value as distance
    from internal.cued_cells
    inner join internal.cells on cued_cells.cell_index = cells.cell_index
    inner join internal.cells as neutral_cells
        on cued_cells.neutral_index = neutral_cells.cell_index
    inner join measures as face
        on cells.participant = face.participant and cells.mask = face.mask
    inner join measures as neutral
        on
            neutral_cells.participant = neutral.participant
            and neutral_cells.mask = neutral.mask
            and face.measure = neutral.measure
    inner join measure_definitions on face.measure = measure_definitions.measure
    where measure_definitions.kind not in ('movement', 'side_difference')
),

cued as (
    -- From the neutral face with a cue.
    select
        cued_points.cell_index,
        pav_groups.grouping,
        pav_groups.group_id,
        avg(cued_points.distance) as distance
    from cued_points
    inner join pav_groups on cued_points.point = pav_groups.point
    group by cued_points.cell_index, pav_groups.grouping, pav_groups.group_id
    union all
    select
        cell_index,
        'mesh' as grouping,
        0 as group_id,
        avg(distance) as distance
    from cued_points
    group by cell_index
    union all
    select
        cell_index,
        grouping,
        group_id,
        distance
    from of_movements
    union all
    select
        cell_index,
        grouping,
        group_id,
        distance
    from by_themselves
)

select
    paper_distances.participant,
    paper_distances.expression,
    paper_distances.supervised,
    cells.mask,
    paper_distances.grouping,
    paper_distances.group_id,
    paper_distances.mean_distance as paper_distance,
    case
        when paper_distances.supervised then cued.distance
        when compared_cells.compared_with = 'own' then paper_distances.mean_distance
    end as own_distance
from paper_distances
inner join expressions on paper_distances.expression = expressions.expression
inner join internal.cells
    on
        paper_distances.participant = cells.participant
        and paper_distances.expression = cells.expression
        and paper_distances.supervised = cells.supervised
inner join internal.compared_cells on cells.cell_index = compared_cells.cell_index
left join cued
    on
        cells.cell_index = cued.cell_index
        and paper_distances.grouping = cued.grouping
        and paper_distances.group_id = cued.group_id
where expressions.code <> '00'
union all
-- A movement's course has its own neutral stretch in each trial.
select
    participant,
    expression,
    supervised,
    mask,
    'dynamics' as grouping,
    group_id,
    value as paper_distance,
    value as own_distance
from internal.dynamics_values
