/*
row = "an included participant and the block within which permutations keep them"
key = ["participant"]
materialized = "ephemeral"
note = """
Empty unless the setting statistics.blocks names a covariate. Who has no value of it is not here."""

[columns]
participant = "shared"
block = ["text", "the value of that covariate"]
*/
select
    participants.participant,
    coalesce(covariates.category, cast(covariates.value as varchar)) as block
from participants
inner join covariates on participants.participant = covariates.participant
inner join settings on covariates.covariate = settings.permutation_blocks
where
    participants.included
    and (covariates.category is not null or covariates.value is not null)
