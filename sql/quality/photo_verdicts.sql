/*
row = "a photograph, and whether it enters its mask"
key = ["photo_index"]
materialized = "table"
internal = true

[columns]
photo_index = "shared"
mask = ["shared", "null where the expression is not in the settings' list"]
usable = "shared"
reason = ["text", """
    why the photograph does not enter its mask: its status, degenerate_face (alignment finds no
    size or angle, see photo_anchors), several_faces, turned (yaw), raised_or_lowered (pitch),
    small_face or unlisted_expression; null where usable"""]
*/
with judged as (
    select
        photos.photo_index,
        expressions.code || case when photos.supervised then '-01' else '-00' end as mask,
        case
            when expressions.code is null then 'unlisted_expression'
            when photos.status <> 'ok' then photos.status
            when not coalesce(photo_anchors.alignable, false) then 'degenerate_face'
            when photos.faces > settings.max_faces then 'several_faces'
            when abs(photos.yaw) > settings.max_yaw then 'turned'
            when abs(photos.pitch) > settings.max_pitch then 'raised_or_lowered'
            when photos.face_height < settings.min_face_height then 'small_face'
        end as reason
    from photos
    left join expressions on photos.expression = expressions.expression
    left join internal.photo_anchors on photos.photo_index = photo_anchors.photo_index
    cross join settings
)

select
    photo_index,
    mask,
    reason is null as usable,
    reason
from judged
