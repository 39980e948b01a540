/*
row = """
how a participant's eyes, cheeks and mouth differ between happiness and the neutral face, on one
side"""
key = ["participant", "condition", "side"]
materialized = "table"
export = 230
note = """
Measured on the masks (cell_points), in the image plane. Empty where happiness is not an expression
of the dataset. Who has no neutral face is compared with the one that quality.reference names, and
the measures then hold the build of the face; the head of the canonical face is neither turned nor
raised, that of the mean neutral face is so as its photographs are on average.

Heights are measured from the level of the inner corners of the eyes (133, 362), which no expression
moves much, so they do not depend on where the alignment puts the face. They do depend on its size,
and under the paper's alignment a dropping jaw shrinks the face: read jaw_opening beside them.

Eyes are measured by the aspect ratio of Soukupová and Čech 2016: the mean height of the lid's
opening at two places over the eye's width, points 33, 160, 158, 133, 153, 144 on the right and 263,
387, 385, 362, 380, 373 on the left. Cheeks are points 50, 117, 118 and 280, 346, 347, over the
cheekbone. Corners of the mouth are 61 and 291."""

[columns]
participant = "shared"
condition = ["shared", "the mean of the two"]
side = ["id", """
    left or right, the participant's own; mean of the two; or difference, left less right"""]
corner_rise = ["aligned px", """
    how much higher the corner of the mouth stands than in the neutral face"""]
eye_narrowing = ["share", """
    share by which the eye's aspect ratio is smaller than in the neutral face: 0 as open, 1
    shut, < 0 wider"""]
cheek_rise = ["aligned px", "how much higher the cheek stands than in the neutral face"]
jaw_opening = ["aligned px", """
    how much lower the chin (152) stands than in the neutral face; the same on every side"""]
yaw = ["deg", """
    how much further the head is turned than in the neutral face; where side is mean, to either
    side, because that alters both eyes alike; otherwise towards the picture's right (> 0) or
    left; null for imported landmarks"""]
pitch = ["deg", """
    how much higher the head is raised than in the neutral face; null for imported landmarks"""]
*/
with marks as (
    -- The points that are measured, by side and place.
    select
        listed.side,
        listed.place,
        listed.point
    from (
        values
        ('right', 'outer', 33), ('right', 'outer_upper', 160), ('right', 'inner_upper', 158),
        ('right', 'inner', 133), ('right', 'inner_lower', 153), ('right', 'outer_lower', 144),
        ('right', 'corner', 61), ('right', 'cheek', 50), ('right', 'cheek', 117),
        ('right', 'cheek', 118),
        ('left', 'outer', 263), ('left', 'outer_upper', 387), ('left', 'inner_upper', 385),
        ('left', 'inner', 362), ('left', 'inner_lower', 380), ('left', 'outer_lower', 373),
        ('left', 'corner', 291), ('left', 'cheek', 280), ('left', 'cheek', 346),
        ('left', 'cheek', 347),
        ('midline', 'chin', 152)
    ) as listed (side, place, point)
),

smiles as (
    -- Happiness in either condition, and the face that it is compared with.
    select
        cells.cell_index,
        cells.participant,
        case when cells.supervised then 'supervised' else 'unsupervised' end as condition,
        compared_cells.neutral_index
    from internal.cells
    inner join internal.compared_cells on cells.cell_index = compared_cells.cell_index
    inner join expressions on cells.expression = expressions.expression
    where expressions.expression = 'happiness' and expressions.code <> '00'
),

marked as (
    -- Where the points lie in these faces, which are numbered as cells; 0 is nobody's.
    select
        smiles.cell_index as face_index,
        marks.side,
        marks.place,
        cell_points.x,
        cell_points.y
    from internal.cell_points
    inner join smiles on cell_points.cell_index = smiles.cell_index
    inner join marks on cell_points.point = marks.point
    union all
    select
        reference_faces.neutral_index as face_index,
        marks.side,
        marks.place,
        reference_faces.x,
        reference_faces.y
    from internal.reference_faces
    inner join marks on reference_faces.point = marks.point
),

levels as (
    -- Of each face, the level of the eyes, from which heights are measured, and that of the chin.
    select
        face_index,
        avg(y) filter (where place = 'inner') as eyes_y,
        max(y) filter (where place = 'chin') as chin_y
    from marked
    group by face_index
),

placed as (
    -- Of each side of a face, the corners of the eye, the openings of its lids at two places, the
    -- corner of the mouth and the cheek.
    select
        face_index,
        side,
        max(x) filter (where place = 'outer') as outer_x,
        max(y) filter (where place = 'outer') as outer_y,
        max(x) filter (where place = 'inner') as inner_x,
        max(y) filter (where place = 'inner') as inner_y,
        max(x) filter (where place = 'outer_upper')
        - max(x) filter (where place = 'outer_lower') as outer_lids_x,
        max(y) filter (where place = 'outer_upper')
        - max(y) filter (where place = 'outer_lower') as outer_lids_y,
        max(x) filter (where place = 'inner_upper')
        - max(x) filter (where place = 'inner_lower') as inner_lids_x,
        max(y) filter (where place = 'inner_upper')
        - max(y) filter (where place = 'inner_lower') as inner_lids_y,
        max(y) filter (where place = 'corner') as corner_y,
        avg(y) filter (where place = 'cheek') as cheek_y
    from marked
    where side <> 'midline'
    group by face_index, side
),

cell_poses as (
    -- How the head was held in the photographs of each face.
    select
        photo_alignments.cell_index as face_index,
        avg(photos.yaw) as yaw,
        avg(abs(photos.yaw)) as turn,
        avg(photos.pitch) as pitch
    from internal.photo_alignments
    inner join photos on photo_alignments.photo_index = photos.photo_index
    group by photo_alignments.cell_index
),

poses as (
    -- The same, and of the face that is nobody's: angles are measured from the canonical face, so
    -- it has none.
    select
        face_index,
        yaw,
        turn,
        pitch
    from cell_poses
    union all
    select
        0 as face_index,
        case when settings.reference_face = 'canonical' then 0 else avg(cell_poses.yaw) end as yaw,
        case when settings.reference_face = 'canonical' then 0 else avg(cell_poses.turn) end
            as turn,
        case when settings.reference_face = 'canonical' then 0 else avg(cell_poses.pitch) end
            as pitch
    from settings
    left join internal.reference_faces
        on reference_faces.neutral_index > 0 and reference_faces.point = 0
    left join cell_poses on reference_faces.neutral_index = cell_poses.face_index
    group by settings.reference_face
),

measured as (
    -- Depths below the eyes, and the aspect ratio of the eye: mean opening of the lids over the
    -- eye's width.
    select
        placed.face_index,
        placed.side,
        levels.chin_y - levels.eyes_y as chin_depth,
        placed.corner_y - levels.eyes_y as corner_depth,
        placed.cheek_y - levels.eyes_y as cheek_depth,
        (
            sqrt(power(placed.outer_lids_x, 2) + power(placed.outer_lids_y, 2))
            + sqrt(power(placed.inner_lids_x, 2) + power(placed.inner_lids_y, 2))
        )
        / nullif(
            2 * sqrt(
                power(placed.outer_x - placed.inner_x, 2)
                + power(placed.outer_y - placed.inner_y, 2)
            ),
            0
        ) as aspect_ratio,
        poses.yaw,
        poses.turn,
        poses.pitch
    from placed
    inner join levels on placed.face_index = levels.face_index
    inner join poses on placed.face_index = poses.face_index
),

by_condition as (
    -- Happiness less the face that it is compared with, on the same side.
    select
        smiles.participant,
        smiles.condition,
        smile.side,
        neutral.corner_depth - smile.corner_depth as corner_rise,
        1 - smile.aspect_ratio / nullif(neutral.aspect_ratio, 0) as eye_narrowing,
        neutral.cheek_depth - smile.cheek_depth as cheek_rise,
        smile.chin_depth - neutral.chin_depth as jaw_opening,
        smile.yaw - neutral.yaw as yaw,
        smile.turn - neutral.turn as turn,
        smile.pitch - neutral.pitch as pitch
    from smiles
    inner join measured as smile on smiles.cell_index = smile.face_index
    inner join measured as neutral
        on smiles.neutral_index = neutral.face_index and smile.side = neutral.side
),

by_side as (
    -- The conditions, and the mean of both.
    select
        participant,
        condition,
        side,
        corner_rise,
        eye_narrowing,
        cheek_rise,
        jaw_opening,
        yaw,
        turn,
        pitch
    from by_condition
    union all
    select
        uncued.participant,
        'both' as condition,
        uncued.side,
        (uncued.corner_rise + cued.corner_rise) / 2 as corner_rise,
        (uncued.eye_narrowing + cued.eye_narrowing) / 2 as eye_narrowing,
        (uncued.cheek_rise + cued.cheek_rise) / 2 as cheek_rise,
        (uncued.jaw_opening + cued.jaw_opening) / 2 as jaw_opening,
        (uncued.yaw + cued.yaw) / 2 as yaw,
        (uncued.turn + cued.turn) / 2 as turn,
        (uncued.pitch + cued.pitch) / 2 as pitch
    from by_condition as uncued
    inner join by_condition as cued
        on uncued.participant = cued.participant and uncued.side = cued.side
    where uncued.condition = 'unsupervised' and cued.condition = 'supervised'
),

combinations as (
    -- What to take of left and right for their mean and their difference.
    select
        listed.side,
        listed.of_left,
        listed.of_right
    from (values ('mean', 0.5, 0.5), ('difference', 1.0, -1.0)) as listed (side, of_left, of_right)
)

-- Each side by itself, then mean and difference of the two.
select
    participant,
    condition,
    side,
    corner_rise,
    eye_narrowing,
    cheek_rise,
    jaw_opening,
    yaw,
    pitch
from by_side
union all
select
    left_side.participant,
    left_side.condition,
    combinations.side,
    combinations.of_left * left_side.corner_rise + combinations.of_right * right_side.corner_rise
        as corner_rise,
    combinations.of_left * left_side.eye_narrowing
    + combinations.of_right * right_side.eye_narrowing as eye_narrowing,
    combinations.of_left * left_side.cheek_rise + combinations.of_right * right_side.cheek_rise
        as cheek_rise,
    left_side.jaw_opening,
    case when combinations.side = 'mean' then left_side.turn else left_side.yaw end as yaw,
    left_side.pitch
from by_side as left_side
inner join by_side as right_side
    on
        left_side.participant = right_side.participant
        and left_side.condition = right_side.condition
cross join combinations
where left_side.side = 'left' and right_side.side = 'right'
