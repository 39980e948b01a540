-- description = "What speaks for each number of groups, and how often k-means finds the best"

select
    k,
    chosen,
    points,
    inertia,
    best_inertia,
    silhouette,
    gap,
    gap_se,
    gap_chosen,
    clouds,
    stability,
    stability_low,
    stability_high,
    resamples,
    seed_agreement,
    seed_agreement_low,
    seeds,
    starts,
    starts_at_best,
    reason
from cluster_choice
order by k
