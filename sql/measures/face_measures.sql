/*
row = "a measure of a face: of a photograph, of a mask or of a face that masks are compared with"
key = ["face_kind", "face_index", "measure"]
materialized = "table"
internal = true
note = """
For queries by name use measures and photo_measures, which say what each value is. A distance, ratio
or angle is computed from the one face; its change is the difference between two. A movement or
side_difference is computed from how far points lie apart in two faces, so a face that is not
compared has none."""

[columns]
face_kind = ["text", "photo, mask, or reference: a face that masks are compared with"]
face_index = ["id", "photo_index, cell_index or neutral_index"]
measure = "shared"
value = "shared:measure_value"
neutral_value = "shared:measure_neutral_value"
change = "shared:measure_change"
*/
with compared as (
    -- Masks that results have, as compared_cells has those of everybody.
    select
        compared_cells.cell_index,
        compared_cells.neutral_index
    from internal.compared_cells
    where compared_cells.cell_index in (
        select photo_alignments.cell_index from internal.photo_alignments
    )
),

faces as (
    -- Every face, and the face that it is compared with.
    select
        'photo' as face_kind,
        photo_alignments.photo_index as face_index,
        'photo' as neutral_kind,
        photo_pairs.neutral_photo_index as neutral_index
    from internal.photo_alignments
    left join internal.photo_pairs on photo_alignments.photo_index = photo_pairs.photo_index
    union all
    select
        'mask' as face_kind,
        cell_index as face_index,
        'reference' as neutral_kind,
        neutral_index
    from compared
    union all
    select distinct
        'reference' as face_kind,
        neutral_index as face_index,
        cast(null as varchar) as neutral_kind,
        cast(null as integer) as neutral_index
    from compared
),

needed as (
    select distinct point
    from measure_points
),

placed as (
    -- Where the needed points lie in them.
    select
        'photo' as face_kind,
        photo_index as face_index,
        point,
        x,
        y,
        z
    from internal.measured_landmarks
    union all
    select
        'mask' as face_kind,
        cell_points.cell_index as face_index,
        cell_points.point,
        cell_points.x,
        cell_points.y,
        cell_points.z
    from internal.cell_points
    inner join needed on cell_points.point = needed.point
    union all
    select
        'reference' as face_kind,
        reference_faces.neutral_index as face_index,
        reference_faces.point,
        reference_faces.x,
        reference_faces.y,
        reference_faces.z
    from internal.reference_faces
    inner join needed on reference_faces.point = needed.point
),

in_dimensions as (
    -- Depth as the settings say.
    select
        placed.face_kind,
        placed.face_index,
        placed.point,
        placed.x,
        placed.y,
        case when settings.distance_dimensions = 3 then placed.z else 0 end as z
    from placed
    cross join settings
),

lines as (
    -- From a part's second point to the first, and of an angle to the third.
    select
        first.face_kind,
        first.face_index,
        measure_parts.measure,
        measure_parts.part,
        first.x - middle.x as ax,
        first.y - middle.y as ay,
        first.z - middle.z as az,
        third.x - middle.x as cx,
        third.y - middle.y as cy,
        third.z - middle.z as cz
    from internal.measure_parts
    inner join in_dimensions as first on measure_parts.a = first.point
    inner join in_dimensions as middle
        on
            measure_parts.b = middle.point
            and first.face_kind = middle.face_kind
            and first.face_index = middle.face_index
    left join in_dimensions as third
        on
            measure_parts.c = third.point
            and first.face_kind = third.face_kind
            and first.face_index = third.face_index
),

computed as (
    -- Lengths, and the angle between two lines: from its sine and cosine, exact near 0 and 180;
    -- a line without length has none.
    select
        face_kind,
        face_index,
        measure,
        part,
        case
            when
                part = 'angle'
                and (ax * ax + ay * ay + az * az = 0 or cx * cx + cy * cy + cz * cz = 0)
                then null
            when part = 'angle'
                then
                    degrees(atan2(
                        sqrt(
                            power(ay * cz - az * cy, 2)
                            + power(az * cx - ax * cz, 2)
                            + power(ax * cy - ay * cx, 2)
                        ),
                        ax * cx + ay * cy + az * cz
                    ))
            else sqrt(ax * ax + ay * ay + az * az)
        end as value
    from lines
),

by_itself as (
    -- Distances, ratios and angles of each face.
    select
        face_kind,
        face_index,
        measure,
        avg(case when part <> 'over' then value end)
        / case
            when count(case when part = 'over' then 1 end) = 0 then 1
            else nullif(avg(case when part = 'over' then value end), 0)
        end as value
    from computed
    group by face_kind, face_index, measure
),

moved as (
    -- How far the points of movements lie from those of the face that is compared with.
    select
        faces.face_kind,
        faces.face_index,
        measure_points.measure,
        measure_points.side,
        sqrt(
            power(face.x - neutral.x, 2)
            + power(face.y - neutral.y, 2)
            + power(face.z - neutral.z, 2)
        ) as distance
    from faces
    inner join in_dimensions as face
        on faces.face_kind = face.face_kind and faces.face_index = face.face_index
    inner join in_dimensions as neutral
        on
            faces.neutral_kind = neutral.face_kind
            and faces.neutral_index = neutral.face_index
            and face.point = neutral.point
    inner join measure_points on face.point = measure_points.point
),

movements as (
    select
        moved.face_kind,
        moved.face_index,
        moved.measure,
        case measure_definitions.kind
            when 'movement' then avg(moved.distance)
            else
                avg(case when moved.side = 'left' then moved.distance end)
                - avg(case when moved.side = 'right' then moved.distance end)
        end as value
    from moved
    inner join measure_definitions on moved.measure = measure_definitions.measure
    where measure_definitions.kind in ('movement', 'side_difference')
    group by moved.face_kind, moved.face_index, moved.measure, measure_definitions.kind
)

select
    faces.face_kind,
    faces.face_index,
    measure_definitions.measure,
    coalesce(by_itself.value, movements.value) as value,
    coalesce(neutral.value, case when movements.value is not null then 0.0 end) as neutral_value,
    coalesce(by_itself.value - neutral.value, movements.value) as change
from faces
cross join measure_definitions
left join by_itself
    on
        faces.face_kind = by_itself.face_kind
        and faces.face_index = by_itself.face_index
        and measure_definitions.measure = by_itself.measure
left join by_itself as neutral
    on
        faces.neutral_kind = neutral.face_kind
        and faces.neutral_index = neutral.face_index
        and measure_definitions.measure = neutral.measure
left join movements
    on
        faces.face_kind = movements.face_kind
        and faces.face_index = movements.face_index
        and measure_definitions.measure = movements.measure
