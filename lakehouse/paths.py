"""Where the parts of a warehouse folder lie."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class WarehousePaths:
    """The files and folders below one warehouse folder.

    Parameters
    ----------
    root : Path
        The warehouse folder; it need not exist yet.
    """

    root: Path

    @property
    def settings(self) -> Path:
        """The settings file, which may be absent."""
        return self.root / "lakehouse.toml"

    @property
    def database(self) -> Path:
        """The DuckDB file that `build` makes."""
        return self.root / "lakehouse.duckdb"

    @property
    def spill(self) -> Path:
        """What the folder is named after that takes what a build has no memory for."""
        return self.root / "build"

    @property
    def reading(self) -> Path:
        """What the folder is named after that takes what a query has no memory for."""
        return self.root / "query"

    @property
    def lake(self) -> Path:
        """The folder of Parquet files."""
        return self.root / "lake"

    @property
    def landmarks(self) -> Path:
        """The folder of landmark parts."""
        return self.lake / "landmarks"

    @property
    def photos(self) -> Path:
        """The folder of photo parts; a part exists once its file is here."""
        return self.lake / "photos"

    @property
    def blendshapes(self) -> Path:
        """The folder of blendshape parts."""
        return self.lake / "blendshapes"

    @property
    def scores(self) -> Path:
        """The Parquet file of questionnaire scores."""
        return self.lake / "scores.parquet"

    @property
    def covariates(self) -> Path:
        """The Parquet file of what else is known of the participants."""
        return self.lake / "covariates.parquet"

    @property
    def lock(self) -> Path:
        """The file that a process writing to the lake holds locked."""
        return self.lake / ".lock"

    @property
    def origin(self) -> Path:
        """The file that remembers where the photographs were extracted from."""
        return self.root / "extraction.json"

    @property
    def confidences(self) -> Path:
        """The file that remembers with which confidences faces were looked for."""
        return self.root / "detection.json"

    @property
    def build_lock(self) -> Path:
        """The file that a process building the database holds locked."""
        return self.root / ".build.lock"
