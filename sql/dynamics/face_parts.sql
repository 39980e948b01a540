/*
row = "a mesh point, and the part of the face that it belongs to"
key = ["point"]
materialized = "table"
internal = true
note = "The parts of dynamics_groups are made of these. Who belongs to none of them is in other."

[columns]
point = "shared"
part = "shared:face_part"
*/
with wholes as (
    -- A part is made of regions, and of their sides.
    select
        points.point,
        case
            when points.region = 'brow' then 'brow'
            when
                points.region in (
                    'upper_eyelid', 'lower_eyelid', 'inner_eye_corner', 'outer_eye_corner'
                )
                then 'eye'
            when points.region in ('below_eye', 'cheek') then 'cheek'
            when
                points.region in ('nose_bridge', 'nose_side', 'nose_tip', 'nose_wing', 'nose_base')
                then 'nose'
            when points.region in ('upper_lip', 'mouth_corner', 'lower_lip') then 'mouth'
            when points.region in ('below_lower_lip', 'jaw', 'chin') then 'jaw'
            else 'other'
        end as whole,
        points.side
    from points
    where points.point < 468
)

select
    point,
    case when whole in ('nose', 'jaw', 'other') then whole else side || '_' || whole end as part
from wholes
