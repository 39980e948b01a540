/*
row = "a trial, and the neutral stretch that its events or its onset offer"
key = ["trial_index"]
materialized = "table"
videos = true
internal = true
note = """
A stretch counts if three frames in it have a face. A neutral event is the trial's if it is the last
before the onset or, where there is none, the first after it."""

[columns]
trial_index = "shared"
neutral_source = ["text", "event or start"]
from_s = "shared:stretch_from"
to_s = "shared:stretch_to"
*/
with first_frames as (
    select
        video_index,
        min(time_s) as time_s
    from frames
    group by video_index
),

neutral_events as (
    select
        videos.video_index,
        events.event,
        events.onset_s as from_s,
        events.onset_s + coalesce(events.duration_s, settings.video_neutral_s) as to_s
    from events
    inner join videos on events.participant = videos.participant and events.video = videos.video
    inner join settings on settings.video_neutral = 'events'
    where events.kind = 'neutral'
),

offered as (
    -- The better of two has the smaller rank, and among events the nearer.
    select
        video_trials.trial_index,
        video_trials.video_index,
        'event' as neutral_source,
        neutral_events.from_s,
        neutral_events.to_s,
        case when neutral_events.from_s <= video_trials.onset_s then 1 else 2 end as preference,
        abs(neutral_events.from_s - video_trials.onset_s) as apart_s
    from internal.video_trials
    inner join neutral_events on video_trials.video_index = neutral_events.video_index
    union all
    select
        video_trials.trial_index,
        video_trials.video_index,
        'start' as neutral_source,
        case
            when video_trials.implied then first_frames.time_s
            else video_trials.onset_s - settings.video_neutral_s
        end as from_s,
        case
            when video_trials.implied then first_frames.time_s + settings.video_neutral_s
            else video_trials.onset_s
        end as to_s,
        3 as preference,
        0.0 as apart_s
    from internal.video_trials
    inner join first_frames on video_trials.video_index = first_frames.video_index
    inner join settings on settings.video_neutral <> 'stillest'
),

seen as (
    select
        offered.trial_index,
        offered.neutral_source,
        offered.from_s,
        offered.to_s,
        row_number() over (
            partition by offered.trial_index
            order by offered.preference, offered.apart_s, offered.to_s
        ) as place
    from offered
    inner join internal.frame_alignments
        on
            offered.video_index = frame_alignments.video_index
            and offered.from_s <= frame_alignments.time_s
            and offered.to_s > frame_alignments.time_s
    group by
        offered.trial_index,
        offered.neutral_source,
        offered.from_s,
        offered.to_s,
        offered.preference,
        offered.apart_s
    having count(*) >= 3
)

select
    trial_index,
    neutral_source,
    from_s,
    to_s
from seen
where place = 1
