/*
row = "a feature of a participant, measured in three ways"
key = ["participant", "feature"]
materialized = "table"
export = 72
note = """
Noise makes every distance longer, since a length cannot be negative: small movements drown in it.
The two other ways are free of this bias. The setting statistics.feature chooses which of the three
is in features, and so what is correlated.

projected is the displacement along the mean displacement of all others in the same mask, point by
point, averaged over the group's points. Who moves the other way is negative. Noise averages out,
and so does movement across that direction: who shows an expression in a way of their own moves
little by this measure.

squared_unbiased is the mean, over pairs of photographs, of the scalar product of their
displacements. The two of a pair share neither the photograph of the mask nor the neutral one, so
that their noise cancels on average, whatever its size in each person. It equals the squared
distance less the variances of the means of the mask's and of the neutral photographs. It may be
negative, as where nothing moves it is on either side of 0. What the photographs of a mask share,
such as a turn of the head, does not cancel, nor the scale that the alignment neutral_scale takes
from the neutral face.

Of a measure of movement these are computed as of a group. Any other measure is one signed number:
projected is its change, with the sign turned where the others' mean change is negative, and
squared_unbiased takes its values in single photographs. A side_difference has no such values.

Where a face is compared with another than its own neutral one (quality.reference), projected holds
its build, and the other two are null."""

[columns]
participant = ["shared", "included participants only"]
feature = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
grouping = "shared"
group_id = "shared"
distance = "shared:group_or_measure_value"
projected = ["aligned px", """
    mean displacement along the others' mean direction; in the measure's unit of a measure; null
    where projected_reason says why"""]
squared_unbiased = ["aligned px²", """
    mean square of the displacement without noise; in the measure's unit, squared; null where
    squared_reason says why"""]
noise_share = ["share", """
    of noise in the squared distance, estimated: 0 none, 1 all; above 1 where squared_unbiased is
    negative; null too where nothing moves"""]
projected_reason = ["text", "why projected is null; null where it is not"]
squared_reason = ["text", "why squared_unbiased is null; null where it is not"]
*/
with groups as (
    select
        pav_groups.grouping,
        pav_groups.group_id,
        pav_groups.point
    from pav_groups
    inner join settings on pav_groups.grouping = 'kmeans' || settings.clusters_k || '_eyes'
    union all
    select
        'measures' as grouping,
        measure_definitions.group_id,
        measure_points.point
    from measure_points
    inner join measure_definitions on measure_points.measure = measure_definitions.measure
    where measure_definitions.kind = 'movement'
),

needed as (
    select distinct point
    from groups
),

means as (
    -- Of the needed points only, or the engine first spreads all means over all cells.
    select
        mask,
        point,
        participants,
        dx,
        dy,
        dz
    from mean_displacements
    where point in (select needed.point from needed)
),

displacements as (
    -- Beside the sum over everybody whose displacement is known.
    select
        cell_displacements.cell_index,
        cell_displacements.point,
        cell_displacements.dx,
        cell_displacements.dy,
        case when settings.distance_dimensions = 3 then cell_displacements.dz else 0 end as dz,
        means.dx * means.participants as total_dx,
        means.dy * means.participants as total_dy,
        case
            when settings.distance_dimensions = 3
                then means.dz * means.participants
            else 0
        end as total_dz,
        means.participants - 1 as others
    from internal.cell_displacements
    inner join internal.cells on cell_displacements.cell_index = cells.cell_index
    -- Where depth counts and nobody has it there is no mean.
    left join means
        on
            cells.mask = means.mask
            and cell_displacements.point = means.point
    cross join settings
    where cell_displacements.point in (select needed.point from needed)
),

others_moved as (
    -- The sum of the others' displacements.
    select
        cell_index,
        point,
        dx,
        dy,
        dz,
        total_dx - dx as others_dx,
        total_dy - dy as others_dy,
        total_dz - dz as others_dz,
        others
    from displacements
),

measured as (
    select
        cell_index,
        point,
        dx * dx + dy * dy + dz * dz as square,
        dx * others_dx + dy * others_dy + dz * others_dz as product,
        sqrt(others_dx * others_dx + others_dy * others_dy + others_dz * others_dz)
            as others_length,
        others
    from others_moved
),

point_movements as (
    -- Where the others stay within rounding errors, there is no direction.
    select
        cell_index,
        point,
        square,
        case when others > 0 and others_length > 1e-6 * others then product / others_length end
            as projected
    from measured
),

changes as (
    select
        measures.participant,
        measures.mask,
        measures.measure,
        measures.change,
        sum(measures.change) over (partition by measures.mask, measures.measure) as total,
        count(measures.change) over (partition by measures.mask, measures.measure) as people
    from measures
    inner join measure_definitions on measures.measure = measure_definitions.measure
    where measure_definitions.kind <> 'movement'
),

of_photographs as (
    -- A side_difference of one photograph does not exist, so it has no values here.
    select
        participant,
        mask,
        measure,
        avg(value) as mean,
        var_samp(value) / count(value) as error
    from photo_measures
    where mask = '00-00' or value is not null
    group by participant, mask, measure
),

measure_movements as (
    select
        changes.participant,
        changes.mask,
        changes.measure,
        changes.change as distance,
        case
            when changes.people > 1 and abs(changes.total - changes.change) > 1e-9 * changes.people
                then changes.change * sign(changes.total - changes.change)
        end as projected,
        power(face.mean - neutral.mean, 2) as square,
        face.error + neutral.error as error
    from changes
    inner join measure_definitions on changes.measure = measure_definitions.measure
    left join of_photographs as face
        on
            measure_definitions.kind <> 'side_difference'
            and changes.participant = face.participant
            and changes.mask = face.mask
            and changes.measure = face.measure
    left join of_photographs as neutral
        on
            changes.participant = neutral.participant
            and neutral.mask = '00-00'
            and changes.measure = neutral.measure
),

moved as (
    -- Groups of points, as their mean distances are.
    select
        point_movements.cell_index,
        groups.grouping,
        groups.group_id,
        avg(sqrt(point_movements.square)) as distance,
        avg(point_movements.projected) as projected,
        avg(point_movements.square) as square
    from point_movements
    inner join groups on point_movements.point = groups.point
    group by point_movements.cell_index, groups.grouping, groups.group_id
),

point_errors as (
    -- The variance of noise in a mean of photographs: theirs over their number, summed over axes.
    select
        cell_points.cell_index,
        cell_points.point,
        case
            when cell_points.photos > 1
                then
                    (
                        cell_points.mean_square
                        - cell_points.x * cell_points.x
                        - cell_points.y * cell_points.y
                        - case
                            when settings.distance_dimensions = 3
                                then cell_points.z * cell_points.z
                            else 0
                        end
                    )
                    / (cell_points.photos - 1)
        end as error
    from internal.cell_points
    cross join settings
),

errors as (
    -- What noise adds to the mean squares, in masks and in neutral faces.
    select
        point_errors.cell_index,
        groups.grouping,
        groups.group_id,
        case when count(point_errors.error) = count(*) then avg(point_errors.error) end as error
    from point_errors
    inner join groups on point_errors.point = groups.point
    group by point_errors.cell_index, groups.grouping, groups.group_id
),

averaged as (
    select
        moved.cell_index,
        moved.grouping,
        moved.group_id,
        moved.distance,
        moved.projected,
        moved.square,
        face.error + neutral.error as error
    from moved
    inner join internal.compared_cells on moved.cell_index = compared_cells.cell_index
    left join errors as face
        on
            moved.cell_index = face.cell_index
            and moved.grouping = face.grouping
            and moved.group_id = face.group_id
    left join errors as neutral
        on
            compared_cells.neutral_index = neutral.cell_index
            and moved.grouping = neutral.grouping
            and moved.group_id = neutral.group_id
),

found as (
    select
        cells.participant,
        cells.mask,
        averaged.grouping,
        averaged.group_id,
        averaged.distance,
        averaged.projected,
        averaged.square,
        averaged.error,
        false as of_two_faces
    from averaged
    inner join internal.cells on averaged.cell_index = cells.cell_index
    union all
    select
        measure_movements.participant,
        measure_movements.mask,
        'measures' as grouping,
        measure_definitions.group_id,
        measure_movements.distance,
        measure_movements.projected,
        measure_movements.square,
        measure_movements.error,
        measure_definitions.kind = 'side_difference' as of_two_faces
    from measure_movements
    inner join measure_definitions on measure_movements.measure = measure_definitions.measure
),

compared as (
    select
        cells.participant,
        cells.mask,
        compared_cells.compared_with
    from internal.compared_cells
    inner join internal.cells on compared_cells.cell_index = cells.cell_index
),

own as (
    -- With another face than the own, the square holds the build of the face.
    select
        found.participant,
        found.mask,
        found.grouping,
        found.group_id,
        found.distance,
        found.projected,
        case when compared.compared_with = 'own' then found.square end as square,
        case when compared.compared_with = 'own' then found.error end as error,
        case
            when found.distance is null then 'there is no distance'
            when found.projected is null then 'nobody else moves in a direction'
        end as projected_reason,
        case
            when found.distance is null then 'there is no distance'
            when found.of_two_faces
                then 'a difference between the sides is of two faces, so its noise does not cancel'
            when compared.compared_with <> 'own'
                then 'compared with another face than the own, so its build counts'
            when found.square is null or found.error is null
                then
                    'fewer than two photographs of the mask or of the neutral face, or one of them '
                    || 'without depth'
        end as squared_reason
    from found
    inner join compared
        on found.participant = compared.participant and found.mask = compared.mask
)

select
    own.participant,
    group_features.feature,
    group_features.expression,
    group_features.supervised,
    own.mask,
    own.grouping,
    own.group_id,
    own.distance,
    own.projected,
    case when own.squared_reason is null then own.square - own.error end as squared_unbiased,
    -- What is smaller are rounding errors, which have no shares.
    case when own.squared_reason is null and own.square > 1e-12 then own.error / own.square end
        as noise_share,
    own.projected_reason,
    own.squared_reason
from own
inner join internal.group_features
    on
        own.mask = group_features.mask
        and own.grouping = group_features.grouping
        and own.group_id = group_features.group_id
