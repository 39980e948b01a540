/*
row = "a part of the face in a group of parts whose movement is followed"
key = ["group_index", "part"]
materialized = "table"
internal = true

[columns]
group_index = "shared"
part = "shared:face_part"
*/
with sided as (
    select distinct part
    from internal.face_parts
),

listed as (
    -- Both sides together, then each side alone.
    select
        grouped.group_index,
        grouped.whole,
        grouped.side
    from (
        values
        (1, 'brow', null),
        (2, 'eye', null),
        (3, 'cheek', null),
        (4, 'nose', null),
        (5, 'mouth', null),
        (6, 'jaw', null),
        (7, 'brow', 'left'),
        (8, 'brow', 'right'),
        (9, 'eye', 'left'),
        (10, 'eye', 'right'),
        (11, 'cheek', 'left'),
        (12, 'cheek', 'right'),
        (13, 'mouth', 'left'),
        (14, 'mouth', 'right')
    ) as grouped (group_index, whole, side)
)

select
    0 as group_index,
    part
from sided
union all
select
    listed.group_index,
    sided.part
from listed
inner join sided
    on
        sided.part = listed.side || '_' || listed.whole
        or (
            listed.side is null
            and sided.part in (
                listed.whole, 'left_' || listed.whole, 'right_' || listed.whole,
                'midline_' || listed.whole
            )
        )
