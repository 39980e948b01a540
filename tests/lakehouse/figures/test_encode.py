import cv2
import numpy as np

from lakehouse.figures.encode import web_encoded


def test_a_picture_for_the_page_is_a_small_webp_of_the_same_colours():
    picture = np.zeros((40, 60, 3), dtype=np.uint8)
    picture[:, :30] = (200, 40, 40)
    content = web_encoded(picture, 60)
    assert (content[:4], content[8:12]) == (b"RIFF", b"WEBP")
    assert len(content) < 1000
    back = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)[..., ::-1]
    assert np.abs(back[20, 10].astype(int) - (200, 40, 40)).max() < 15
    assert back[20, 50].max() < 15


def test_grey_values_stay_grey():
    content = web_encoded(np.full((8, 8), 128, dtype=np.uint8), 60)
    back = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    assert np.abs(back.astype(int) - 128).max() < 4
