/*
row = "a trial: a stretch of a video in which an expression is shown"
key = ["trial_index"]
materialized = "table"
videos = true
internal = true
note = "For queries by name use trials."

[columns]
trial_index = "shared:own_index"
video_index = "shared"
participant = "shared"
video = "shared"
event = "shared"
expression = "shared:trial_expression"
supervised = "shared:trial_supervised"
mask = "shared:trial_mask"
onset_s = "shared:trial_onset"
end_s = ["s", "on the video's clock; null where it is the video's end"]
implied = ["flag", "true where the trial is the whole video"]
*/
with timed as (
    -- A trial without duration ends where the next begins.
    select
        participant,
        video,
        event,
        expression,
        supervised,
        onset_s,
        coalesce(
            onset_s + duration_s,
            lead(onset_s) over (partition by participant, video order by onset_s, event)
        ) as end_s,
        implied
    from events
    where kind = 'trial'
),

named as (
    select
        videos.video_index,
        timed.participant,
        timed.video,
        timed.event,
        coalesce(timed.expression, videos.expression) as expression,
        coalesce(timed.supervised, videos.supervised, false) as supervised,
        timed.onset_s,
        timed.end_s,
        timed.implied
    from timed
    inner join videos on timed.participant = videos.participant and timed.video = videos.video
),

counted as (
    select
        video_index,
        count(*) as trials
    from named
    group by video_index
),

earlier as (
    -- How many are before a video's first, so that a cluster numbers each video's alone.
    select
        video_index,
        sum(trials) over (order by video_index) - trials as trials
    from counted
)

select
    cast(
        earlier.trials + row_number() over (
            partition by named.video_index order by named.onset_s, named.event
        ) as integer
    ) as trial_index,
    named.video_index,
    named.participant,
    named.video,
    named.event,
    named.expression,
    named.supervised,
    expressions.code || case when named.supervised then '-01' else '-00' end as mask,
    named.onset_s,
    named.end_s,
    named.implied
from named
inner join earlier on named.video_index = earlier.video_index
left join expressions on named.expression = expressions.expression
order by trial_index
