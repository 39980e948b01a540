-- description = "Why people and photographs are left out, and of what"
-- people = ["people"]

with unusable as (
    select
        photos.participant,
        photo_verdicts.reason,
        count(*) as photographs
    from photos
    inner join internal.photo_verdicts on photos.photo_index = photo_verdicts.photo_index
    where photo_verdicts.reason is not null
    group by photos.participant, photo_verdicts.reason
)

select
    exclusions.scope,
    exclusions.reason,
    cast(count(*) as integer) as people,
    cast(sum(unusable.photographs) as integer) as photographs
from exclusions
left join unusable
    on
        exclusions.participant = unusable.participant
        and exclusions.reason = unusable.reason
group by exclusions.scope, exclusions.reason
order by
    case exclusions.scope
        when 'participant' then 1 when 'mask' then 2 when 'photo' then 3 else 4
    end asc,
    people desc,
    exclusions.reason asc
