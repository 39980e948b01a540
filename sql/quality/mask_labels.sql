/*
row = "a mask that the dataset has, or the reference"
key = ["mask"]
materialized = "table"

[columns]
mask = ["id", "code of the expression, a dash, 01 with cue or 00 without"]
expression = "shared"
supervised = "shared"
is_reference = ["flag", "true for 00-00, the neutral face without cue"]
*/
with photographed as (
    select distinct
        photo_verdicts.mask,
        photos.expression,
        photos.supervised
    from photos
    inner join internal.photo_verdicts on photos.photo_index = photo_verdicts.photo_index
    where photo_verdicts.mask is not null
),

reference as (
    select
        '00-00' as mask,
        expression,
        false as supervised
    from expressions
    where code = '00'
),

found as (
    select
        mask,
        expression,
        supervised
    from photographed
    union
    select
        mask,
        expression,
        supervised
    from reference
)

select
    mask,
    expression,
    supervised,
    mask = '00-00' as is_reference
from found
