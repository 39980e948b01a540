/*
rule = """
each point of a mask averages exactly the usable photographs of its cell, and excluded participants
have no masks"""
violations = [
    """
        delete from internal.cell_points
        where cell_index = (select min(cell_index) from internal.cell_displacements)""",
    "update internal.cell_points set photos = 2 where point = 3",
    "update internal.cell_points set photos = 4 where point = 3",
    """
        insert into internal.cell_points
        values ((select min(cell_index) from internal.cells where participant =
        '005'), 0, 1, 1, 1, 3, 2)""",
]
*/
with averaged as (
    select
        cell_index,
        min(photos) as fewest_photos,
        max(photos) as most_photos
    from internal.cell_points
    group by cell_index
)

select
    cells.participant,
    cells.mask,
    participants.included,
    cells.photos,
    cells.usable_photos,
    averaged.fewest_photos,
    averaged.most_photos
from internal.cells
inner join participants on cells.participant = participants.participant
left join averaged on cells.cell_index = averaged.cell_index
where
    case
        when participants.included and cells.usable_photos > 0
            then
                coalesce(averaged.fewest_photos, 0) <> cells.usable_photos
                or coalesce(averaged.most_photos, 0) <> cells.usable_photos
        else averaged.cell_index is not null
    end
