"""Weekly times as people write them."""

from datetime import time

import pytest

from models.rules.competences.availability import Lesson
from models.rules.lesson_times import (
    UnreadableTimes,
    lesson_rows,
    lesson_words,
    lessons_of,
    read_lessons,
    says_the_same,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mo–Fr 8:30–12:30 Uhr", "Mo–Fr 8:30–12:30"),
        ("Mo-Do 9.00 - 12.15", "Mo–Do 9:00–12:15"),
        ("montags und mittwochs von 9 bis 12 Uhr", "Mo, Mi 9:00–12:00"),
        ("Mo, Di, Mi 8–12; Sa 9–12", "Mo–Mi 8:00–12:00; Sa 9:00–12:00"),
        ("Di 8–10, 13–15 Uhr, Do 8–10", "Di 8:00–10:00, 13:00–15:00; Do 8:00–10:00"),
        ("Sonnabends: 10–14", "Sa 10:00–14:00"),
        ("Do 9–12\nMo 9–12", "Mo, Do 9:00–12:00"),
        ("", ""),
    ],
)
def test_words_become_lessons_and_words_again(text, words):
    lessons = read_lessons(text)
    assert lesson_words(lessons) == words
    assert read_lessons(words) == lessons == lessons_of(lesson_rows(lessons))


def test_a_lesson_is_a_day_with_its_times():
    assert read_lessons("Mo/Mi 17:30–20:45 Uhr") == (
        Lesson("mon", time(17, 30), time(20, 45)),
        Lesson("wed", time(17, 30), time(20, 45)),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("vormittags", "Bitte die Zeiten wie"),
        ("Mo–Fr", "Bitte die Zeiten wie"),
        ("8:30–12:30", "Bitte die Zeiten wie"),
        ("Mo 8–12 Raum 3", "Bitte die Zeiten wie"),
        ("Mo 12:30–8:30", "liegt vor ihrem Beginn"),
        ("Mo 9–9", "liegt vor ihrem Beginn"),
        ("Mo 8–25", "25 gibt es nicht"),
        ("Mo 8:75–12", "8:75 gibt es nicht"),
        ("Fr–Mo 8–12", "nicht rückwärts"),
        ("Mo 8–12, Mo 11–13", "am Montag überschneiden sich"),
        ("Mo–So 1–2, 3–4, 5–6, 7–8, 9–10", "mehr als 28"),
    ],
)
def test_what_is_no_time_is_refused_with_a_sentence(text, said):
    with pytest.raises(UnreadableTimes) as refused:
        read_lessons(text)
    assert said in str(refused.value.message)


@pytest.mark.parametrize(
    ("words", "same"),
    [("montags 9-12 Uhr", True), ("Mo 9–12", True), ("Mo 9–12, in den Ferien nicht", False), ("Di 9–12", False)],
)
def test_words_that_say_the_times_and_nothing_else(words, same):
    assert says_the_same(words, read_lessons("Mo 9–12")) is same
