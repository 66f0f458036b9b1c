"""Convert between Traditional and Simplified characters with OpenCC and the editors' own dictionary.

OpenCC alone writes 干统 for 乾統 and 鹹州 for 咸州. So a dictionary made from the rules of ``script.yaml`` is searched
before its tables, with OpenCC's own matching: from left to right, the longest entry at each place. Words decide first,
then the rules for single characters, then OpenCC's tables of characters. Its 49,000 modern Simplified phrases are left
out: they decide places that no editor has seen, halve the speed, and make no fewer errors in annals
(``bench/script.py``).

Text already in the target script is returned unchanged. Conversion is for display only: always from the established
text in the script of its transcription, never from converted text, and never written to the corpus.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

import opencc

from edition.model.scripts import SCRIPTS, Script

#: How the form of an ambiguous character comes about, the strongest first.
By = Literal["word", "rule", "confirmed", "undecided"]
#: Characters with more than one form in the other script.
CANDIDATES = Path(__file__).with_name("candidates.tsv")
#: Characters on each side of an undecided one, to judge it by.
CONTEXT = 6
#: OpenCC's own tables that come after our dictionary: characters and, for Traditional text, 477 phrases.
TABLES: Final[Mapping[Script, tuple[str, ...]]] = {
    "hans": ("STCharacters",),
    "hant": ("TSPhrases", "TSCharacters"),
}
#: OpenCC's tables of variant forms of single characters: the two scripts, the standards of Taiwan and Hong Kong,
#: Japanese simplified forms.
FORMS = (
    *("TSCharacters", "STCharacters", "TWVariants", "TWVariantsRev", "HKVariants", "HKVariantsRev"),
    "JPShinjitaiCharacters",
)
#: Japanese simplified forms that are old characters of their own: 予 (我) is not 豫, 芸 (香草) is not 藝.
OWN = "予弁欠缶芸糸"
SHARE = Path(opencc.__file__).parent / "clib" / "share" / "opencc"


class LengthChanged(ValueError):  # noqa: N818 (it says what has happened)
    """Raised when a conversion changes the number of characters, which would invalidate every offset."""


class Labelled(NamedTuple):
    """A text to review, with a label to find it by."""

    label: str
    """A passage id, for example."""
    text: str
    script: Script


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual form of a character in the other script. An editor confirms or overrides it at each place."""

    form: str
    confirmed: tuple[str, ...] = ()
    """Words in which an editor has confirmed the usual form: 山后 for 后 → 後."""
    candidates: str = ""
    """All possible forms, where OpenCC's tables do not list them."""


@dataclass(frozen=True, slots=True)
class Direction:
    """The rules for text in one script, into the other."""

    words: Mapping[str, str] = field(default_factory=dict)
    """咸州 → 咸州: decides every character of the word."""
    always: Mapping[str, str] = field(default_factory=dict)
    """千 → 千: decides the character wherever no word does."""
    usual: Mapping[str, Usual] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScriptRules:
    """The rules of ``script.yaml``; without any, OpenCC's own tables decide.

    >>> rules = ScriptRules(hant=Direction(words={"乾統": "乾统"}))
    >>> Converter(rules).hans("乾統元年，蕭后奏。", "hant")
    '乾统元年，萧后奏。'
    """

    hans: Direction = Direction()
    """For text in Simplified characters."""
    hant: Direction = Direction()
    """For text in Traditional characters."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An ambiguous character in a text, and what decides its form."""

    offset: int
    """In characters, the same in every form of the text."""
    character: str
    form: str
    """Its form after conversion."""
    by: By


@dataclass(frozen=True, slots=True)
class Undecided:
    """An ambiguous character that no rule, word or confirmation covers."""

    offset: int
    """In characters, the same in every form of the text."""
    character: str
    candidates: tuple[str, ...]
    """Its possible forms, the converter's choice first."""
    context: str
    """Some characters before and after, with the character itself in brackets: 蕭[后]密."""


class Converter:
    """Converts text into either script.

    >>> converter = Converter(ScriptRules())
    >>> converter.hant("辽使耶律奴哥等来议和", "hans")
    '遼使耶律奴哥等來議和'
    >>> converter.hant("既而淳益帥二萬人", "hant")
    '既而淳益帥二萬人'
    """

    def __init__(self, rules: ScriptRules) -> None:
        """Build the OpenCC converters for ``rules``, which takes some 20 ms."""
        self._rules: Mapping[Script, Direction] = {"hans": rules.hans, "hant": rules.hant}
        # Titles, months and bibliographic sources repeat on many pages.
        self._convert = {
            source: lru_cache(maxsize=10_000)(_opencc(source, _entries(self._rules[source], source)))
            for source in SCRIPTS
        }
        self._words = {source: _Words(self._rules[source].words) for source in SCRIPTS}
        self._choices: dict[tuple[str, Script], tuple[Choice, ...]] = {}

    def hant(self, text: str, source: Script) -> str:
        """The text in Traditional characters; ``source`` is the script in which it is given.

        Raises LengthChanged.
        """
        return text if source == "hant" else self._other(text, source)

    def hans(self, text: str, source: Script) -> str:
        """The text in Simplified characters; ``source`` is the script in which it is given.

        Raises LengthChanged.
        """
        return text if source == "hans" else self._other(text, source)

    def dictionary(self, source: Script) -> dict[str, str]:
        """The dictionary that is searched before OpenCC's tables, for text in ``source``."""
        return _entries(self._rules[source], source)

    def choices(self, text: str, source: Script) -> tuple[Choice, ...]:
        """Every character of ``text`` with more than one form in the other script, and what decides it.

        >>> rules = ScriptRules(hans=Direction(usual={"后": Usual("後", confirmed=("山后",))}))
        >>> converter = Converter(rules)
        >>> [(choice.form, choice.by) for choice in converter.choices("山后诸部，萧后", "hans")]
        [('後', 'confirmed'), ('後', 'undecided')]
        """
        if (text, source) not in self._choices:
            self._choices[text, source] = tuple(self._choose(text, source))
        return self._choices[text, source]

    def _choose(self, text: str, source: Script) -> Iterator[Choice]:
        direction, converted = self._rules[source], self._other(text, source)
        decided: dict[int, By] = {}
        for start, end in _confirmations(text, converted, direction.usual):
            decided.update(dict.fromkeys(range(start, end), "confirmed"))
        for start, word in self._words[source].find(text):
            if converted.startswith(direction.words[word], start):  # else one of OpenCC's phrases came first
                decided.update(dict.fromkeys(range(start, start + len(word)), "word"))
        ambiguous = candidates(source).keys() | direction.usual.keys()
        for offset, (character, form) in enumerate(zip(text, converted, strict=True)):
            if character in ambiguous:
                yield Choice(offset, character, form, _by(decided.get(offset), character, direction))

    def undecided(self, text: str, source: Script) -> list[Undecided]:
        """The ambiguous characters of ``text`` that nothing decides, in order.

        >>> [where] = Converter(ScriptRules()).undecided("辽主萧后密遣人", "hans")
        >>> where.candidates, where.context
        (('後', '后'), '辽主萧[后]密遣人')
        """
        return [
            Undecided(
                choice.offset,
                choice.character,
                self._forms(choice, source),
                f"{text[max(0, choice.offset - CONTEXT) : choice.offset]}[{choice.character}]"
                f"{text[choice.offset + 1 : choice.offset + 1 + CONTEXT]}".replace("\n", "／"),
            )
            for choice in self.choices(text, source)
            if choice.by == "undecided"
        ]

    def _forms(self, choice: Choice, source: Script) -> tuple[str, ...]:
        usual = self._rules[source].usual.get(choice.character)
        listed = (usual.candidates if usual else "") or candidates(source).get(choice.character, "")
        return tuple(dict.fromkeys([choice.form, *listed]))

    def _other(self, text: str, source: Script) -> str:
        converted = self._convert[source](text)
        if len(converted) != len(text):
            raise LengthChanged(_where_longer(text, self._convert[source]))
        return converted


def review(converter: Converter, texts: Iterable[Labelled]) -> str:
    """A report of the undecided characters, grouped by character and context; empty if there are none.

    Equal contexts are listed once, with the labels of their texts.

    >>> converter = Converter(ScriptRules())
    >>> print(review(converter, [Labelled("a.1", "萧后", "hans"), Labelled("a.2", "萧后", "hans")]))
    后 → 後 or 后: 2 undecided
        萧[后]  a.1, a.2
    """
    found: dict[tuple[str, tuple[str, ...]], dict[str, list[str]]] = {}
    for label, text, source in texts:
        for where in converter.undecided(text, source):
            contexts = found.setdefault((where.character, where.candidates), {})
            contexts.setdefault(where.context, []).append(label)
    lines = []
    for (character, candidates), contexts in sorted(found.items(), key=lambda item: item[0]):
        lines.append(f"{character} → {' or '.join(candidates)}: {sum(map(len, contexts.values()))} undecided")
        ordered = sorted(contexts.items(), key=lambda item: item[0].partition("]")[2])
        lines += [f"    {context}  {', '.join(dict.fromkeys(labels))}" for context, labels in ordered]
    return "\n".join(lines)


def forms() -> Iterator[str]:
    """Groups of two or more forms of one character, from OpenCC's tables: 后後, 亘亙.

    >>> {"后後", "眾衆", "国國"} <= {"".join(sorted(pair)) for pair in forms()}
    True
    """
    characters = _ideographs()
    for name in FORMS:
        for left, right in zip(characters, _configured("forms", [_table(name)])(characters), strict=True):
            if left != right and not (name.startswith("JP") and left in OWN):
                yield left + right
    for source in SCRIPTS:
        yield from (character + listed for character, listed in candidates(source).items())


# --- deciding


def _by(decided: By | None, character: str, direction: Direction) -> By:
    if decided == "word":
        return "word"
    return "rule" if character in direction.always else decided or "undecided"


def _confirmations(text: str, converted: str, usual: Mapping[str, Usual]) -> Iterator[tuple[int, int]]:
    """Start and end of each usual character inside a word in which an editor has confirmed it."""
    for character, rule in usual.items():
        if character not in text:
            continue
        for word in rule.confirmed:
            for match in re.finditer(f"(?={re.escape(word)})", text):
                for place in (match.start() + i for i, other in enumerate(word) if other == character):
                    if converted[place] == rule.form:
                        yield place, place + 1


class _Words:
    """Finds words in OpenCC's order: from left to right, the longest first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(words, key=lambda word: (-len(word), word)):
            self._by_first.setdefault(word[0], []).append(word)

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """The offset of each word, and the word."""
        place = 0
        while place < len(text):
            word = next((w for w in self._by_first.get(text[place], ()) if text.startswith(w, place)), None)
            if word:
                yield place, word
            place += len(word) if word else 1


@cache
def candidates(source: Script) -> Mapping[str, str]:
    """Each ambiguous character of text in ``source`` → its forms in the other script, OpenCC's choice first.

    >>> candidates("hans")["后"]
    '後后'
    """
    rows = (line.split("\t") for line in CANDIDATES.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    return {character: listed for script, character, listed in rows if script == source}


# --- OpenCC


def _entries(direction: Direction, source: Script) -> dict[str, str]:
    """The dictionary that is searched before OpenCC's own tables."""
    usual = {character: rule.form for character, rule in direction.usual.items()}
    return {**_kept(source), **usual, **direction.always, **direction.words}


@cache
def _kept(source: Script) -> Mapping[str, str]:
    """Identity entries for characters that OpenCC would move out of the Basic Multilingual Plane: 諲 → 𬤇.

    Most fonts lack those forms, so the characters are left unconverted.
    """
    characters = _ideographs()
    converted = _opencc(source, {})(characters)
    return {a: a for a, b in zip(characters, converted, strict=True) if ord(b) > 0xFFFF}


def _ideographs() -> str:
    return "".join(map(chr, [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)]))


def _opencc(source: Script, entries: Mapping[str, str]) -> Callable[[str], str]:
    """An OpenCC converter with ``entries`` ahead of its tables."""
    ours: list[dict[str, object]] = [{"type": "inline", "entries": dict(sorted(entries.items()))}] if entries else []
    return _configured(f"from {source}", [*ours, *map(_table, TABLES[source])])


def _configured(name: str, dictionaries: list[dict[str, object]]) -> Callable[[str], str]:
    """An OpenCC converter with these dictionaries, of which the first with a match decides.

    OpenCC reads its configuration only from a file, and resolves table names relative to it: hence full paths.
    """
    config = {
        "name": f"Liao–Jin annals: {name}",
        "normalization": [{"dict": _table("CJK_Compatibility_Ideographs")}],
        "conversion_chain": [
            {
                "dict": {
                    "type": "group",
                    "match_policy": "short_circuit",  # our match wins, even where a later one is longer
                    "dicts": dictionaries,
                }
            }
        ],
    }
    with tempfile.TemporaryDirectory(prefix="opencc-") as folder:
        path = Path(folder) / "config.json"
        path.write_text(json.dumps(config, ensure_ascii=False), encoding="utf-8")
        convert: Callable[[str], str] = opencc.OpenCC(str(path)).convert
    return convert


def _table(name: str) -> dict[str, object]:
    return {"type": "ocd2", "file": str(SHARE / f"{name}.ocd2")}


def _where_longer(text: str, convert: Callable[[str], str]) -> str:
    """The first place at which a conversion changes the length."""
    for number, line in enumerate(text.split("\n"), 1):
        converted = convert(line)
        if len(converted) != len(line):
            column = next(n for n in range(len(line) + 1) if len(convert(line[:n])) != n)
            words = line[max(0, column - CONTEXT) : column]
            where = f"line {number}, column {column}"
            return f"{where}: 「{words}」 → 「{convert(words)}」: add a word of the same length to script.yaml"
    return "the length of the text changes in conversion"
