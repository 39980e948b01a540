"""The quality video, played by a browser."""

import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.rendering.quality_video import render_video
from lakehouse.rendering.selection import Selection
from tests.tools import require_tool

# What is played comes from a blob, so that its pixels may be looked at and every place sought.
_PAGE = """<!doctype html><video muted></video><script>
const video = document.querySelector("video"), canvas = document.createElement("canvas");
const brightest = () => {
  canvas.width = video.videoWidth; canvas.height = video.videoHeight;
  const context = canvas.getContext("2d");
  context.drawImage(video, 0, 0);
  return Math.max(...context.getImageData(1500, 900, 300, 100).data.filter((_, i) => i % 4 < 3));
};
const happens = name => new Promise(resolve => video.addEventListener(name, resolve, {once: true}));
const at = async seconds => {
  const sought = happens("seeked");
  video.currentTime = seconds;
  await sought;
  return brightest();
};
const report = result => fetch("/result", {method: "POST", body: JSON.stringify(result)});
video.addEventListener("error", () => report({error: video.error.message}));
(async () => {
  const answer = await fetch("/video.mp4");
  const loaded = happens("loadeddata");
  video.src = URL.createObjectURL(await answer.blob());
  await loaded;
  const result = {width: video.videoWidth, height: video.videoHeight, duration: video.duration};
  result.title = await at(1.9);
  result.frame = await at(2.1);
  result.nextTitle = await at(2.6);
  const ended = happens("ended");
  await at(video.duration - 0.5);
  await video.play();
  await ended;
  await report({...result, error: null, ready: video.readyState});
})().catch(error => report({error: String(error)}));
</script>"""


@pytest.mark.slow
def test_the_quality_video_plays(photographed_study, tmp_path):
    chromium = require_tool("chromium")
    paths, photos = WarehousePaths(photographed_study / "warehouse"), photographed_study / "photos"
    render_video(paths, photos, tmp_path / "video.mp4", Selection(), fps=4)
    film = (tmp_path / "video.mp4").read_bytes()
    answered = threading.Event()
    results = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            known = {"/": ("text/html", _PAGE.encode()), "/video.mp4": ("video/mp4", film)}
            kind, content = known.get(self.path, ("text/plain", b""))
            self.send_response(200 if content else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            results.append(json.loads(body))
            self.send_response(204)
            self.end_headers()
            answered.set()

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = subprocess.Popen(
            [
                chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", "--autoplay-policy=no-user-gesture-required",
                "--remote-debugging-port=0",  # without it, it would leave once the page is loaded
                f"--user-data-dir={tmp_path / 'profile'}",
                f"http://127.0.0.1:{server.server_port}/",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            assert answered.wait(60)
        finally:
            browser.terminate()
            browser.wait(30)
            server.shutdown()
    [result] = results
    assert result["error"] is None
    assert (result["width"], result["height"]) == (1920, 1080)
    # Four folders, each a title of two seconds and two photographs of a quarter.
    assert result["duration"] == pytest.approx(10, abs=0.05)
    assert result["ready"] >= 2
    assert result["title"] < 60
    assert result["frame"] > 250
    assert result["nextTitle"] < 60
