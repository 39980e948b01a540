-- description = "The strongest correlation, and each hypothesis, in every way of analysing"
-- people = ["n"]

with results as (
    select
        'strongest' as curve,
        specification,
        instrument,
        feature,
        n,
        r,
        p
    from specifications
    union all
    select
        hypothesis as curve,
        specification,
        cast(null as varchar) as instrument,
        feature,
        n,
        r,
        p
    from specification_hypotheses
)

select
    results.curve,
    cast(
        row_number() over (partition by results.curve order by results.r, results.specification)
        as integer
    ) as place,
    results.specification,
    results.r,
    results.p,
    results.n,
    results.instrument,
    results.feature,
    specifications.exclusions,
    specifications.alignment,
    specifications.dimensions,
    specifications.feature_kind,
    specifications.groups,
    specifications.starts,
    specifications.seed,
    specifications.covariates
from results
inner join specifications on results.specification = specifications.specification
where results.r is not null
order by results.curve <> 'strongest', results.curve, place
