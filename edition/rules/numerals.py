"""Parse and write Chinese numerals in the forms that annals use for years, months and days.

Twenty lines instead of a library: cn2an and similar ones parse modern amounts and fractions, reject 元 and 十有一, and
have dependencies of their own.
"""

from __future__ import annotations

DIGITS = "〇一二三四五六七八九"
#: The characters of a number in a date. 廿 and 卅 are 20 and 30; 有 joins tens and ones (十有一月).
CHARACTERS = "一二三四五六七八九十廿卅百有"


def parse(text: str) -> int:
    """Parse a number below 1,000; 元 and 正 are 1. Raises ValueError if the text is not a number.

    >>> [parse(n) for n in ("元", "十", "二十五", "十有一", "廿四", "一百二十")]
    [1, 10, 25, 11, 24, 120]
    """
    if text in ("元", "正"):
        return 1
    total, digit = 0, 0
    for character in text.replace("廿", "二十").replace("卅", "三十").replace("有", ""):
        if character in DIGITS:
            if digit:
                raise ValueError(f"「{text}」 is no number")
            digit = DIGITS.index(character)
        elif character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            raise ValueError(f"「{text}」 is no number")
    if not total + digit:
        raise ValueError(f"「{text}」 is no number")
    return total + digit


def write(number: int) -> str:
    """Write a number from 1 to 999 in Chinese numerals, and a larger one in digits.

    >>> [write(n) for n in (1, 10, 11, 25, 60, 110)]
    ['一', '十', '十一', '二十五', '六十', '一百一十']
    """
    if number > 999:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    ten = "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十" if tens else ""
    return (f"{DIGITS[hundreds]}百" if hundreds else "") + ten + (DIGITS[ones] if ones else "")


def year(number: int) -> str:
    """Write the number of a regnal year.

    >>> year(1), year(6)
    ('元年', '六年')
    """
    return ("元" if number == 1 else write(number)) + "年"


def month(number: int, *, intercalary: bool = False) -> str:
    """Write the name of a month.

    >>> month(1), month(9, intercalary=True)
    ('正月', '閏九月')
    """
    return ("閏" if intercalary else "") + ("正" if number == 1 else write(number)) + "月"


def day(number: int) -> str:
    """Write the number of a day of a lunar month, 1 to 30.

    >>> day(1), day(15), day(20), day(28), day(30)
    ('初一', '十五', '二十', '廿八', '三十')
    """
    if number in (20, 30):
        return write(number)
    if number > 20:
        return "廿" + write(number - 20)
    return write(number) if number > 10 else "初" + write(number)
