/*
row = "a measure but that of a movement in a participant's mask, and its change without bias"
key = ["participant", "mask", "measure"]
materialized = "ephemeral"

[columns]
participant = "shared"
mask = ["shared", "never 00-00"]
measure = "shared"
distance = "shared:measure_change"
projected = ["the measure's unit", "change in the direction of the others' mean change"]
square = ["its square", "squared change of the photographs' means"]
error = ["its square", "what noise adds to the square on average"]
*/
with changes as (
    select
        measures.participant,
        measures.mask,
        measures.measure,
        measures.change,
        sum(measures.change) over (partition by measures.mask, measures.measure) as total,
        count(measures.change) over (partition by measures.mask, measures.measure) as people
    from measures
    inner join measure_definitions on measures.measure = measure_definitions.measure
    where measure_definitions.kind <> 'movement'
),

of_photographs as (
    -- A side_difference of one photograph does not exist, so it has no values here.
    select
        participant,
        mask,
        measure,
        avg(value) as mean,
        var_samp(value) / count(value) as error
    from photo_measures
    where mask = '00-00' or value is not null
    group by participant, mask, measure
)

select
    changes.participant,
    changes.mask,
    changes.measure,
    changes.change as distance,
    case
        when changes.people > 1 and abs(changes.total - changes.change) > 1e-9 * changes.people
            then changes.change * sign(changes.total - changes.change)
    end as projected,
    power(face.mean - neutral.mean, 2) as square,
    face.error + neutral.error as error
from changes
inner join measure_definitions on changes.measure = measure_definitions.measure
left join of_photographs as face
    on
        measure_definitions.kind <> 'side_difference'
        and changes.participant = face.participant
        and changes.mask = face.mask
        and changes.measure = face.measure
left join of_photographs as neutral
    on
        changes.participant = neutral.participant
        and neutral.mask = '00-00'
        and changes.measure = neutral.measure
