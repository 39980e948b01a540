-- description = "From what was found to what is used: people and photographs at each step"
-- people = ["people"]
-- rests = [["people", "included"]]

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

counted as (
    select
        count(*) as known,
        count(*) filter (where photos > 0) as photographed,
        count(*) filter (where faces > 0) as with_face,
        count(*) filter (where usable > 0) as pictured,
        count(*) filter (where included and usable > 0) as used,
        count(*) filter (where included) as included,
        count(*) filter (where scored) as scored,
        sum(photos) as photographs,
        sum(faces) as face_photographs,
        sum(usable) as usable_photographs,
        sum(usable) filter (where included) as used_photographs
    from everyone
),

steps as (
    -- A row for each step, of what is left and of how many people.
    select
        step.kind,
        step.step,
        step.stage,
        step.number,
        step.people,
        counted.included
    from counted
    cross join (
        values
        ('people', 1, 'known', counted.known, counted.known),
        ('people', 2, 'photographed', counted.photographed, counted.photographed),
        ('people', 3, 'pictured', counted.pictured, counted.pictured),
        ('people', 4, 'included', counted.included, counted.included),
        ('people', 5, 'scored', counted.scored, counted.scored),
        ('photographs', 1, 'found', counted.photographs, counted.photographed),
        ('photographs', 2, 'with_face', counted.face_photographs, counted.with_face),
        ('photographs', 3, 'usable', counted.usable_photographs, counted.pictured),
        ('photographs', 4, 'used', counted.used_photographs, counted.used)
    ) as step (kind, step, stage, number, people)
)

select
    kind,
    step,
    stage,
    cast(coalesce(number, 0) as integer) as number,
    cast(nullif(people, 0) as integer) as people,
    cast(included as integer) as included
from steps
where
    exists (select 1 from participants)
    and (stage <> 'scored' or exists (select 1 from scores))
order by kind, step
