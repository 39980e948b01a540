/*
row = "a cell, and the face that it is compared with"
key = ["cell_index"]
materialized = "table"
internal = true

[columns]
cell_index = ["shared", "every mask but the reference"]
neutral_index = ["id", """
    the face, as in reference_faces: the participant's cell of the reference, as in cells, or 0
    where quality.reference has another face for who has no usable neutral photograph"""]
compared_with = "shared:face_compared_with"
*/
with own_neutral as (
    select
        cells.participant,
        cells.cell_index,
        cells.usable_photos
    from internal.cells
    inner join mask_labels on cells.mask = mask_labels.mask
    where mask_labels.is_reference
),

judged as (
    select
        cells.cell_index,
        own_neutral.cell_index as own_index,
        settings.reference_face,
        settings.reference_face = 'own' or coalesce(own_neutral.usable_photos, 0) > 0 as by_own
    from internal.cells
    inner join mask_labels on cells.mask = mask_labels.mask
    cross join settings
    left join own_neutral on cells.participant = own_neutral.participant
    where not mask_labels.is_reference
)

select
    cell_index,
    case when by_own then own_index else 0 end as neutral_index,
    case when by_own then 'own' else reference_face end as compared_with
from judged
where own_index is not null or not by_own
