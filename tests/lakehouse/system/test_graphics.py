import pytest

from lakehouse.errors import LakehouseError
from lakehouse.system import graphics
from lakehouse.system.graphics import installing, missing_libraries, require_graphics

GONE = ("libGL.so.1", "libEGL.so.1")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch):
    """A Linux that lacks two of the libraries, with programs to install packages."""

    def make(*programs: str, user: int = 1000) -> None:
        def load(name: str) -> None:
            if name in GONE:
                raise OSError(f"{name}: cannot open shared object file")

        monkeypatch.setattr(graphics.ctypes, "CDLL", load)
        monkeypatch.setattr(graphics.sys, "platform", "linux")
        monkeypatch.setattr(graphics.shutil, "which", lambda name: name in programs)
        monkeypatch.setattr(graphics.kernel, "geteuid", lambda: user)

    return make


def test_what_cannot_be_loaded_is_named(machine) -> None:
    machine("apt-get")
    assert missing_libraries() == GONE
    assert missing_libraries(("libGLESv2.so.2",)) == ()


def test_nothing_is_missing_where_packages_bring_all_along(machine, monkeypatch) -> None:
    machine()
    monkeypatch.setattr(graphics.sys, "platform", "darwin")
    assert missing_libraries() == ()


def test_the_command_is_that_of_the_machine_and_the_user(machine) -> None:
    for programs in (("apt-get", "dnf"), ()):
        machine(*programs)
        assert installing(GONE) == "sudo apt-get install -y libgl1 libegl1"
    machine("dnf", user=0)
    assert installing(GONE) == "dnf install -y libglvnd-glx libglvnd-egl"


def test_work_that_needs_them_is_refused(machine) -> None:
    machine("apt-get", user=0)
    require_graphics("nothing", ("libGLESv2.so.2",))
    with pytest.raises(LakehouseError) as refused:
        require_graphics("finding faces")
    assert str(refused.value) == (
        "finding faces needs system libraries that are missing (libGL.so.1, libEGL.so.1); "
        "install them: apt-get install -y libgl1 libegl1"
    )


def test_drawing_needs_its_library_and_its_package(machine, monkeypatch) -> None:
    machine("apt-get", user=0)
    with monkeypatch.context() as whole:
        whole.setattr(graphics.ctypes, "CDLL", lambda name: None)
        assert graphics.can_draw()
    assert not graphics.can_draw()
    assert graphics.installing_to_draw() == "apt-get install -y libgl1"
    monkeypatch.setattr(graphics.packages, "missing_packages", lambda names: names)
    assert not graphics.can_draw()
    assert graphics.installing_to_draw() == "pip install opencv-contrib-python"
