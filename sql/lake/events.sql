/*
row = "something that happens in a video: a trial, a neutral stretch, or one to be ignored"
key = ["participant", "video", "event"]
materialized = "table"
note = """
A video with an expression of its own and no trials in the file of events is one trial, from its
first frame to its last, and so stands here. Events of videos that are not in the lake stand here
too; trials has those that are."""

[columns]
participant = "shared"
video = "shared"
event = "shared"
onset_s = ["s", "on the video's clock, as time_s in frames"]
duration_s = ["s", """
    null of what lasts until the next event of its kind, or to the video's end; a neutral stretch
    without it lasts video.neutral_s"""]
expression = ["shared", "null where it is the video's"]
supervised = ["shared", "null where it is the video's"]
kind = ["text", "trial, neutral or ignore"]
implied = ["flag", "true of the whole video as a trial, which no file of events names"]
*/
with whole as (
    -- Videos that are one trial.
    select
        videos.participant,
        videos.video,
        videos.expression,
        videos.supervised
    from videos
    left join source_events
        on
            videos.participant = source_events.participant
            and videos.video = source_events.video
            and (source_events.kind = 'trial' or source_events.event = 'trial')
    where videos.expression is not null and source_events.event is null
)

select
    participant,
    video,
    event,
    onset_s,
    duration_s,
    expression,
    supervised,
    kind,
    false as implied
from source_events
union all
select
    participant,
    video,
    'trial' as event,
    0.0 as onset_s,
    cast(null as double) as duration_s,
    expression,
    supervised,
    'trial' as kind,
    true as implied
from whole
