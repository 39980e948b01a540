from pathlib import Path
def font_faces() -> str: return ""
def font_folder() -> Path: return Path("/tmp")
