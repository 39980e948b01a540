"""Closing the network for a process, before MediaPipe is loaded into it.

MediaPipe reports usage to a Google host from native code and has no switch for it
(google-ai-edge/mediapipe issue 6291). Its HTTP client honours the proxy variables, so they are
pointed at a loopback port where nothing can ever answer. Photographs of patients are worked on
here; nothing about them is anybody else's business.
"""

import os
import socket
from typing import Final

_PROXIES: Final = ("http_proxy", "https_proxy", "all_proxy")

# Held for the life of the process: a bound port that nobody listens on refuses connections, and
# no other program can take it over meanwhile.
_reserved: list[socket.socket] = []


def close_network() -> int:
    """Point every proxy variable of this process at a port that is surely closed.

    Returns
    -------
    int
        The loopback port.
    """
    if not _reserved:
        reserved = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        reserved.bind(("127.0.0.1", 0))
        _reserved.append(reserved)
    port: int = _reserved[0].getsockname()[1]
    for name in _PROXIES:
        os.environ[name] = os.environ[name.upper()] = f"http://127.0.0.1:{port}"
    for name in ("no_proxy", "NO_PROXY"):
        os.environ.pop(name, None)
    return port
