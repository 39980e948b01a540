-- description = """
-- For every expression one clip, that of the median amplitude of those in which the whole face moved,
-- and of it the frames nearest to the onset, to half of the rise and to the apex"""
-- personal = true
-- relations = ["expression_dynamics", "expressions", "frames", "group_motion", "trials", "videos"]

with moved as (
    select
        trials.participant,
        trials.video,
        trials.event,
        trials.expression,
        trials.supervised,
        trials.onset_s,
        expression_dynamics.rise_50_s,
        expression_dynamics.apex_s,
        expression_dynamics.baseline,
        expression_dynamics.amplitude,
        expressions.code,
        count(*) over (partition by trials.expression) as clips,
        row_number() over (
            partition by trials.expression
            order by
                expression_dynamics.amplitude,
                md5(concat(trials.participant, trials.video, trials.event)),
                trials.participant,
                trials.video,
                trials.event
        ) as place
    from trials
    inner join expression_dynamics
        on
            trials.participant = expression_dynamics.participant
            and trials.video = expression_dynamics.video
            and trials.event = expression_dynamics.event
    inner join expressions on trials.expression = expressions.expression
    where
        expression_dynamics.grouping = 'face'
        and expression_dynamics.responded
        and expression_dynamics.rise_50_s is not null
        and expressions.code <> '00'
),

moments as (
    unpivot (
        select
            *,
            cast(0 as double) as onset
        from moved
        where place = (clips + 1) // 2
    )
    on onset, rise_50_s, apex_s
    into name moment value after_s
),

seen as (
    select
        participant,
        video,
        frame,
        time_s,
        lag(frame) over (partition by participant, video order by frame) as frame_before,
        lag(time_s) over (partition by participant, video order by frame) as time_before_s
    from frames
    where (participant, video) in (select (moments.participant, moments.video) from moments)
)

select
    moments.participant as person_filmed,
    moments.video,
    moments.expression,
    moments.supervised,
    moments.clips,
    moments.moment,
    moments.amplitude,
    videos.path,
    videos.sha256,
    seen.frame,
    seen.time_s,
    seen.frame_before,
    seen.time_before_s,
    seen.time_s - moments.onset_s as after_s,
    group_motion.level - moments.baseline as level
from moments
inner join videos
    on moments.participant = videos.participant and moments.video = videos.video
inner join seen
    on moments.participant = seen.participant and moments.video = seen.video
left join group_motion
    on
        moments.participant = group_motion.participant
        and moments.video = group_motion.video
        and moments.event = group_motion.event
        and seen.frame = group_motion.frame
        and group_motion.grouping = 'face'
qualify
    row_number() over (
        partition by moments.expression, moments.moment
        order by abs(seen.time_s - moments.onset_s - moments.after_s), seen.frame
    ) = 1
order by moments.code, moments.after_s
