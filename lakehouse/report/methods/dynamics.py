"""Methods: movement in time."""

from lakehouse.report.methods.draft import Draft
from lakehouse.report.tables.facts import Need


def dynamics(draft: Draft) -> list[str]:
    """Say how videos were looked at, and what times, speeds and amplitudes of movements are."""
    if not draft.has(Need.TRIALS):
        return []
    number, setting = draft.words.number, draft.setting
    return [
        draft.plural("frames", setting("video.every")),
        draft.say("frames_aligned"),
        draft.say(f"rest.{setting('video.neutral')}", seconds=number(setting("video.neutral_s"))),
        draft.say("level", seconds=number(setting("video.window_s"))),
        draft.say("responded", least=number(setting("video.min_amplitude"), 1)),
        draft.say("times"),
    ]
