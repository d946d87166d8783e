"""Names of persons made comparable: folding for search, and a key that survives transliteration.

Arabic, Persian, Tigrinya and Ukrainian names have no fixed Latin spelling. Two spellings of one name mostly agree in
their consonants, written in different letters (kh/ch, sh/sch, w/v, ks/x), and differ in vowels (a/e, e/i, o/u, y/i),
in doubled letters and in the article (Al-, El-). So a word is split into its consonants, which make the key, and the
vowels between them, which are compared with tolerance.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from models.rules.arrivals.spellings import CANONICAL

_LETTERS = str.maketrans(
    {"ß": "ss", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e", "ħ": "h"}
    | dict.fromkeys("'`´’‘ʼʻʿʾʹ′", "")
)
_UMLAUTS = re.compile(r"(?<=[aou])e")
_NOT_WORD = re.compile(r"[\W_]+")
_INNER_CAPITAL = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")

_ARTICLES = frozenset({"al", "el", "ul"})
_SUN_ARTICLE = re.compile(r"^[aeu]([rstdnz])h?$")
_KINSHIP = frozenset({"bin", "ibn", "bint"})
_JOINED_ARTICLE = re.compile(r"^[ae]l(?=[a-z]{4})")
_SERVANT_OF = re.compile(r"^abd[aeou]{1,2}(?:l|([rsztdn])(?=\1))")

_CONSONANTS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("x", "ks"),
        ("dsch|dzh|dj", "j"),
        ("tsch|tsh|tch", "X"),
        ("sch|sh", "s"),
        ("kh|ch", "X"),
        ("zh", "z"),
        ("gh", "g"),
        ("ph", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("[cq]", "k"),
        ("w", "v"),
        ("(?<=[aeiouy])h$", ""),
        ("t$", "d"),
        ("p$", "b"),
        (r"([^aeiouyj])\1+", r"\1"),
        ("^[yj](?=[aeiou])", "J"),
        ("(?<![aeiu])ee(?![aeiu])", "i"),
        ("[yj]", "i"),
        ("o", "u"),
        (r"([aeiu])\1+", r"\1"),
    )
)
_CLOSE_VOWELS = frozenset({("a", "e"), ("e", "a"), ("e", "i"), ("i", "e")})
_VOWEL = re.compile("[aeiu]")
_CONSONANT = re.compile("[^aeiu]")


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", _INNER_CAPITAL.sub(" ", text).casefold())
    unmarked = "".join(ch for ch in decomposed if not unicodedata.combining(ch)).translate(_LETTERS)
    return " ".join(_NOT_WORD.split(unmarked)).strip()


def fold(text: str) -> str:
    """Text for comparison and search: lower case, without marks and apostrophes, hyphens as blanks.

    ß is ss, and ä is like ae and like a. "AlMasri" is two words.

    >>> fold("Öztürk"), fold("OEZTUERK"), fold("Al-Masri"), fold("Sa'id")
    ('ozturk', 'ozturk', 'al masri', 'said')
    """
    return _UMLAUTS.sub("", _plain(text))


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: its consonants and the vowels before, between and after them."""

    consonants: str
    vowels: tuple[str, ...]

    @property
    def key(self) -> str:
        """The consonants; of a word without any, its vowels."""
        return self.consonants or "".join(self.vowels)

    @property
    def sound(self) -> str:
        """Consonants and vowels in their order, in normalised letters."""
        return self.vowels[0] + "".join(c + v for c, v in zip(self.consonants, self.vowels[1:], strict=True))


def _without_particles(tokens: list[str]) -> list[str]:
    kept = []
    for token, following in pairwise((*tokens, "")):
        sun = _SUN_ARTICLE.match(token)
        is_article = token in _ARTICLES or token in _KINSHIP or (sun and following.startswith(sun[1]))
        if not (is_article and following):
            kept.append(token)
    return kept


@lru_cache(maxsize=65_536)
def word(token: str) -> Word:
    """A folded token taken apart; the article joined to it is dropped, known other spellings are made one."""
    bare = token if token in CANONICAL else _JOINED_ARTICLE.sub("", token)
    sound = _SERVANT_OF.sub("abd", CANONICAL.get(bare, bare))
    for pattern, letter in _CONSONANTS:
        sound = pattern.sub(letter, sound)
    return Word(_VOWEL.sub("", sound), tuple(_CONSONANT.split(sound)))


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[Word, ...]:
    """The words of a name in their order, without articles and without "bin"."""
    return tuple(word(token) for token in _without_particles(_plain(text).split()))


@lru_cache(maxsize=65_536)
def joined(text: str) -> Word:
    """All words of a name as one, because "Abdul Rahman" is also written "Abdulrahman"."""
    return word(_plain(text).replace(" ", ""))


def name_key(text: str) -> str:
    """A key that spellings of one name share, though not only they: the consonants of its words.

    >>> name_key("Al-Hassan") == name_key("Alhassan") == name_key("El Hassan")
    True
    """
    return " ".join(part.key for part in words(text))


def same_name(one: Word, other: Word) -> bool:
    """Whether two words can be spellings of one name: same consonants, vowels that transliteration confuses.

    One short vowel within the word may be missing (Mohamd). The last vowel must stand in both: Samir is not Samira.
    """
    if one.consonants != other.consonants:
        return False
    dropped = 0
    last = len(one.vowels) - 1
    for place, (a, b) in enumerate(zip(one.vowels, other.vowels, strict=True)):
        if _alike(a, b):
            continue
        if place in (0, last) or (a and b) or len(a + b) > 1:
            return False
        dropped += 1
    return dropped <= 1


def _alike(one: str, other: str) -> bool:
    if len(one) > len(other):
        one, other = other, one
    if len(one) < len(other):
        if one == "e" and other in ("ai", "ei"):
            return True
        other = re.sub("(?<=[aiu])e|e(?=a)", "", other)
    return len(one) == len(other) and all(a == b or (a, b) in _CLOSE_VOWELS for a, b in zip(one, other, strict=True))
