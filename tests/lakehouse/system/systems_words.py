"""Finding what only some systems have, in the text of a module."""

import ast
import re
from collections.abc import Iterator
from typing import Final, NamedTuple


class Found(NamedTuple):
    """A place that asks for what only some systems have."""

    what: str
    line: int


_MODULES = """
fcntl grp msvcrt posix pty pwd resource syslog termios tty winreg winsound _winapi
ctypes filelock psutil platformdirs
"""

MODULES: Final = frozenset(_MODULES.split())
"""What some systems lack, and the libraries that make up for it."""

_OF_OS = """
chown chroot ctermid fchmod fchown fork forkpty getegid geteuid getgid getgroups getloadavg
getpgid getpgrp getpriority getresgid getresuid getsid getuid getxattr initgroups killpg lchown
link listxattr lockf major makedev memfd_create minor mkfifo mknod nice openpty pathconf
pidfd_open pipe pipe2 posix_spawn pread preadv pwrite pwritev readv removexattr sched_getaffinity
sched_setaffinity sched_yield sendfile set_blocking setegid seteuid setgid setgroups setpgid
setpriority setregid setresgid setresuid setreuid setsid setuid setxattr splice startfile statvfs
fstatvfs sync sysconf tcgetpgrp tcsetpgrp ttyname uname wait wait3 wait4 waitid writev
name O_ASYNC O_BINARY O_CLOEXEC O_DIRECT O_DIRECTORY O_DSYNC O_EXLOCK O_NOATIME O_NOCTTY O_NOFOLLOW
O_NOINHERIT O_NONBLOCK O_PATH O_RSYNC O_SHLOCK O_SYNC O_TEMPORARY O_TMPFILE
"""

_OF_SIGNAL = """
alarm getitimer pause pthread_kill pthread_sigmask set_wakeup_fd setitimer siginterrupt sigpending
sigtimedwait sigwait sigwaitinfo
CTRL_BREAK_EVENT CTRL_C_EVENT SIGALRM SIGBREAK SIGBUS SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGPROF
SIGQUIT SIGSTOP SIGTSTP SIGTTIN SIGTTOU SIGUSR1 SIGUSR2 SIGWINCH
"""

_OF_OTHERS = """
sys.platform sys.getwindowsversion platform.system platform.uname platform.win32_ver
socket.AF_UNIX select.epoll select.kqueue select.poll time.pthread_getcpuclockid
subprocess.STARTUPINFO subprocess.CREATE_NEW_PROCESS_GROUP
"""

NAMES: Final = frozenset(
    {
        *(f"os.{name}" for name in _OF_OS.split()),
        *(f"signal.{name}" for name in _OF_SIGNAL.split()),
        *_OF_OTHERS.split(),
    }
)

ATTRIBUTES: Final = frozenset({"st_uid", "st_gid", "hardlink_to", "link_to", "lchmod"})
"""Of files, which mean nothing or are missing on some systems."""

_ARGUMENTS = """
creationflags dir_fd pass_fds preexec_fn process_group start_new_session startupinfo umask
"""

ARGUMENTS: Final = frozenset(_ARGUMENTS.split())

_PLACES: Final = re.compile(r"/(proc|sys|dev)(/.*)?")


def systems_words(source: str) -> Iterator[Found]:
    """Give the places of a module that ask for what only some systems have."""
    tree = ast.parse(source)
    names = dict(_imported(tree))
    for node in ast.walk(tree):
        for what in _asked(node, names):
            if what.partition(".")[0] in MODULES or what in NAMES or what[0] in "./=":
                yield Found(what.lstrip("."), node.lineno)  # type: ignore[attr-defined]


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.asname or name.name.partition(".")[0], name.name
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for name in node.names:
                yield name.asname or name.name, f"{node.module}.{name.name}"


def _asked(node: ast.AST, names: dict[str, str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (name.name for name in node.names)
    elif isinstance(node, ast.ImportFrom) and not node.level:
        yield from (f"{node.module}.{name.name}" for name in node.names)
    elif isinstance(node, ast.Attribute):
        if isinstance(node.value, ast.Name) and node.value.id in names:
            yield f"{names[node.value.id]}.{node.attr}"
        elif node.attr in ATTRIBUTES:
            yield f".{node.attr}"
    elif isinstance(node, ast.keyword) and node.arg in ARGUMENTS:
        yield f"={node.arg}"
    elif isinstance(node, ast.Constant) and _PLACES.fullmatch(str(node.value)):
        yield str(node.value)
