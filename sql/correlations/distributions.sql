/*
row = """
an instrument or a feature, and how its values are distributed over the included participants"""
key = ["kind", "name"]
materialized = "table"
export = 200
note = """
Skewness and kurtosis are the sample-adjusted ones of SAS, SPSS and Excel (G1 and G2). They are
spelled out in SQL because engines disagree about functions of these names. They are null with fewer
than 3 or 4 values, and where all values are equal.

The floor of a feature is 0, because a distance cannot be less, and a feature has no ceiling. Where
statistics.feature is not distance, features have no floor. The
floor and ceiling of an instrument are the range in the settings."""

[columns]
kind = "shared"
name = "shared"
expression = "shared:expression_or_none"
supervised = "shared:supervised_or_none"
mask = "shared:mask_or_none"
grouping = "shared:grouping_or_none"
group_id = "shared:group_id_or_none"
n = ["count", "included participants with a value"]
missing = ["count", "included participants without one"]
mean = ["score points or aligned px", "mean; in the measure's unit where it is of one"]
sd = ["score points or aligned px", "standard deviation, n - 1; null for one value"]
median = ["score points or aligned px", "median"]
lowest = ["score points or aligned px", "smallest value"]
highest = ["score points or aligned px", "largest value"]
skewness = ["1", """
    0 for a symmetric distribution, > 0 for a long tail of large values; null with fewer than
    three values"""]
kurtosis = ["1", """
    excess kurtosis: 0 for a normal distribution, > 0 for heavier tails; null with fewer than
    four values"""]
floor_value = ["score points or aligned px", """
    least possible value; null where no range is set, of measures, and of features that are no
    distances"""]
ceiling_value = ["score points or aligned px", "largest possible value; null where there is none"]
at_floor = ["share", "of values at the floor; null where there is no floor"]
at_ceiling = ["share", "of values at the ceiling; null where there is no ceiling"]
at_lowest = ["share", "of values equal to the smallest"]
at_highest = ["share", "of values equal to the largest"]
normality_test = ["text", "as in normality_tests"]
normality_statistic = ["1", "as in normality_tests"]
normality_p = ["p", "as in normality_tests"]
reason = ["text", "why there is no test of normality; null where there is one"]
*/
with everyone as (
    -- How many participants are included.
    select count(*) as participants
    from participants
    where included
),

summarised as (
    -- Mean, spread, median and extremes.
    select
        kind,
        name,
        any_value(grouping) as grouping,
        count(value) as n,
        avg(value) as mean,
        stddev_samp(value) as sd,
        median(value) as median,
        min(value) as lowest,
        max(value) as highest
    from internal.analysed_values
    group by kind, name
),

bounded as (
    -- The least and the largest possible value.
    select
        summarised.kind,
        summarised.name,
        summarised.n,
        summarised.mean,
        summarised.sd,
        summarised.median,
        summarised.lowest,
        summarised.highest,
        case
            when summarised.kind = 'instrument' then instruments.min_score
            when
                coalesce(summarised.grouping, '') not in ('measures', 'dynamics')
                and settings.statistics_feature = 'distance'
                then 0.0
        end as floor_value,
        case when summarised.kind = 'instrument' then instruments.max_score end as ceiling_value
    from summarised
    cross join settings
    left join instruments on summarised.name = instruments.instrument
),

moments as (
    -- Central moments, and the shares of values at the bounds and at the extremes.
    select
        bounded.kind,
        bounded.name,
        avg(power(analysed_values.value - bounded.mean, 2)) as second_moment,
        avg(power(analysed_values.value - bounded.mean, 3)) as third_moment,
        avg(power(analysed_values.value - bounded.mean, 4)) as fourth_moment,
        avg(
            case
                when analysed_values.value <= bounded.floor_value then 1.0
                when analysed_values.value > bounded.floor_value then 0.0
            end
        ) as at_floor,
        avg(
            case
                when analysed_values.value >= bounded.ceiling_value then 1.0
                when analysed_values.value < bounded.ceiling_value then 0.0
            end
        ) as at_ceiling,
        avg(case when analysed_values.value = bounded.lowest then 1.0 else 0.0 end) as at_lowest,
        avg(case when analysed_values.value = bounded.highest then 1.0 else 0.0 end) as at_highest
    from internal.analysed_values
    inner join bounded
        on analysed_values.kind = bounded.kind and analysed_values.name = bounded.name
    where analysed_values.value is not null
    group by bounded.kind, bounded.name
)

-- Skewness and kurtosis, adjusted for the sample's size, and the test of normality.
select
    bounded.kind,
    bounded.name,
    normality_tests.expression,
    normality_tests.supervised,
    normality_tests.mask,
    normality_tests.grouping,
    normality_tests.group_id,
    cast(bounded.n as integer) as n,
    cast(everyone.participants - bounded.n as integer) as missing,
    bounded.mean,
    bounded.sd,
    bounded.median,
    bounded.lowest,
    bounded.highest,
    case
        when bounded.n > 2 and bounded.lowest < bounded.highest
            then
                sqrt(bounded.n * (bounded.n - 1)) / (bounded.n - 2)
                * moments.third_moment / power(moments.second_moment, 1.5)
    end as skewness,
    case
        when bounded.n > 3 and bounded.lowest < bounded.highest
            then
                (bounded.n - 1) / ((bounded.n - 2) * (bounded.n - 3))
                * (
                    (bounded.n + 1)
                    * (moments.fourth_moment / power(moments.second_moment, 2) - 3)
                    + 6
                )
    end as kurtosis,
    bounded.floor_value,
    bounded.ceiling_value,
    moments.at_floor,
    moments.at_ceiling,
    moments.at_lowest,
    moments.at_highest,
    normality_tests.test as normality_test,
    normality_tests.statistic as normality_statistic,
    normality_tests.p as normality_p,
    normality_tests.reason
from bounded
cross join everyone
left join moments on bounded.kind = moments.kind and bounded.name = moments.name
left join internal.normality_tests
    on bounded.kind = normality_tests.kind and bounded.name = normality_tests.name
