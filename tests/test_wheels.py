"""What a user installs is there as wheels for every system; `make wheels` finds it anew."""

import sys
from importlib.metadata import requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.wheels import EXTRAS, PROJECT, PYTHONS, SYSTEMS, System, pins, read

AGAIN = "run `make wheels`"


def markers(system: System, python: str, extra: str = "") -> dict[str, str]:
    return {
        "sys_platform": system.sys_platform,
        "platform_system": {"win32": "Windows", "darwin": "Darwin"}.get(
            system.sys_platform, "Linux"
        ),
        "platform_machine": system.machine,
        "os_name": "nt" if system.sys_platform == "win32" else "posix",
        "python_version": python,
        "python_full_version": f"{python}.0",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "extra": extra,
    }


def applies(requirement: Requirement, system: System, python: str, extra: str = "") -> bool:
    marker = requirement.marker
    return marker is None or marker.evaluate(markers(system, python, extra))


def asked_for() -> list[Requirement]:
    optional = PROJECT["optional-dependencies"]
    extras = [line for extra in EXTRAS for line in optional[extra]]
    return [Requirement(line) for line in (*PROJECT["dependencies"], *extras)]


def test_the_table_holds_the_versions_that_are_pinned() -> None:
    pinned = pins()
    differing = {
        name: needed.version
        for name, needed in read().items()
        if pinned.get(name) != needed.version
    }
    assert not differing, AGAIN


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_whatever_is_asked_for_has_a_wheel(system: str, python: str) -> None:
    table = read()
    wanted = {
        canonicalize_name(each.name): each
        for each in asked_for()
        if applies(each, SYSTEMS[system], python)
    }
    assert len(wanted) > 15
    for name, requirement in wanted.items():
        assert name in table, f"{name}: {AGAIN}"
        assert python in table[name].pythons[system], f"{name}: {AGAIN}"
        assert requirement.specifier.contains(table[name].version), name


def test_what_finds_faces_is_needed_on_all_but_old_macs() -> None:
    needed = read()["mediapipe"].pythons
    assert [system for system in SYSTEMS if not needed[system]] == ["macOS on Intel"]


def test_whatever_these_need_in_turn_has_a_wheel_too() -> None:
    """As the packages say that are installed here, asked as on each system."""
    table = read()
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    for name, system in SYSTEMS.items():
        wanted = {canonicalize_name(each.name) for each in asked_for()}
        todo = [(each.name, each.extras) for each in asked_for() if applies(each, system, python)]
        while todo:
            package, extras = todo.pop()
            for line in requires(package) or ():
                requirement = Requirement(line)
                if any(applies(requirement, system, python, each) for each in ("", *extras)):
                    found = canonicalize_name(requirement.name)
                    assert python in table[found].pythons[name], f"{found}: {AGAIN}"
                    if found not in wanted:
                        wanted.add(found)
                        if found not in _ELSEWHERE:
                            todo.append((requirement.name, requirement.extras))


_ELSEWHERE = frozenset(("colorama", "tzdata"))
"""What only other systems need, is not installed here, and needs nothing."""
