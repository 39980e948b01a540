-- description = "From what was found to what is used: people and photographs at each step"
-- people = ["people"]

with found_faces as (
    select
        participant,
        count(*) as photographs
    from photos
    where status = 'ok'
    group by participant
),

usable as (
    select
        participant,
        sum(photos) as photographs
    from mask_poses
    group by participant
),

without_every_score as (
    select distinct participant
    from exclusions
    where scope = 'correlations'
),

everyone as (
    select
        participants.included,
        participants.photos,
        coalesce(found_faces.photographs, 0) as faces,
        coalesce(usable.photographs, 0) as usable,
        participants.included and without_every_score.participant is null as scored
    from participants
    left join found_faces on participants.participant = found_faces.participant
    left join usable on participants.participant = usable.participant
    left join without_every_score
        on participants.participant = without_every_score.participant
),

steps as (
    select
        'people' as kind,
        unnest(
            [
                {'step': 1, 'stage': 'known', 'number': count(*), 'people': count(*)},
                {
                    'step': 2,
                    'stage': 'photographed',
                    'number': count(*) filter (where photos > 0),
                    'people': count(*) filter (where photos > 0)
                },
                {
                    'step': 3,
                    'stage': 'pictured',
                    'number': count(*) filter (where usable > 0),
                    'people': count(*) filter (where usable > 0)
                },
                {
                    'step': 4,
                    'stage': 'included',
                    'number': count(*) filter (where included),
                    'people': count(*) filter (where included)
                },
                {
                    'step': 5,
                    'stage': 'scored',
                    'number': count(*) filter (where scored),
                    'people': count(*) filter (where scored)
                }
            ],
            recursive := true
        )
    from everyone
    union all
    select
        'photographs' as kind,
        unnest(
            [
                {
                    'step': 1,
                    'stage': 'found',
                    'number': sum(photos),
                    'people': count(*) filter (where photos > 0)
                },
                {
                    'step': 2,
                    'stage': 'with_face',
                    'number': sum(faces),
                    'people': count(*) filter (where faces > 0)
                },
                {
                    'step': 3,
                    'stage': 'usable',
                    'number': sum(usable),
                    'people': count(*) filter (where usable > 0)
                },
                {
                    'step': 4,
                    'stage': 'used',
                    'number': sum(usable) filter (where included),
                    'people': count(*) filter (where included and usable > 0)
                }
            ],
            recursive := true
        )
    from everyone
)

select
    kind,
    step,
    stage,
    cast(coalesce(number, 0) as integer) as number,
    cast(nullif(people, 0) as integer) as people
from steps
where
    exists (select 1 from participants)
    and (stage <> 'scored' or exists (select 1 from scores))
order by kind, step
