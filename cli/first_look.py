"""What `lakehouse extract --dry-run` and `lakehouse init --from` say of photographs."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from lakehouse.dataset.first_look import CellCount, FirstLook, Group, VideosFound, look_at
from lakehouse.dataset.listing import ManifestReading, Reason, printable
from lakehouse.dataset.proposal import Proposal
from lakehouse.dataset.shard import share_of
from lakehouse.extraction.finding import list_photographs, require_photographs
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.inputs.shown import NAMES, listed
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.settings.dataset import Sequence

from .output import say, say_json
from .summaries import say_sequences


def dry_run(
    photos: Path,
    paths: WarehousePaths,
    settings: Settings,
    options: ExtractionOptions,
    *,
    as_json: bool,
) -> None:
    """Show how the names of photographs are understood; nothing is extracted or written.

    Raises
    ------
    UsageError
        If the layout cannot mean anything, or, once all is told, if it reads a path in more than
        one way.
    InputError
        If the manifest has no such columns, or, once all is told, if one of its rows is wrong or
        there is no photograph.
    """
    given = (photos, settings, options.layout, options.manifest)
    everything = listing = list_photographs(*given, tolerant=True)
    if options.shard is not None:
        listing = share_of(everything, options.shard, settings.dataset.identity)
    look = look_at(listing, settings)
    if as_json:
        say_json(
            {
                **asdict(look),
                "settings": settings.model_dump(include={"dataset", "quality", "alignment"}),
            }
        )
    else:
        if options.shard is not None:
            films = f" and {len(everything.videos):,} videos" if everything.videos else ""
            say(f"shard {options.shard}, of {len(everything):,} photographs{films}:")
        _say_look(look)
        _say_settings(paths, settings, options, with_frames=look.sequences is not None)
        _say_advice(look)
    wrong = listing.manifest is not None and listing.manifest.wrong_rows
    if wrong or any(ignored.reason is Reason.AMBIGUOUS for ignored in listing.ignored):
        # Not tolerant, it raises what an extraction would.
        list_photographs(*given)
    require_photographs(everything, options.manifest.file if options.manifest else photos)


def proposal_lines(proposal: Proposal) -> list[str]:
    """Say what names are like, how sure that is, and what it makes of the settings."""
    like = f"{proposal.fitting:,} of {proposal.photographs:,} {proposal.kind} are {proposal.names}"
    return [
        f"{like}: {proposal.certainty}",
        *_dataset_lines(
            proposal.settings,
            layout=None,
            with_layout=not proposal.needs_list,
            with_frames=proposal.settings.dataset.has_frames(),
        ),
        *(f"note: {remark}" for remark in proposal.remarks),
    ]


def _say_manifest(manifest: ManifestReading) -> None:
    say(f"{printable(manifest.file)} is read so:")
    for field, column in manifest.columns.items():
        say(f"  {field}: column {printable(column)}")
    if manifest.not_read:
        say(f"  not read: {listed(map(printable, manifest.not_read))}")
    for words, field in ((manifest.expressions, "expression"), (manifest.cues, "supervised")):
        if words:
            say(f"words in the column {printable(manifest.columns[field])}:")
        for meaning in dict.fromkeys(sorted(word.meaning for word in words)):
            of_meaning = [word for word in words if word.meaning == meaning]
            shown = ", ".join(
                f"{printable(word.text)} ({word.rows:,})" for word in of_meaning[:NAMES]
            )
            more = f" and {len(of_meaning) - NAMES:,} more" if len(of_meaning) > NAMES else ""
            say(f"  {meaning}: {shown}{more}")
    for remark in manifest.remarks:
        say(remark)
    if manifest.wrong_rows:
        say(f"wrong rows, left out here and refused by an extraction: {manifest.wrong_rows:,}")


def _say_look(look: FirstLook) -> None:
    if look.manifest:
        _say_manifest(look.manifest)
    if look.videos:
        _say_videos(look.videos)
    if look.photographs or not look.videos:
        _say_photographs(look)
    for folder in look.unreadable_folders:
        say(f"folder that could not be read, skipped: {folder}")
    for ignored in look.ignored:
        word = "ambiguous" if ignored.reason == Reason.AMBIGUOUS else "ignored"
        say(f"{word}: {ignored.count:,} files: {ignored.reason} (such as {ignored.example})")
    say_sequences(look.sequences)
    if look.respelled:
        say(f"invisible characters removed from the ids of {look.respelled:,} files")


def _say_photographs(look: FirstLook) -> None:
    say(f"{look.photographs:,} photographs of {look.participants:,} participants")
    for who in look.first_participants:
        say(f"  participant {_group(who)}")
    if look.photographs:
        say("expressions:")
        for expression in look.expressions:
            say(f"  {_group(expression, of_people=True)}")
        say("conditions:")
        for condition in look.conditions:
            say(f"  {_group(condition, of_people=True)}")
        _say_cells(look)


def _say_videos(found: VideosFound) -> None:
    say(f"{found.videos:,} videos of {found.participants:,} participants")
    for example in found.examples:
        say(f"  {printable(example)}")
    if found.expressions:
        counts = ", ".join(f"{name} {count:,}" for name, count in found.expressions.items())
        say(f"  expressions: {counts}")
    if found.sessions:
        say(f"  without expression: {found.sessions:,}; their events say what they show")


def _say_cells(look: FirstLook) -> None:
    say(
        f"neutral face ({look.neutral} without cue): {look.with_neutral:,} of "
        f"{look.participants:,} participants have one"
    )
    say(f"photographs in a cell (participant, expression, condition): usually {look.usual:,}")
    if look.unusual:
        shown = _cells(look.unusual_cells, look.unusual)
        say(f"  another number in {look.unusual:,} cells: {shown}")
    if look.missing:
        say(f"  none in {look.missing:,} cells: {_cells(look.missing_cells, look.missing)}")


def _cells(shown: tuple[CellCount, ...], number: int) -> str:
    words = [
        f"{printable(cell.participant)} {cell.expression} "
        f"{'with' if cell.supervised else 'without'} cue"
        + (f" has {cell.photographs:,}" if cell.photographs else "")
        for cell in shown
    ]
    return ", ".join(words) + (", …" if number > len(shown) else "")


def _group(group: Group, *, of_people: bool = False) -> str:
    people = f" of {group.participants:,} participants" if of_people else ""
    examples = ", ".join(map(printable, group.examples))
    such = f", such as {examples}" if examples else ""
    return f"{printable(group.name)}: {group.photographs:,} photographs{people}{such}"


def _say_settings(
    paths: WarehousePaths, settings: Settings, options: ExtractionOptions, *, with_frames: bool
) -> None:
    there = "" if paths.settings.exists() else ", which is not there, so these are the defaults"
    say(f"settings of {paths.settings}{there}:")
    by_names = options.manifest is None
    for line in _dataset_lines(
        settings, layout=options.layout, with_layout=by_names, with_frames=with_frames
    ):
        say(line)


def _dataset_lines(
    settings: Settings, *, layout: str | None, with_layout: bool = True, with_frames: bool
) -> Iterator[str]:
    dataset, quality = settings.dataset, settings.quality
    if layout is not None:
        yield f"  layout = {_toml(layout)} (of --layout)"
    elif dataset.layout_regex is not None:
        yield f"  dataset.layout_regex = {_toml(dataset.layout_regex)}"
    elif with_layout:
        yield f"  dataset.layout = {_toml(dataset.layout)}"
    if with_frames:
        yield from _sequence_lines(dataset.sequence)
    codes = ", ".join(f"{_toml(code)} = {name}" for code, name in dataset.expressions.items())
    yield f"  dataset.expressions: {codes}"
    if with_layout and dataset.says_conditions():
        cues = ", ".join(
            f"{_toml(code)} = {_toml(cue)}" for code, cue in dataset.supervised.items()
        )
        yield f"  dataset.supervised: {cues}"
    yield f"  dataset.identity = {_toml(dataset.identity)}"
    for name in ("reference", "photos_per_mask", "masks"):
        yield f"  quality.{name} = {_toml(getattr(quality, name))}"
    yield f"  alignment.method = {_toml(settings.alignment.method)}"


def _sequence_lines(sequence: Sequence) -> Iterator[str]:
    for name in ("neutral", "apex", "labels"):
        value = getattr(sequence, name)
        if value is not None:
            yield f"  dataset.sequence.{name} = {_toml(value)}"


def _say_advice(look: FirstLook) -> None:
    for advice in look.advice:
        say(f"to change: {advice}")
    if look.photographs and not look.advice:
        say("nothing needs to be changed")


def _toml(value: str | int | bool) -> str:
    return json.dumps(value, ensure_ascii=False)
