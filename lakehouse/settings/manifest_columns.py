"""What the columns of a manifest may be named after, in settings and options."""

from typing import Annotated, Final, Literal, get_args

from pydantic import AfterValidator, Field, StringConstraints

from lakehouse.ids import canonical

ManifestField = Literal["path", "participant", "expression", "supervised", "photo", "video"]
"""What a manifest says of a photograph or a video."""

MANIFEST_FIELDS: Final[tuple[ManifestField, ...]] = get_args(ManifestField)

OPTIONAL_FIELDS: Final[tuple[ManifestField, ...]] = ("supervised", "photo", "video")
"""Those that a manifest need not have."""


def _named(columns: dict[ManifestField, str]) -> dict[ManifestField, str]:
    spelled = {field: canonical(column) for field, column in columns.items()}
    for field, column in spelled.items():
        if not column and field not in OPTIONAL_FIELDS:
            raise ValueError(f"no column is named for {field}")
    return spelled


ManifestColumns = Annotated[
    dict[ManifestField, Annotated[str, StringConstraints(max_length=1000)]],
    AfterValidator(_named),
    Field(max_length=len(MANIFEST_FIELDS)),
]
"""Field = name of its column; an empty name leaves a field that is not needed unread."""
