"""Convert between Traditional and Simplified characters through OpenCC, without a wrong word.

OpenCC alone writes 干统 for 乾統 and 鹹州 for 咸州. So a dictionary made from ``corpus/script.yaml`` goes
ahead of its tables, in OpenCC's own matching: from left to right, at each place the longest entry. Words
decide first, then the rules for single characters, then OpenCC's tables of characters. Its 49,000 modern
Simplified phrases are left out: they decide places that no editor has seen, halve the speed, and make no
fewer errors in annals (``bench/script.py``).

Text already in the script that is asked for is returned as it is. Conversion is for display: from the
established text in the script of its transcription, never from converted text, and never into the corpus.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

import opencc

from edition.model.scripts import SCRIPTS, Script

#: How the form of an ambiguous character comes about, the strongest first.
By = Literal["word", "rule", "confirmed", "undecided"]
Text: TypeAlias = "tuple[str, str, Script]"

#: Where OpenCC's tables of characters give more than one form: the character, then its forms, OpenCC's choice
#: first. Forms outside the Basic Multilingual Plane are left out. Read from OpenCC 1.4.2 with its own
#: ``opencc_dict``; a test reads the tables of the installed version again and shows what an upgrade changed.
CANDIDATES: Final[Mapping[Script, str]] = {
    "hans": """
㐹㑶㐹 万萬万 丑醜丑 个個箇 丰豐丰 了了瞭 于於于 云雲云 亘亙亘 仆僕仆 仇仇讎 仑侖崙 价價价 仿仿彷 伙夥伙
余餘余 佛佛彿 佣傭佣 俊俊儁 修修脩 借借藉 僵僵殭 克克剋 党黨党 具具俱 冢冢塚 冬冬鼕 冲衝沖 凄悽淒 准準准
凌凌淩 几幾几 凶兇凶 出出齣 划劃划 别別彆 刮刮颳 制制製 勋勳勛 千千韆 升升昇 卜卜蔔 占佔占 卤滷鹵 卷卷捲
厂廠厂 历歷曆 厘釐厘 参參蔘 发發髮 只只隻祇 台臺檯颱台 叶葉叶 叹嘆歎 吁籲吁 吃喫吃 合合閤 吊吊弔 同同衕
后後后 向向嚮曏 吣吣唚 呆呆待 周周週賙 咨諮咨 咸鹹咸 咽咽嚥 哄哄鬨 哗譁嘩 唇脣唇 啮齧嚙 喂喂餵 噪噪譟
回回迴 团團糰 困困睏 坐坐座 坛壇罈 坝壩垻 坯坯坏 埙壎塤 堤堤隄 复復複覆 夫夫伕 夸誇夸 夹夾袷 奸奸姦
姜姜薑 娘娘孃 娴嫺嫻 宁寧甯 它它牠 家家傢 尝嘗嚐 尸屍尸 尽盡儘 局局侷 岩巖岩 岳嶽岳 巨巨鉅 布布佈 帘簾帘
席席蓆 干幹乾干榦 并並併幷 幸幸倖 广廣广 庵庵菴 弥彌瀰 弦弦絃 当當噹 录錄彔 彩彩綵 征徵征 径徑逕 御御禦
志志誌 念念唸 恤恤卹 恶惡噁 愈愈癒 愿願愿 戚戚慼鏚 扇扇搧 才才纔 扎扎紮 托托託 扣扣釦 折折摺 抵抵牴
拐拐柺 拿拿拏 挂掛挂 挨挨捱 挽挽輓 捆捆綑 捍捍扞 据據据 搜搜蒐 摆擺襬 斗鬥斗 斤斤觔 斫斫斲 旋旋鏇 昆昆崑
暗暗闇 曲曲麴 札札劄 术術朮 朱朱硃 朴樸朴 杆杆桿 杠槓杠 杯杯盃 杰傑杰 松松鬆 板板闆 极極极 果果菓 枪槍鎗
柜櫃柜 栗栗慄 核核覈 梁梁樑 棱棱稜 檗檗蘗 欲欲慾 毁毀燬譭 汇匯彙滙 沈沈瀋 沾沾霑 泛泛氾汎 注注註 浚浚濬
涂塗涂 涌湧涌 淀澱淀 游遊游 溪溪谿 滟灩灧 漓漓灕 澄澄澂 炼煉鍊 烟煙菸 焰焰燄 熏燻熏薰 狸狸貍 玩玩翫
琅琅瑯 璇璇璿 症症癥 皂皁皂 矩矩榘 确確确 硷硷礆鹼 私私俬 秋秋鞦 种種种 穗穗繐 筑築筑 筱筱篠 签籤簽
糊糊餬 系系係繫 累累纍 纤纖縴 绱鞝緔 绷繃綳 耇耇耈 胄胄冑 背背揹 胜勝胜 胡胡鬍衚 脏髒臟 腊臘腊 腌醃腌
膻羶膻 致致緻 舍舍捨 艳豔艷 芸芸蕓 苏蘇甦囌 苔苔薹 苹蘋苹 范範范 荐薦荐 荡蕩盪 荫蔭廕 药藥葯 获獲穫
蒙蒙矇濛懞 蔑蔑衊 藤藤籐 虫蟲虫 蚝蠔蚝 蜡蠟蜡 蝎蠍蝎 表表錶 袅嫋裊 裥襉襇 证證証 谥諡謚 谷谷穀 豆豆荳
象象像 赝贗贋 赞贊讚 跖蹠跖 辟闢辟 迹跡蹟 适適适 郁鬱郁 酸酸痠 采採采寀 里裏里哩 鉴鑑鑒 针針鍼 钟鍾鐘鈡
钥鑰鈅 钫鈁鍅 钻鑽鉆 铲鏟剷 链鏈鍊 锄鋤耡 锫錇鉳 镋钂鎲 镎鎿錼 镢钁鐝 镰鐮鎌 闲閒閑 雇僱雇 雕雕鵰 面面麪
须須鬚 饥飢饑 鹇鷳鷴
""",
    "hant": """
么么幺 乾干乾 仝仝同 俱俱具 像像象 儘尽侭 剋克剋 劃划㓰 劄札劄 叚叚假 吒咤吒 哩哩里 喆喆哲 坏坏坯 堃堃坤
夥伙夥 彷彷仿 徵征徵 扞捍扞 於于於 昇升昇 椀椀碗 椏桠丫 氾泛氾 沈沈沉 淼淼渺 澂澂澄 瀋沈渖 瀰弥㳽 犇犇奔
甦甦苏 甯甯宁 畫画划 瞭瞭了 礆礆硷 祇祇只 祕秘祕 筦筦管 箚札劄 絜絜洁 綵彩䌽 線线缐 耑耑专 脩修脩 菉菉绿
蒐搜蒐 薹苔薹 藉藉借 衹衹只 袷夹袷 襬摆䙓 覆覆复 託托讬 訢䜣欣 諮咨谘 讎雠仇 谿溪谿 貲赀资 迺迺乃 逕径迳
邨邨村 釐厘釐 鉅巨钜 鍊炼链 鍾钟锺 鏇旋镟 钁镢䦆 阪阪坂 陞升陞 靦腼䩄 颺飏扬 餘余馀 麪面麺 麴曲麹 麵面麺
麼么麽 麽么麽 龢龢和
""",
}
#: Characters on each side of an undecided one, to judge it by.
CONTEXT = 6
#: OpenCC's own tables that come after our dictionary: characters and, for Traditional text, 477 phrases.
TABLES: Final[Mapping[Script, tuple[str, ...]]] = {
    "hans": ("STCharacters",),
    "hant": ("TSPhrases", "TSCharacters"),
}
#: Its tables of single characters that are forms of one: the two scripts, the standards of Taiwan and Hong Kong,
#: Japan's own simplified forms.
FORMS = (
    *("TSCharacters", "STCharacters", "TWVariants", "TWVariantsRev", "HKVariants", "HKVariantsRev"),
    "JPShinjitaiCharacters",
)
#: Japanese simplified forms that are old characters of their own: 予 (我) is not 豫, 芸 (香草) is not 藝.
OWN = "予弁欠缶芸糸"
SHARE = Path(opencc.__file__).parent / "clib" / "share" / "opencc"


class LengthChanged(ValueError):  # noqa: N818 (it says what has happened)
    """A conversion that does not keep the number of characters: offsets would no longer hold."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The form that a character of one script usually has in the other; each place needs an editor's eye."""

    form: str
    confirmed: tuple[str, ...] = ()
    """Words in which the usual form was looked at and is right: 山后 for 后 → 後."""
    candidates: str = ""
    """All forms that may be, where OpenCC's tables do not list them."""


@dataclass(frozen=True, slots=True)
class Direction:
    """The rules for text in one script, into the other."""

    words: Mapping[str, str]
    """咸州 → 咸州: decides every character of the word."""
    always: Mapping[str, str]
    """千 → 千: decides the character wherever no word does."""
    usual: Mapping[str, Usual]


@dataclass(frozen=True, slots=True)
class ScriptRules:
    """What ``corpus/script.yaml`` says, validated.

    >>> words = [{"words": {"乾統": "乾统"}, "reason": "年號。"}]
    >>> Converter(ScriptRules.from_data({"hant_to_hans": {"words": words}})).hans("乾統元年，蕭后奏。", "hant")
    '乾统元年，萧后奏。'
    """

    hans: Direction
    """For text in Simplified characters."""
    hant: Direction
    """For text in Traditional characters."""

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> ScriptRules:
        """Validate the content of ``script.yaml``; an empty mapping gives OpenCC's own tables.

        Raises ValueError naming the entry: an unknown field, a form of another length, a missing reason.

        >>> words = [{"words": {"乾統": "乾统年"}, "reason": "年號。"}]
        >>> ScriptRules.from_data({"hant_to_hans": {"words": words}})
        Traceback (most recent call last):
        ValueError: hant_to_hans: words: 「乾統」 → 「乾统年」 has not the same number of characters
        """
        fields = _mapping("script.yaml", data or {})
        _known("script.yaml", fields, "hans_to_hant", "hant_to_hans")
        return cls(
            hans=_direction("hans_to_hant", _mapping("hans_to_hant", fields.get("hans_to_hant") or {})),
            hant=_direction("hant_to_hans", _mapping("hant_to_hans", fields.get("hant_to_hans") or {})),
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """An ambiguous character in a text, and what decides it."""

    offset: int
    """In characters, the same in every form of the text."""
    character: str
    form: str
    """What the converter makes of it."""
    by: By


@dataclass(frozen=True, slots=True)
class Undecided:
    """An ambiguous character that neither rule, word nor confirmation covers."""

    offset: int
    """In characters, the same in every form of the text."""
    character: str
    candidates: tuple[str, ...]
    """The forms it may have, the one that the converter now takes first."""
    context: str
    """Some characters before and after, with the character itself in brackets: 蕭[后]密."""


class Converter:
    """Both forms of any text.

    >>> converter = Converter(ScriptRules.from_data({}))
    >>> converter.hant("辽使耶律奴哥等来议和", "hans")
    '遼使耶律奴哥等來議和'
    >>> converter.hant("既而淳益帥二萬人", "hant")
    '既而淳益帥二萬人'
    """

    def __init__(self, rules: ScriptRules) -> None:
        """Give OpenCC the dictionaries of ``rules``: some 20 ms."""
        self._rules: Mapping[Script, Direction] = {"hans": rules.hans, "hant": rules.hant}
        # Sources, months and titles come again and again.
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
        """What OpenCC matches before its own tables, for text in ``source``."""
        return _entries(self._rules[source], source)

    def choices(self, text: str, source: Script) -> tuple[Choice, ...]:
        """Every character of ``text`` with more than one form in the other script, and what decides it.

        >>> later = {"to": "後", "reason": "方位、時間。", "example": "山後", "confirmed": ["山后"]}
        >>> converter = Converter(ScriptRules.from_data({"hans_to_hant": {"usual": {"后": later}}}))
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
        ambiguous = _candidates(source).keys() | direction.usual.keys()
        for offset, (character, form) in enumerate(zip(text, converted, strict=True)):
            if character in ambiguous:
                yield Choice(offset, character, form, _by(decided.get(offset), character, direction))

    def undecided(self, text: str, source: Script) -> list[Undecided]:
        """The ambiguous characters of ``text`` that nothing decides, in order.

        >>> [where] = Converter(ScriptRules.from_data({})).undecided("辽主萧后密遣人", "hans")
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
        listed = (usual.candidates if usual else "") or _candidates(source).get(choice.character, "")
        return tuple(dict.fromkeys([choice.form, *listed]))

    def _other(self, text: str, source: Script) -> str:
        converted = self._convert[source](text)
        if len(converted) != len(text):
            raise LengthChanged(_where_longer(text, self._convert[source]))
        return converted


def review(converter: Converter, texts: Iterable[Text]) -> str:
    """What an editor still has to look at, by character and context; empty if nothing is left.

    ``texts`` are a label (the passage), the established text and its script. Like contexts are shown once.

    >>> converter = Converter(ScriptRules.from_data({}))
    >>> print(review(converter, [("a.1", "萧后", "hans"), ("a.2", "萧后", "hans")]))
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
    """Forms of one character, two or more at a time, that OpenCC's tables name: 后後, 亘亙.

    >>> {"后後", "眾衆", "国國"} <= {"".join(sorted(pair)) for pair in forms()}
    True
    """
    characters = _ideographs()
    for name in FORMS:
        for left, right in zip(characters, _configured("forms", [_table(name)])(characters), strict=True):
            if left != right and not (name.startswith("JP") and left in OWN):
                yield left + right
    for table in CANDIDATES.values():
        yield from table.split()


# --- reading script.yaml


def _known(where: str, data: Mapping[str, object], *names: str) -> None:
    for name in data:
        if name not in names:
            raise ValueError(f"{where}: 「{name}」 is no field here; there are {', '.join(names)}")


def _mapping(where: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{where}: wants fields, one a line: name: value")  # noqa: TRY004 (a broken file)
    return {str(name): inner for name, inner in value.items()}


def _list(where: str, value: object) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"{where}: wants a list: put '- ' before each entry")  # noqa: TRY004 (a broken file)
    return value


def _phrase(where: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{where}: wants a phrase")
    return value.strip()


def _pair(where: str, left: str, right: object) -> tuple[str, str]:
    form = _phrase(f"{where}: {left}", right)
    if len(form) != len(left):
        raise ValueError(f"{where}: 「{left}」 → 「{form}」 has not the same number of characters")
    return left, form


def _direction(name: str, data: Mapping[str, object]) -> Direction:
    _known(name, data, "words", "always", "usual")
    words = _groups(f"{name}: words", data.get("words"), "words")
    always = _groups(f"{name}: always", data.get("always"), "characters")
    usual = {
        character: _usual(f"{name}: usual: {character}", character, value)
        for character, value in _mapping(f"{name}: usual", data.get("usual") or {}).items()
    }
    for word in words:
        if len(word) < 2:
            raise ValueError(f"{name}: words: 「{word}」 is one character: put it under always or usual")
    for character in always:
        if len(character) != 1 or character in usual:
            raise ValueError(f"{name}: always: 「{character}」 must be one character, and not under usual too")
    return Direction(words, always, usual)


def _groups(where: str, value: object, field: str) -> dict[str, str]:
    """Entries from all groups of a list, each group with its reason."""
    entries: dict[str, str] = {}
    for number, item in enumerate(_list(where, value), 1):
        group = _mapping(f"{where}: group {number}", item)
        _known(f"{where}: group {number}", group, field, "reason", "example")
        _phrase(f"{where}: group {number}: reason", group.get("reason"))
        for left, right in _mapping(f"{where}: group {number}: {field}", group.get(field)).items():
            if left in entries:
                raise ValueError(f"{where}: 「{left}」 stands twice: keep one")
            entries.update([_pair(where, left, right)])
    return entries


def _usual(where: str, character: str, value: object) -> Usual:
    entry = _mapping(where, value)
    _known(where, entry, "to", "reason", "example", "confirmed", "candidates")
    for field in ("reason", "example"):
        _phrase(f"{where}: {field}", entry.get(field))
    _, form = _pair(where, character, entry.get("to"))
    if len(character) != 1:
        raise ValueError(f"{where}: must be one character")
    confirmed = tuple(_phrase(f"{where}: confirmed", word) for word in _list(where, entry.get("confirmed")))
    for word in confirmed:
        if character not in word or len(word) < 2:
            raise ValueError(f"{where}: confirmed: 「{word}」 must be a word with {character} in it")
    if len(set(confirmed)) < len(confirmed):
        twice = next(word for word in confirmed if confirmed.count(word) > 1)
        raise ValueError(f"{where}: confirmed: 「{twice}」 stands twice: keep one")
    candidates = entry.get("candidates")
    return Usual(form, confirmed, _phrase(f"{where}: candidates", candidates) if candidates else "")


# --- deciding


def _by(decided: By | None, character: str, direction: Direction) -> By:
    if decided == "word":
        return "word"
    return "rule" if character in direction.always else decided or "undecided"


def _confirmations(text: str, converted: str, usual: Mapping[str, Usual]) -> Iterator[tuple[int, int]]:
    """Places of the usual characters inside the words in which an editor has confirmed them."""
    for character, rule in usual.items():
        if character not in text:
            continue
        for word in rule.confirmed:
            for match in re.finditer(f"(?={re.escape(word)})", text):
                for place in (match.start() + i for i, other in enumerate(word) if other == character):
                    if converted[place] == rule.form:
                        yield place, place + 1


class _Words:
    """Words found as OpenCC finds them: from left to right, the longest first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(words, key=lambda word: (-len(word), word)):
            self._by_first.setdefault(word[0], []).append(word)

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Where each word starts."""
        place = 0
        while place < len(text):
            word = next((w for w in self._by_first.get(text[place], ()) if text.startswith(w, place)), None)
            if word:
                yield place, word
            place += len(word) if word else 1


@cache
def _candidates(source: Script) -> Mapping[str, str]:
    return {entry[0]: entry[1:] for entry in CANDIDATES[source].split()}


# --- OpenCC


def _entries(direction: Direction, source: Script) -> dict[str, str]:
    """Our dictionary: what OpenCC matches before its own tables."""
    usual = {character: rule.form for character, rule in direction.usual.items()}
    return {**_kept(source), **usual, **direction.always, **direction.words}


@cache
def _kept(source: Script) -> Mapping[str, str]:
    """Characters that OpenCC would carry out of the Basic Multilingual Plane, and out of most fonts: 諲 → 𬤇.

    They stay as they are.
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
    """An OpenCC converter with some dictionaries, the first that has a match deciding.

    OpenCC takes a configuration only as a file, and finds its own tables from there only by their full path.
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
