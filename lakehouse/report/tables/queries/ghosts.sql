-- description = "Mesh points of up to 320 participants, chosen by lot, in every mask"
-- personal = true

with everybody as (
    select distinct cells.participant
    from internal.cells
    inner join internal.photo_alignments on cells.cell_index = photo_alignments.cell_index
),

drawn as (
    -- A lot that falls alike whenever it is cast.
    select participant
    from everybody
    order by md5(participant), participant
    limit 320
)

select
    cells.expression,
    cells.supervised,
    cells.cell_index as face,
    cast(cell_points.x as float) as x,
    cast(cell_points.y as float) as y
from internal.cell_points
inner join internal.cells on cell_points.cell_index = cells.cell_index
inner join drawn on cells.participant = drawn.participant
where cell_points.point < 468
order by cells.mask, cells.cell_index, cell_points.point
