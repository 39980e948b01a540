"""Events of every form of file, from the file to the lake."""

from pathlib import Path

import openpyxl
import pytest

from lakehouse.errors import InputError, LakeError
from lakehouse.events import EventFileOptions, EventsSummary, read_events, store_events
from lakehouse.events.columns import parsed_event_columns
from lakehouse.lake.events import Event, read_lake_events
from lakehouse.lake.lock import lake_lock
from lakehouse.paths import WarehousePaths
from lakehouse.settings.dataset import Dataset
from tests.lakehouse.events.videos import SESSION, sessions, write_videos

PLAIN = "participant,video,onset_s,duration_s,expression,supervised\n"
HAPPY = Event(2.0, 3.0, "happiness", False, "trial")


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return sessions(tmp_path / "study", "01", "02")


def stored(
    paths: WarehousePaths, text: str, name: str = "events.csv", *options: str, replace: bool = False
) -> EventsSummary:
    file = paths.root / name
    file.write_text(text, encoding="utf-8")
    found = read_events(file, EventFileOptions(parsed_event_columns(options)))
    return store_events(found, paths, Dataset(), replace=replace)


def of_first(paths: WarehousePaths) -> dict[str, Event]:
    events = read_lake_events(paths)
    return {key[2]: event for key, event in events.items() if key[:2] == ("01", "session_01")}


# --- tables that people make ---


def test_a_table_has_a_row_for_each_event(paths: WarehousePaths) -> None:
    summary = stored(
        paths,
        PLAIN + "01,session_01,2,3,happiness,no\n01,session_01,0.5,1,neutral,\n"
        "01,session_01,6.25,2,05,yes\n02,session_02,1,,fear,no\n",
    )

    assert of_first(paths) == {
        "001": Event(0.5, 1.0, "neutral", False, "neutral"),
        "002": HAPPY,
        "003": Event(6.25, 2.0, "happiness", True, "trial"),
    }
    assert summary.events == {"neutral": 1, "trial": 3}
    assert (summary.participants, summary.videos, summary.without_duration) == (2, 2, 1)
    assert summary.told == ("read 05 as happiness",)


@pytest.mark.parametrize(
    "text",
    [
        "Participante;Vídeo;Início (s);Duração (s);Emoção\n01;session_01;2,0;3,0;alegria\n",
        "subject\tfile\tonset_ms\tend_ms\temotion\n01\tsession_01.mp4\t2000\t5000\tHappy\n",
        "pid,path,start,stop,stimulus\n01,D:\\data\\01\\session_01.mp4,0:02.0,00:00:05.000,SMILE\n",
        "video,begin,length,label\n01/session_01.mp4,2,3,happiness\n",
        "participant,onset,duration,expression\n01,2,3,happiness\n",
    ],
    ids=["portuguese", "milliseconds", "clock", "no participant", "no video"],
)
def test_columns_times_and_words_are_those_that_people_use(
    paths: WarehousePaths, text: str
) -> None:
    stored(paths, text)
    assert of_first(paths) == {"001": HAPPY}


def test_columns_can_be_named(paths: WarehousePaths) -> None:
    text = "participant,clock,t1,t2,face\n01,9:00,2,5,happy\n"
    stored(paths, text, "events.csv", "onset=t1,end=t2", "expression=face")
    assert of_first(paths) == {"001": HAPPY}


def test_events_are_read_from_excel(paths: WarehousePaths) -> None:
    book = openpyxl.Workbook()
    for row in [("participant", "onset_s", "duration_s", "expression"), ("01", 2, 3, "happy")]:
        book.active.append(row)
    book.save(paths.root / "events.xlsx")
    book.close()

    store_events(read_events(paths.root / "events.xlsx"), paths, Dataset())

    assert of_first(paths) == {"001": HAPPY}


def test_kinds_are_words_too(paths: WarehousePaths) -> None:
    stored(
        paths,
        "participant,event,onset,duration,expression,kind\n01,a,0,1,,baseline\n"
        "01,b,1,1,happy,ignorar\n01,c,2,3,happy,trial\n01,d,6,1,neutral,trial\n",
    )

    assert {name: event.kind for name, event in of_first(paths).items()} == {
        "a": "neutral",
        "b": "ignore",
        "c": "trial",
        "d": "neutral",
    }


def test_a_trial_without_expression_shows_what_its_video_shows(tmp_path: Path) -> None:
    paths = write_videos(WarehousePaths(tmp_path), {"participant": "01", "video": "1"})
    stored(paths, "participant,onset\n01,2\n")
    assert read_lake_events(paths) == {
        ("01", "1", "001"): Event(2.0, None, None, None, "trial"),
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("01,session_01,-1,1,happy,", "row 2: onset is -1 s, before its video begins"),
        ("01,session_01,10.5,,happy,", "row 2: onset is 10.5 s, and its video lasts 10.00 s"),
        ("01,session_01,9,2.5,happy,", "row 2: ends at 11.5 s, and its video lasts 10.00 s"),
        ("01,session_01,2,-1,happy,", "row 2: ends before it begins"),
        ("01,session_01,,1,happy,", "row 2: no onset"),
        ("01,session_01,two,1,happy,", "row 2: onset_s is 'two', not a number"),
        ("01,session_01,0:00:02:10,1,happy,", "row 2: onset_s is '0:00:02:10', counts frames"),
        ("01,session_01,2,1,hapy,", "row 2: unknown expression hapy"),
        ("01,session_01,2,1,,", "row 2: no expression, and its video is of several"),
        ("01,session_01,2,1,happy,perhaps", "row 2: supervised is perhaps, not yes or no"),
        (",,2,1,happy,", "row 2: no participant and no video"),
    ],
)
def test_wrong_rows_are_refused(paths: WarehousePaths, row: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        stored(paths, f"{PLAIN}{row}\n02,session_02,2,1,happy,\n")

    assert said in str(caught.value)
    assert read_lake_events(paths) == {}


def test_events_may_end_a_little_after_the_last_frame(paths: WarehousePaths) -> None:
    assert stored(paths, f"{PLAIN}01,session_01,9,1.4,happy,\n").beyond == 1
    assert of_first(paths)["001"].duration_s == 1.4


def test_ids_are_given_to_all_events_of_a_video_or_to_none(paths: WarehousePaths) -> None:
    text = "participant,event,onset,expression\n01,a,1,happy\n01,,2,happy\n"
    with pytest.raises(InputError, match="row 3: no event, though others of its video have one"):
        stored(paths, text)
    with pytest.raises(InputError, match="row 3: its participant, video and event is also in row"):
        stored(paths, text.replace(",,2", ",a,2"))


# --- which video ---


def test_videos_that_are_not_there_are_counted_and_not_stored(paths: WarehousePaths) -> None:
    summary = stored(
        paths,
        PLAIN + "01,session_01,2,3,happy,\n01,other.mp4,2,3,happy,\n01,other.mp4,5,1,happy,\n"
        "1,session_01,2,3,happy,\n",
    )

    assert list(of_first(paths)) == ["001"]
    assert summary.unmatched_videos == {"other.mp4": 2}
    assert summary.unmatched_participants == {"1": 1}
    assert [pair.there for pair in summary.look_alikes] == ["01"]


def test_a_file_of_other_videos_only_is_refused(paths: WarehousePaths, tmp_path: Path) -> None:
    text = f"{PLAIN}1,session_01,2,3,happy,\n"
    with pytest.raises(InputError) as caught:
        stored(paths, text)
    assert "none of its events is of a video in the lake" in str(caught.value)
    assert "leading zeros: 1 (1 in the file is 01 in the videos)" in str(caught.value)
    other = WarehousePaths(tmp_path / "other")
    other.root.mkdir()
    with pytest.raises(InputError, match="the lake has no videos"):
        stored(other, text)


def test_a_name_that_several_videos_have_says_nobody(tmp_path: Path) -> None:
    paths = write_videos(
        WarehousePaths(tmp_path),
        {"participant": "01", "video": "smile"},
        {"participant": "02", "video": "smile"},
    )
    with pytest.raises(InputError, match="row 2: 2 videos of 2 participants are called smile"):
        stored(paths, "video,onset\nsmile,2\n")
    stored(paths, "video,onset\nhome/02/smile.mp4,2\n")
    assert list(read_lake_events(paths)) == [("02", "smile", "001")]


# --- BIDS ---


def test_a_folder_of_bids_says_whose_events_they_are(tmp_path: Path) -> None:
    paths = write_videos(
        WarehousePaths(tmp_path / "study"),
        {"participant": "01", "video": "smile", "path": "sub-01_task-smile_video.mp4", **SESSION},
        {"participant": "01", "video": "rest", "path": "sub-01_task-rest_video.mp4", **SESSION},
        {"participant": "02", "video": "1", "path": "b/clip.mp4", **SESSION},
    )
    folder = tmp_path / "bids"
    for name, rows in {
        "sub-01/beh/sub-01_task-smile_events.tsv": "0.5\t1\tneutral\n2\t3\thappy\n"
        "8\tn/a\tfixation\n",
        "sub-02/beh/sub-02_task-smile_events.tsv": "2\t0\thappiness\n",
    }.items():
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(f"onset\tduration\ttrial_type\n{rows}")
    (folder / "participants.tsv").write_text("participant_id\n")

    summary = store_events(read_events(folder), paths, Dataset())

    assert summary.forms == {"BIDS": 2}
    assert summary.other_words == {"fixation": 1}
    assert read_lake_events(paths) == {
        ("01", "smile", "001"): Event(0.5, 1.0, "neutral", False, "neutral"),
        ("01", "smile", "002"): HAPPY,
        ("02", "1", "001"): Event(2.0, None, "happiness", False, "trial"),
    }


# --- ELAN ---

ELAN = {
    "all formats": (
        '"#file:///D:/data/session_01.mp4 -- offset: 0"\n'
        "expression\tAna\t00:00:02.000\t2.0\t2000\t00:00:05.000\t5.0\t5000\t00:00:03.000\t3.0\t3000\t"
        "happy\nspeech\t\t00:00:07.000\t7.0\t7000\t00:00:08.000\t8.0\t8000\t00:00:01.000\t1.0\t1000\t"
        "hello\n"
    ),
    "begin and end": (
        "expression\t\t00:00:02.000\t00:00:05.000\thappy\tsession_01.eaf\t/home/a/session_01.eaf\n"
    ),
    "tier alone": "smile\t2000\t5000\t3000\tx\tC:\\a\\session_01.eaf\n",
    "names in rows": (
        '"#session_02.eaf"\n"#file:///D:/session_02.mp4 -- offset: 0"\n'
        'e\t\t1.0\t2.0\t1.0\tfear\n\n"#session_01.eaf"\n"#file:///D:/session_01.mp4 -- offset: 0"\n'
        "e\t\t2.0\t5.0\t3.0\thappy [a12]\n\n"
    ),
    "a column per tier": (
        '"#file:///D:/x/session_01.mp4 -- offset: 0, duration: 00:05:00.000 / 300.000 / 300000, ms '
        'per sample: 40.0",,,\n"Begin Time - hh:mm:ss.ms","Begin Time - PAL","End Time - '
        'hh:mm:ss.ms","Duration - msec","speech","face"\n'
        '00:00:02.000,00:00:02:00,00:00:05.000,3000,"hello","happy"\n'
    ),
    "a column per tier, of several files": (
        "Begin Time - msec\tEnd Time - msec\tface\tFile Name\tFile Path\n\nsession_02.eaf\n"
        "1000\t2000\tfear\n\n\nsession_01.eaf\n2000\t5000\thappy\n\n"
    ),
    "in French": (
        "Temps de départ - ss.msec\tTemps de fin - ss.msec\tDurée - ss.msec\tface\tFile Name\n"
        "2.0\t5.0\t3.0\thappy\tsession_01.eaf\n"
    ),
}


@pytest.mark.parametrize("form", ELAN)
def test_exports_of_elan_are_recognised(paths: WarehousePaths, form: str) -> None:
    summary = stored(paths, ELAN[form], "session_01.txt")
    assert of_first(paths) == {"001": HAPPY}
    assert summary.forms == {"ELAN": 1}


def test_a_folder_has_a_file_of_each_video(paths: WarehousePaths) -> None:
    folder = paths.root / "elan"
    folder.mkdir()
    for who in ("01", "02"):
        (folder / f"session_{who}.txt").write_text("face\t\t00:00:02.000\t00:00:05.000\thappy\n")

    store_events(read_events(folder), paths, Dataset())

    assert list(read_lake_events(paths)) == [
        ("01", "session_01", "001"),
        ("02", "session_02", "001"),
    ]


def test_a_video_with_an_offset_in_elan_is_refused(paths: WarehousePaths) -> None:
    text = ELAN["all formats"].replace("offset: 0", "offset: 1500")
    with pytest.raises(InputError, match="row 2: its video has an offset of 1500 ms in ELAN"):
        stored(paths, text, "x.txt")


# --- BORIS ---

OLD = """Observation id,first,,,,,,,
,,,,,,,,
Media file(s),,,,,,,,
Player #1,/home/a/session_01.mp4,,,,,,,
Observation date,2026-01-01 10:00:00,,,,,,,
Time offset (s),0.0,,,,,,,
,,,,,,,,
Time,Media file path,Total length,FPS,Subject,Behavior,Behavioral category,Comment,Status
2.000,/home/a/session_01.mp4,10.000,25.0,No focal subject,smile,,,START
5.000,/home/a/session_01.mp4,10.000,25.0,No focal subject,smile,,,STOP
6.000,/home/a/session_01.mp4,10.000,25.0,No focal subject,blink,,,POINT
"""
NEW = (
    "Observation id\tObservation date\tDescription\tObservation duration\tObservation type\t"
    "Source\tTime offset (s)\tMedia duration (s)\tFPS\tSubject\tBehavior\tBehavioral category\t"
    "Behavior type\tTime\tMedia file name\tImage index\tImage file path\tComment\n"
) + "".join(
    f"first\t2026\t\t10\tMedia file(s)\tplayer #1:session_01.mp4\t0\t10\t25\t01\thappy\t\t"
    f"{status}\t{time}\t/a/session_01.mp4\t{time}\tNA\t\n"
    for status, time in (("START", 2.0), ("STOP", 5.0))
)
AGGREGATED = (
    "Observation id,Observation date,Description,Observation type,Source,Time offset (s),Coding "
    "duration,Media duration (s),FPS (frame/s),Subject,Observation duration by subject by "
    "observation,Behavior,Behavioral category,Behavior type,Start (s),Stop (s),Duration (s),Media "
    "file name,Image index start,Image index stop,Image file path start,Image file path stop,"
    "Comment start,Comment stop\n"
    "first,2026,,Media file(s),player #1:session_01.mp4,0,10,10,25,No focal subject,10,happiness,,"
    "STATE,2.0,5.0,3.0,session_01.mp4,50,125,NA,NA,,\n"
)
BORIS = {"tabular": OLD, "tabular of later versions": NEW, "aggregated": AGGREGATED}


@pytest.mark.parametrize("form", BORIS)
def test_exports_of_boris_are_recognised(paths: WarehousePaths, form: str) -> None:
    summary = stored(paths, BORIS[form])
    assert of_first(paths) == {"001": HAPPY}
    assert summary.forms == {"BORIS": 1}


def test_a_workbook_of_boris_has_lines_before_its_table(paths: WarehousePaths) -> None:
    book = openpyxl.Workbook()
    for line in OLD.splitlines():
        book.active.append([cell or None for cell in line.split(",")])
    book.save(paths.root / "events.xlsx")
    book.close()

    store_events(read_events(paths.root / "events.xlsx"), paths, Dataset())

    assert of_first(paths) == {"001": HAPPY}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NEW.replace("STOP", "START"), "row 3: starts again before it stops"),
        (NEW.replace("STOP", "POINT"), "row 2: starts and does not stop"),
        (NEW.replace("START", "STOP"), "row 2: stops without a start"),
        (NEW.replace("\t0\t10", "\t4.5\t10"), "row 2: its observation has a time offset"),
        (
            AGGREGATED.replace("#1:", "#1:intro.mp4;"),
            "row 2: its observation plays several files one after another",
        ),
    ],
)
def test_times_that_are_not_those_of_the_video_are_refused(
    paths: WarehousePaths, text: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        stored(paths, text)
    assert said in str(caught.value)


# --- what was there before ---


def test_a_file_replaces_the_events_of_its_videos(paths: WarehousePaths) -> None:
    both = PLAIN + "".join(
        f"{who},session_{who},{onset},1,fear,\n" for who in ("01", "02") for onset in (1, 5)
    )
    stored(paths, both)

    summary = stored(paths, f"{PLAIN}01,session_01,2,3,happy,no\n")

    assert of_first(paths) == {"001": HAPPY}
    assert (len(read_lake_events(paths)), summary.replaced, summary.kept) == (3, 2, 2)
    summary = stored(paths, f"{PLAIN}01,session_01,2,3,happy,no\n", replace=True)
    assert list(read_lake_events(paths)) == [("01", "session_01", "001")]
    assert (summary.replaced, summary.kept, summary.dropped) == (1, 0, 2)


def test_a_lake_in_use_and_a_damaged_table_are_told(paths: WarehousePaths) -> None:
    row = f"{PLAIN}01,session_01,2,3,happy,no\n"
    with lake_lock(paths), pytest.raises(LakeError, match="in use"):
        stored(paths, row)
    stored(paths, row)
    paths.events.write_bytes(paths.events.read_bytes()[:-20])
    with pytest.raises(LakeError, match="run `lakehouse events` again"):
        stored(paths, row)


def test_a_table_without_onsets_and_a_folder_without_tables_are_refused(
    paths: WarehousePaths,
) -> None:
    with pytest.raises(InputError, match="has no column that is known to say when events begin"):
        stored(paths, "participant,dbi\n01,3\n")
    (paths.root / "empty").mkdir()
    with pytest.raises(InputError, match="has no file of events"):
        read_events(paths.root / "empty")
