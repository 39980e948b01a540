-- description = """
-- For every expression one participant, chosen by lot among those with both conditions where there
-- are any, and one photograph of each mask"""
-- personal = true

with usable as (
    select
        cells.participant,
        cells.expression,
        cells.supervised,
        cells.mask,
        photos.photo_index,
        photos.path,
        photos.bytes,
        photos.sha256,
        photo_alignments.offset_x,
        photo_alignments.offset_y,
        photo_alignments.scaled_cos,
        photo_alignments.scaled_sin
    from internal.photo_alignments
    inner join internal.cells on photo_alignments.cell_index = cells.cell_index
    inner join photos on photo_alignments.photo_index = photos.photo_index
    inner join settings on settings.video_masks = 'photos'
),

counted as (
    select
        expression,
        participant,
        count(distinct supervised) as conditions
    from usable
    group by expression, participant
),

chosen as (
    select
        expression,
        participant
    from counted
    qualify
        row_number() over (
            partition by expression
            order by
                conditions desc, md5(concat(expression, participant)) asc, participant asc
        ) = 1
),

numbered as (
    select
        usable.*,
        row_number() over (partition by usable.mask order by usable.photo_index) as place
    from usable
    inner join chosen
        on usable.expression = chosen.expression and usable.participant = chosen.participant
)

select
    expression,
    supervised,
    path,
    bytes,
    sha256,
    offset_x,
    offset_y,
    scaled_cos,
    scaled_sin
from numbered
where place = 1
order by mask
