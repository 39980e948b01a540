"""`lakehouse render`: `masks`, `alignments`, `faces`, `muscles`, `pairs` and more."""

from pathlib import Path
from typing import Annotated

import typer

from lakehouse.errors import UsageError
from lakehouse.figures.choices import PictureFormat
from lakehouse.ids import canonical
from lakehouse.rendering.alignments import render_alignments
from lakehouse.rendering.choices import AxisOrder, MaskPicture, SheetOrder
from lakehouse.rendering.clip_video import render_clip
from lakehouse.rendering.contact_sheets import Pages, render_contact_sheets
from lakehouse.rendering.faces import render_faces
from lakehouse.rendering.frame_strips import render_frame_strips
from lakehouse.rendering.masks import render_masks
from lakehouse.rendering.muscle_pictures import render_muscles
from lakehouse.rendering.pair_pictures import render_pairs
from lakehouse.rendering.quality_video import render_video
from lakehouse.rendering.rendered import Rendered
from lakehouse.rendering.selection import Selection, tag

from .options import Quiet, apart, foreign, warehouse
from .output import complain, say
from .progress import progress

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Pictures of faces and masks.")

SHOWN_REFUSALS = 20
DEFAULT_FPS = 5


Photos = Annotated[
    Path, typer.Argument(help="Folder with the photographs.", exists=True, file_okay=False)
]
Participants = Annotated[
    list[str] | None,
    typer.Option("--participant", help="Only this participant; can be given several times."),
]
Expressions = Annotated[
    list[str] | None,
    typer.Option(
        "--expression", help="Only this expression or its code; can be given several times."
    ),
]


@app.command()
def masks(
    context: typer.Context,
    per: Annotated[
        list[MaskPicture] | None,
        typer.Option(help="Kind of pictures; can be given several times. Default: all."),
    ] = None,
    participant: Participants = None,
    expression: Expressions = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder to write to. Default: figures/masks in the warehouse.", callback=foreign
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Draw masks as PNG, black lines on white.

    There are five kinds. "photo" draws each photo, "mask" each participant's mask of an expression
    and condition. "mean" draws the mean per expression and condition, and per expression.
    "ghost" draws all masks of a participant, mask or expression over each other. "comparison"
    draws unsupervised and supervised side by side.

    Example:

        lakehouse render masks

        lakehouse render masks --per mean --per comparison

        lakehouse render masks --participant 0101 --expression happiness --out figures/
    """
    paths = warehouse(context)
    with progress("drawing masks", quiet=quiet) as update:
        rendered = render_masks(
            paths,
            out or paths.root / "figures" / "masks",
            per or [MaskPicture.ALL],
            _selection(participant, expression),
            progress=update,
        )
    _conclude(rendered)


@app.command()
def alignments(
    context: typer.Context,
    expression: Expressions = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder to write to. Default: figures/alignments in the warehouse.",
            callback=foreign,
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Draw each mean mask over neutral under the three methods of alignment.

    The pictures show what the setting alignment.method changes: how far the face shrinks or
    grows and how far the chin moves. The relation alignment_comparison has the numbers.

    Example:

        lakehouse render alignments

        lakehouse render alignments --expression surprise --out figures/
    """
    paths = warehouse(context)
    with progress("drawing alignments", quiet=quiet) as update:
        rendered = render_alignments(
            paths,
            out or paths.root / "figures" / "alignments",
            _selection(None, expression),
            progress=update,
        )
    _conclude(rendered)


@app.command()
def faces(
    context: typer.Context,
    photos: Photos,
    participant: Participants = None,
    expression: Expressions = None,
    format: Annotated[
        PictureFormat, typer.Option(help="PNG is lossless and ten times as large.")
    ] = PictureFormat.JPG,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder to write to. Default: figures/faces in the warehouse.", callback=foreign
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Cut faces out of the photographs, aligned, on black.

    The setting alignment.method decides how. By default the eyes are level, the distance from
    forehead to chin is 1500 pixels, and the forehead lies at (1250, 25) of 2500 × 1900 pixels.
    25 pixels around the face are kept.

    Example:

        lakehouse render faces photos/

        lakehouse render faces photos/ --participant 0101 --format png
    """
    paths = warehouse(context)
    with progress("cutting out faces", quiet=quiet) as update:
        rendered = render_faces(
            paths,
            photos,
            apart(out, photos) or paths.root / "figures" / "faces",
            _selection(participant, expression),
            picture_format=format,
            progress=update,
        )
    _conclude(rendered)


@app.command()
def muscles(
    context: typer.Context,
    out: Annotated[
        Path | None,
        typer.Option(
            help="PNG file to write. Default: figures/muscles.png in the warehouse.",
            dir_okay=False,
            callback=foreign,
        ),
    ] = None,
) -> None:
    """Draw the points of each muscle of the face on the mean neutral face.

    The picture has one face with all muscles and one face per muscle, coloured by group, with
    the action units. It helps to check the built-in atlas, or the file that [muscles] in
    lakehouse.toml names.

    Example:

        lakehouse render muscles

        lakehouse render muscles --out muscles.png
    """
    paths = warehouse(context)
    _conclude(render_muscles(paths, out or paths.root / "figures" / "muscles.png"))


@app.command()
def pairs(
    context: typer.Context,
    expression: Expressions = None,
    order: Annotated[
        AxisOrder, typer.Option(help="Order of the points on the axes.")
    ] = AxisOrder.MUSCLES,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder to write to. Default: figures/pairs in the warehouse.", callback=foreign
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Draw how the distances between all points of the face change, as a heat map per mask.

    It shows the 468 × 468 matrix of pair_changes: on the left the mean change over participants,
    in the middle the mean size of the change, on the right its standard deviation. Needs
    `lakehouse build --pairs`.

    Example:

        lakehouse render pairs

        lakehouse render pairs --expression happiness --order points --out figures/
    """
    paths = warehouse(context)
    with progress("drawing pairs", quiet=quiet) as update:
        rendered = render_pairs(
            paths,
            out or paths.root / "figures" / "pairs",
            _selection(None, expression),
            order=order,
            progress=update,
        )
    _conclude(rendered)


@app.command()
def video(
    context: typer.Context,
    photos: Photos,
    participant: Participants = None,
    expression: Expressions = None,
    clip: Annotated[
        str | None,
        typer.Option(help="Show this video instead, with its mesh, the curve and a clock."),
    ] = None,
    fps: Annotated[
        int | None, typer.Option(help="Photographs per second. Default: 5.", min=1, max=60)
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="File to write. Default: figures/quality.mp4 or figures/clips/… in the warehouse.",
            dir_okay=False,
            callback=foreign,
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Make the quality video: each aligned face beside its mask.

    The video is H.264 in MP4, which browsers play. The ids stand between face and mask. A title
    of two seconds announces each expression and condition.

    With --clip, it shows a video of the study: the mesh over each frame, how far the face has moved
    from neutral, and the time. Frames keep their own times. --participant says whose video it is,
    where several participants have one of this name.

    Example:

        lakehouse render video photos/

        lakehouse render video photos/ --expression surprise --fps 2 --out surprise.mp4

        lakehouse render video videos/ --clip smile-2 --participant 0101
    """
    paths = warehouse(context)
    selection = _selection(participant, expression)
    if clip is not None:
        if expression or fps is not None:
            raise UsageError(
                "--clip shows one video in its own time", fix="leave out --expression and --fps"
            )
        with progress("filming", quiet=quiet) as update:
            rendered = render_clip(
                paths, photos, apart(out, photos), selection, canonical(clip), progress=update
            )
        _conclude(rendered)
        return
    name = f"quality{tag((*selection.participants, *selection.expressions))}.mp4"
    with progress("filming", quiet=quiet) as update:
        rendered = render_video(
            paths,
            photos,
            apart(out, photos) or paths.root / "figures" / name,
            selection,
            fps=fps or DEFAULT_FPS,
            progress=update,
        )
    _conclude(rendered)


@app.command("frame-strip")
def frame_strip(
    context: typer.Context,
    videos: Annotated[
        Path, typer.Argument(help="Folder with the videos.", exists=True, file_okay=False)
    ],
    participant: Participants = None,
    expression: Expressions = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder to write to. Default: figures/frame-strips in the warehouse.",
            callback=foreign,
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Show each trial of the videos in three frames: at onset, half way, and at its most.

    The frames are those nearest to the times in expression_dynamics, cut out around the face, with
    the curve of the whole face below. Trials in which the face did not move enough are left out.

    Example:

        lakehouse render frame-strip videos/

        lakehouse render frame-strip videos/ --participant 0101 --expression happiness
    """
    paths = warehouse(context)
    with progress("drawing strips", quiet=quiet) as update:
        rendered = render_frame_strips(
            paths,
            videos,
            apart(out, videos) or paths.root / "figures" / "frame-strips",
            _selection(participant, expression),
            progress=update,
        )
    _conclude(rendered)


@app.command("contact-sheet")
def contact_sheet(
    context: typer.Context,
    photos: Photos,
    participant: Participants = None,
    expression: Expressions = None,
    rows: Annotated[int, typer.Option(help="Rows on a page.", min=1, max=20)] = 4,
    columns: Annotated[int, typer.Option(help="Columns on a page.", min=1, max=20)] = 6,
    order: Annotated[
        SheetOrder, typer.Option(help="The most doubtful first, or the order of the study.")
    ] = SheetOrder.WORST,
    pages: Annotated[
        int | None, typer.Option(help="Maximum number of pages. Default: all.", min=1)
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder to write to. Default: figures/contact-sheet in the warehouse.",
            callback=foreign,
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Show photographs with their mesh, the most doubtful first.

    Photographs without a face and those with several faces come first. The others are sorted by
    how far the head is turned, which fallback found the face, and how small the face is.

    Example:

        lakehouse render contact-sheet photos/ --pages 3

        lakehouse render contact-sheet photos/ --participant 0101 --order study
    """
    paths = warehouse(context)
    with progress("drawing pages", quiet=quiet) as update:
        rendered = render_contact_sheets(
            paths,
            photos,
            apart(out, photos) or paths.root / "figures" / "contact-sheet",
            _selection(participant, expression),
            Pages(rows, columns, order, pages),
            progress=update,
        )
    _conclude(rendered)


def _selection(participants: list[str] | None, expressions: list[str] | None) -> Selection:
    return Selection(*(tuple(map(canonical, named or ())) for named in (participants, expressions)))


def _conclude(rendered: Rendered) -> None:
    """Print what was drawn and what was refused; exit with 1 if anything was refused."""
    for refusal in rendered.refused[:SHOWN_REFUSALS]:
        complain(refusal)
    if len(rendered.refused) > SHOWN_REFUSALS:
        complain(f"… and {len(rendered.refused) - SHOWN_REFUSALS:,} more refused")
    for note in rendered.notes:
        say(f"note: {note}")
    counts = ", ".join(f"{number:,} {what}" for what, number in rendered.pictures.items())
    say(f"{counts}: {rendered.where}")
    if rendered.refused:
        raise typer.Exit(1)
