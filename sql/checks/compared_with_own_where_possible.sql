/*
rule = """
an included participant is compared with the own neutral face where there is one, and with the face
of quality.reference otherwise, but who has videos only; all masks of a participant with the same"""
violations = [
    "update participants set compared_with = 'mean' where participant = '001'",
    "update participants set compared_with = null where participant = '001'",
    "update participants set compared_with = 'own' where participant = '005'",
    "update internal.compared_cells set neutral_index = 0",
    "update internal.compared_cells set compared_with = 'canonical'",
    "update internal.cells set usable_photos = 0 where mask = '00-00' and participant = '002'",
]
*/
with own_neutral as (
    select distinct participant
    from internal.cells
    where mask = '00-00' and usable_photos > 0
),

expected as (
    select
        participants.participant,
        participants.compared_with,
        case
            when not participants.included or participants.photos = 0 then null
            when own_neutral.participant is not null then 'own'
            when settings.reference_face <> 'own' then settings.reference_face
            else 'nothing'
        end as expected_face
    from participants
    cross join settings
    left join own_neutral on participants.participant = own_neutral.participant
)

select
    participant,
    cast(null as varchar) as mask,
    compared_with,
    expected_face
from expected
where coalesce(compared_with, 'none') <> coalesce(expected_face, 'none')
union all
select
    cells.participant,
    cells.mask,
    compared_cells.compared_with,
    expected.expected_face
from internal.compared_cells
inner join internal.cells on compared_cells.cell_index = cells.cell_index
inner join expected on cells.participant = expected.participant
where
    expected.expected_face is not null
    and (
        compared_cells.compared_with <> expected.expected_face
        or (compared_cells.neutral_index = 0) = (expected.expected_face = 'own')
    )
