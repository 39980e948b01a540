/*
rule = """
a measure's change is its value less the neutral one, every mask that is compared has every measure,
and a movement or side_difference of a muscle is that of muscle_distances"""
violations = [
    """
    insert into measures
    select
        participant,
        expression,
        supervised,
        mask,
        'of nothing' as measure,
        1 as value,
        1 as neutral_value,
        1 as change
    from internal.cells""",
    """
    insert into measure_definitions (measure, kind, unit, group_id)
    values ('nobody_has', 'ratio', '1', 0)""",
]
*/
with expected as (
    -- What other relations say of a muscle.
    select
        muscle_distances.participant,
        muscle_distances.mask,
        measure_definitions.measure,
        case measure_definitions.kind
            when 'movement' then muscle_distances.mean_distance
            else muscle_distances.mean_left - muscle_distances.mean_right
        end as value
    from measure_definitions
    inner join muscle_distances on measure_definitions.muscle = muscle_distances.muscle
),

everybody as (
    -- Masks that somebody has, compared with a neutral face.
    select distinct
        group_distances.participant,
        group_distances.mask
    from group_distances
)

select
    measures.participant,
    measures.mask,
    measures.measure,
    'change' as what
from measures
where abs(measures.value - measures.neutral_value - measures.change) > 1e-6
union all
select
    expected.participant,
    expected.mask,
    expected.measure,
    'muscle' as what
from expected
left join measures
    on
        expected.participant = measures.participant
        and expected.mask = measures.mask
        and expected.measure = measures.measure
where
    (expected.value is null) <> (measures.value is null)
    or abs(expected.value - measures.value) > 1e-6
union all
select
    everybody.participant,
    everybody.mask,
    measure_definitions.measure,
    'missing' as what
from everybody
cross join measure_definitions
left join measures
    on
        everybody.participant = measures.participant
        and everybody.mask = measures.mask
        and measure_definitions.measure = measures.measure
where measures.measure is null
