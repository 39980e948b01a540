/*
rule = "a participant is included if and only if no reason excludes the whole participant"
violations = [
    "delete from exclusions where participant = '005'",
    "update exclusions set scope = 'photo' where participant = '005'",
    "update participants set included = false where participant = '001'",
    "update participants set included = true where participant = '005'",
    "delete from participants where participant = '005'",
]
*/
with reasons as (
    select
        participant,
        count(*) as reasons
    from exclusions
    where scope = 'participant'
    group by participant
)

select
    coalesce(participants.participant, reasons.participant) as participant,
    participants.included,
    coalesce(reasons.reasons, 0) as reasons
from participants
full outer join reasons on participants.participant = reasons.participant
where participants.included is null or participants.included = (reasons.reasons is not null)
