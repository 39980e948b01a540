/*
rule = """
every trial has every group of points, and levels of each in all of its frames where it has a
neutral face"""
violations = [
    """
        insert into trials (trial_index, participant, video, event, frames, neutral_frames)
        values (1, '1', 'a', 'b', 5, 4)""",
]
*/
with wanted as (
    -- Who has no groups has no neutral stretch either.
    select
        trials.participant,
        trials.video,
        trials.event,
        trials.trial_index,
        trials.frames,
        trials.neutral_frames,
        (select count(*) from dynamics_groups) as groups
    from trials
),

dynamics as (
    select
        participant,
        video,
        event,
        count(*) as found
    from expression_dynamics
    group by participant, video, event
),

in_trial as (
    select
        trial_frames.trial_index,
        count(*) as levels
    from internal.trial_frames
    inner join internal.part_motion
        on
            trial_frames.trial_index = part_motion.trial_index
            and trial_frames.frame_index = part_motion.frame_index
    where trial_frames.in_trial and part_motion.group_index = 0
    group by trial_frames.trial_index
)

select
    wanted.participant,
    wanted.video,
    wanted.event,
    wanted.frames,
    coalesce(in_trial.levels, 0) as levels
from wanted
left join dynamics
    on
        wanted.participant = dynamics.participant
        and wanted.video = dynamics.video
        and wanted.event = dynamics.event
left join in_trial on wanted.trial_index = in_trial.trial_index
where
    coalesce(dynamics.found, 0) <> wanted.groups
    or (wanted.neutral_frames > 0 and coalesce(in_trial.levels, 0) <> wanted.frames)
