"""Settings as the text of a `lakehouse.toml`."""

import json
from typing import Any

from pydantic import BaseModel

from lakehouse.settings.model import Settings


def settings_text(settings: Settings) -> str:
    """Write settings as TOML, every key with a line on what it does.

    Returns
    -------
    str
        Text that `inputs.settings_file.load_settings` reads back to equal settings.
    """
    lines = [
        "# Settings of this warehouse. Every key is shown with its present value; what is",
        "# deleted falls back to the default, which is what the study computed.",
    ]
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        if isinstance(value, BaseModel):
            lines += _section(name, value)
        elif not value:
            # There is no table to show, only what one would do.
            lines += ["", "# " + " ".join((field.description or "").split())]
        else:
            for key, item in value.items():
                lines += _section(f"{name}.{key}", item)
    return "\n".join(lines) + "\n"


def _section(title: str, section: BaseModel) -> list[str]:
    lines = ["", f"[{title}]"]
    tables: list[str] = []
    for name, field in type(section).model_fields.items():
        value = getattr(section, name)
        comment = "# " + " ".join((field.description or "").split())
        if isinstance(value, BaseModel):
            below = _section(f"{title}.{name}", value)
            tables += ["", comment, *below[1:]]
        elif isinstance(value, dict):
            tables += ["", comment, f"[{title}.{name}]"]
            tables += [f"{_toml(key)} = {_toml(item)}" for key, item in value.items()]
        elif value is None:
            # TOML has no word for what is absent: the key stands in a comment, with an example.
            examples = [f"# {name} = {_toml(item)}" for item in field.examples or []]
            lines += [comment, *examples] if examples else []
        else:
            lines += [comment, f"{name} = {_toml(value)}"]
    return lines + tables


def _toml(value: Any) -> str:
    # JSON's spelling of strings, numbers, truth values and lists of them is also TOML's.
    return json.dumps(value, ensure_ascii=False)
