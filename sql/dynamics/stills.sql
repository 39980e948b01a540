/*
row = "a mean face of a trial that stands for a photograph: of its plateau or its neutral stretch"
key = ["participant", "expression", "supervised", "photo"]
materialized = "table"
videos = true
internal = true
note = """
Empty unless video.masks is plateau. A trial of the neutral expression has its neutral stretch
only; trials without a listed expression, or without a neutral stretch, have none."""

[columns]
trial_index = "shared"
participant = "shared"
expression = "shared"
supervised = "shared"
mask = "shared"
photo = ["id", "the video, a stroke, and the event"]
at_rest = ["flag", "true of the neutral stretch"]
path = "shared:video_path"
width = "shared:picture_size"
height = "shared:picture_size"
extractor = "shared:video_extractor"
model_sha256 = "shared:video_model"
extracted_at = "shared"
*/
with stages as (
    select unnest([true, false]) as at_rest
),

reference as (
    select expression
    from expressions
    where code = '00'
)

select
    trials.trial_index,
    trials.participant,
    case when stages.at_rest then reference.expression else trials.expression end as expression,
    trials.supervised,
    case
        when not stages.at_rest then trials.mask
        when trials.supervised then '00-01'
        else '00-00'
    end as mask,
    trials.video || '/' || trials.event as photo,
    stages.at_rest,
    videos.path,
    videos.width,
    videos.height,
    'still of a video: ' || videos.extractor as extractor,
    videos.model_sha256,
    videos.extracted_at
from trials
inner join videos on trials.participant = videos.participant and trials.video = videos.video
cross join reference
cross join stages
inner join settings on settings.video_masks = 'plateau'
where
    trials.mask is not null
    and trials.neutral_frames > 0
    and (
        stages.at_rest
        or (
            trials.expression <> reference.expression
            and trials.trial_index in (
                select plateau_frames.trial_index from internal.plateau_frames
            )
        )
    )
