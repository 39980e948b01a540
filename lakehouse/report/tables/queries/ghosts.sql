-- description = """
-- Mesh points of up to 320 participants, chosen by lot, in every mask; masks are numbered in their
-- order, since millions of rows with their names would take much memory"""
-- personal = true

with places as (
    select
        cells.cell_index,
        cells.participant,
        cast(dense_rank() over (order by cells.mask) - 1 as smallint) as mask_place
    from internal.cells
    where cells.cell_index in (select photo_alignments.cell_index from internal.photo_alignments)
),

everybody as (
    select distinct participant
    from places
),

drawn as (
    -- A lot that falls alike whenever it is cast.
    select participant
    from everybody
    order by md5(participant), participant
    limit 320
)

select
    places.mask_place,
    cast(cell_points.x as float) as x,
    cast(cell_points.y as float) as y
from internal.cell_points
inner join places on cell_points.cell_index = places.cell_index
inner join drawn on places.participant = drawn.participant
where cell_points.point < 468
order by places.mask_place, places.cell_index, cell_points.point
