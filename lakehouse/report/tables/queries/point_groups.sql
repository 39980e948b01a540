-- description = "Points above average in their groups, and with the groups of the lower eyelids"

select
    pav_groups.grouping,
    pav_groups.group_id,
    group_names.name_en as group_en,
    group_names.name_pt as group_pt,
    pav_groups.point,
    pav_groups.grouping <> 'kmeans' || settings.clusters_k as with_eyelids,
    pav_groups.group_id >= settings.clusters_k as is_eyelid
from pav_groups
cross join settings
inner join group_names
    on
        pav_groups.grouping = group_names.grouping
        and pav_groups.group_id = group_names.group_id
where exists (select 1 from pav_clusters)
order by pav_groups.grouping, pav_groups.group_id, pav_groups.point
