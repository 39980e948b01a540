"""Whatever a file says, nothing but this file is read, and nobody is asked."""

import os
import socket

import pytest

from lakehouse.video.decoding import open_video
from lakehouse.video.opening import opened
from lakehouse.video.problems import VideoProblemError
from tests.numbered_video import Film, write

SIX = tuple(range(6))


@pytest.fixture
def server():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        yield listening


@pytest.fixture
def secret(tmp_path):
    write(Film(ticks=SIX), tmp_path / "secret.mp4")
    write(Film("mpegts", ticks=SIX), tmp_path / "secret.ts")
    return tmp_path / "secret.mp4"


def playlists(secret, server):
    """Give texts that FFmpeg would follow, by what it calls them."""
    port = server.getsockname()[1]
    for where in (str(secret.with_suffix(".ts")), "secret.ts", f"http://127.0.0.1:{port}/clip.ts"):
        yield "hls", f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{where}\n#EXT-X-ENDLIST\n"
    for where in (str(secret), "secret.mp4", f"http://127.0.0.1:{port}/clip.mp4"):
        yield "concat", f"ffconcat version 1.0\nfile '{where}'\n"
    yield (
        "sdp",
        f"v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\n",
    )
    yield (
        "dash",
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static">'
        f"<BaseURL>http://127.0.0.1:{port}/</BaseURL></MPD>",
    )


@pytest.mark.parametrize("number", range(8))
@pytest.mark.parametrize("name", ["clip.mp4", "clip.m3u8", "clip.ffconcat"])
def test_a_playlist_is_no_video_and_is_not_followed(tmp_path, secret, server, number, name):
    _, text = list(playlists(secret, server))[number]
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(VideoProblemError, match="not a video") as caught:
        open_video(path)
    assert caught.value.status == "unreadable"
    with pytest.raises(TimeoutError):
        server.accept()


@pytest.mark.parametrize("number", range(8))
def test_nothing_else_could_be_opened_even_if_it_were_taken_for_one(
    tmp_path, secret, server, number, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    kind, text = list(playlists(secret, server))[number]
    path = tmp_path / "clip.mp4"
    path.write_text(text)
    with pytest.raises(VideoProblemError), opened(path, kind) as source:
        list(source.container.decode(source.stream))
    with pytest.raises(TimeoutError):
        server.accept()


@pytest.mark.parametrize("ending", ["mkv", "ts", "mp4"])
def test_a_playlist_with_a_videos_signature_is_not_followed(tmp_path, secret, server, ending):
    signature = {
        "mkv": b"\x1a\x45\xdf\xa3",
        "ts": b"G" * 1024,
        "mp4": b"\0\0\0\x10ftypisom\0\0\0\0",
    }
    _, text = next(playlists(secret, server))
    path = tmp_path / f"clip.{ending}"
    path.write_bytes(signature[ending] + text.encode() * 50)
    with pytest.raises(VideoProblemError):
        open_video(path)
    with pytest.raises(TimeoutError):
        server.accept()


@pytest.mark.parametrize("name", ["http:clip.mp4", "pipe:0", "concat:a|b.mp4", "ü %03d.mp4", "-i"])
def test_a_name_is_a_name(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    write(Film(ticks=SIX), tmp_path / "video")
    (tmp_path / "video").rename(name)
    assert len(list(open_video(tmp_path / name).frames())) == 6


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "clip.mp4")
    with pytest.raises(VideoProblemError, match="named pipe"):
        open_video(tmp_path / "clip.mp4")
