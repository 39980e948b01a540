-- description = "What the groups of the correlated features are called"

select
    group_names.group_id,
    group_names.name_en,
    group_names.name_pt
from group_names
inner join settings
    on
        group_names.grouping
        = coalesce(settings.primary_grouping, 'kmeans' || settings.clusters_k)
order by group_names.group_id
