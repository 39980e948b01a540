-- description = "Action units by expression, as the blendshapes score them"
-- people = ["participants"]

select
    action_unit_means.action_unit,
    action_units.label_en,
    action_units.label_pt,
    action_unit_means.expression,
    action_unit_means.supervised,
    avg(action_unit_means.score) as score,
    avg(action_unit_means.change) as change,
    stddev_samp(action_unit_means.change) as sd_change,
    cast(count(*) as integer) as participants
from action_unit_means
inner join action_units on action_unit_means.action_unit = action_units.action_unit
inner join mask_labels on action_unit_means.mask = mask_labels.mask
where
    action_unit_means.change is not null
    and not mask_labels.is_reference
group by
    action_unit_means.action_unit,
    action_units.label_en,
    action_units.label_pt,
    action_unit_means.mask,
    action_unit_means.expression,
    action_unit_means.supervised
order by action_unit_means.action_unit, action_unit_means.mask
