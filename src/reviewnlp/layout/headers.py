"""Is this line a comment's header, and whose? A header is a nick and data about the message, nothing else.

The data (a moment, a number, a verb such as «пишет», a status in brackets) may stand in any order and
between any separators; what they leave must read as one nick. So a style that nobody foresaw is a header too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reviewnlp.layout.cues import is_button
from reviewnlp.layout.pieces import expression
from reviewnlp.resources import rows, words

LONGEST_HEADER = 110
LONGEST_NICK = 40
CUT = "\x00"
EDGE = " \t\xa0,;:|·•*~=<>[](){}/\\@→←↳—–-−+_^…\"'"  # separators at a nick's edge, not in it
STATUS = re.compile(r"\s?[(\[][^()\[\]\x00]{0,50}[)\]]")
CONNECTIVE = re.compile(
    r"(?:^|(?<=[\s,\x00]))(?:в|от|at|on|года|[Дд]ата:|[Вв]ремя:|#)(?=[\s,\x00]|$)|(?<=\x00)\s?г\."
)
MOMENT_EDGE = r"(?<![\w./@-]){moment}(?![\w@-]|\.\d)"
LATIN_OR_SIGN = re.compile(r"[A-Za-z_\d]")
NICK_WORD = re.compile(r"[\w«@+'’\U0001F300-\U0001FAFF☀-➿][\w.«»'’’\"@+&!-]*")
BESIDE = re.compile(r"\s?(?:,|→|>{1,2}|↳|»)\s")
ORDINAL = re.compile(r"\A\s*\d{1,5}[.)](?=\s)")
DAY_AND_CLOCK = re.compile(r"\w.{2,}\W\d{1,2}:\d\d|\d:\d\d.{4,}\w")
INITIAL = re.compile(r"[^\W\d_]\.")


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says, as written.

    `leads` is whether the nick stands before the date or the date stands in brackets; `shape` is what headers
    of one style have in common.
    """

    author: str | None
    posted_at: str | None = None
    number: int | None = None
    verb: bool = False
    label: bool = False
    colon: bool = False
    leads: bool = True
    shape: str = ""

    @property
    def strong(self) -> bool:
        """Whether the line can be a header by itself: a nick, and data that belong to no prose."""
        told = self.label or self.number is not None or (self.verb and self.colon)
        dated = self.posted_at is not None and (self.leads or self.exact or self.colon)
        return self.author is not None and (told or dated)

    @property
    def exact(self) -> bool:
        """Whether day and clock time are told, as in no line «12 июля, Казань» and no «10:30 Доклад»."""
        return is_exact(self.posted_at)


def is_exact(moment: str | None) -> bool:
    """Whether a moment as written tells day and clock time."""
    return moment is not None and DAY_AND_CLOCK.search(moment) is not None


@cache
def _moment() -> re.Pattern[str]:
    return expression(MOMENT_EDGE)


@cache
def _verb() -> re.Pattern[str]:
    return expression(r"(?:^|(?<=[\s,)\x00])){verb}(?=[\s:,\x00(]|$)")


@cache
def _number() -> re.Pattern[str]:
    return expression(r"(?<![\w№#]){number}(?!\w)")


@cache
def _label() -> re.Pattern[str]:
    alternatives = "|".join(row[0] for row in rows("layout", "labels.tsv"))
    return re.compile(rf"(?:{alternatives})(?:\s?:|\s)\s{{0,2}}", re.IGNORECASE)


def find_moments(text: str) -> Iterator[re.Match[str]]:
    """Every date or time in a text."""
    return _moment().finditer(text)


def begins_with_moment(text: str) -> bool:
    """Whether a date or time stands at the very beginning."""
    return _moment().match(text) is not None


def read_header(line: str, loose: bool = False) -> Header | None:
    """What the line says if it is nothing but a header; None if it says more.

    `author` is None where only a date or number stands there. `loose` takes any few words for a nick: for a
    line whose place and shape already say that it is a header.
    """
    if len(line) > LONGEST_HEADER:
        return None
    rest, colon = line, line.endswith(":")
    moments = list(_moment().finditer(rest))
    posted_at = _as_written(line, moments)
    rest = _moment().sub(CUT, rest)
    rest = ORDINAL.sub(CUT, rest) if moments else rest
    number = _number().search(rest)
    rest = _number().sub(CUT, rest, count=1)
    label = _label().match(rest.lstrip(EDGE + CUT))
    if label:
        rest = rest.lstrip(EDGE + CUT)[label.end() :]
    verb = _verb().search(rest)
    if verb:
        rest = rest[: verb.start()] + CUT + rest[verb.end() :]
    segment = _author(
        rest, bool(moments or number or verb or label), bool(number or is_exact(posted_at)), loose
    )
    if segment is None:
        return None
    name = BESIDE.split(segment)[0] or None
    digits = re.sub(r"\D", "", number.group()) if number else ""
    first = moments[0].start() if moments else len(line)
    leads = name is None or line.find(name) < first or line[:first].rstrip().endswith(("[", "("))
    return Header(
        name,
        posted_at,
        int(digits) if digits else None,
        verb=bool(verb),
        label=bool(label),
        colon=colon,
        leads=leads,
        shape=_shape(line, segment),
    )


def is_bare_moment(line: str) -> bool:
    """Whether the line is a date or time and nothing else."""
    header = read_header(line)
    return header is not None and header.author is None and header.posted_at is not None


def author_as_written(nick: str) -> str:
    """The nick, or "" where the header says that there is none («без подписи»)."""
    folded = " ".join(nick.casefold().split()).strip(" .()")
    return "" if folded in _no_names() else nick


def is_guest(nick: str) -> bool:
    """Whether the nick stands for no name: «Гость 12», «Аноним», «без подписи»."""
    folded = re.sub(r"[\s№#]*\d{0,7}$", "", " ".join(nick.casefold().split()))
    return folded in words("layout", "guests.tsv")


def looks_like_nick(text: str) -> bool:
    """Whether a line without any date or number may be a nick: name-like words, no sentence."""
    nick = STATUS.sub("", text).strip().rstrip(":").strip()
    if not nick or (nick[-1] in ".,!?…;" and not INITIAL.search(nick[-2:])):
        return False
    parts = nick.split()
    if len(nick) > 30 or len(parts) > 3 or not is_nick(nick, told=True):
        return False
    if is_guest(nick) or LATIN_OR_SIGN.search(nick):
        return True
    return all(part.lstrip('@«"')[:1].isupper() for part in parts)


def _author(rest: str, told: bool, exact: bool, loose: bool) -> str | None:
    """The nick among the leftovers and what goes with it: "" if nothing is left, None if it is no nick.

    Beside an exact date a nick may have a place or an addressee after it («Ольга, Пермь», «Ольга → Ивану»).
    """
    bare = STATUS.sub("", rest)
    rest = bare if bare.strip(EDGE + CUT) else rest
    rest = CONNECTIVE.sub(" ", rest)
    segments = [_stripped(part) for part in rest.split(CUT)]
    segments = [_with_signs(part, rest) for part in segments if part]
    if not segments:
        return ""
    if len(segments) > 1:
        return None
    parts = BESIDE.split(segments[0]) if exact else segments
    return segments[0] if all(is_nick(part, told, loose) for part in parts) else None


def _stripped(part: str) -> str:
    """The part without separators at its ends; a quotation mark without its pair is one too («Иван » »)."""
    opened = part.count("«") - part.count("»")
    return part.strip(EDGE + ("«" if opened > 0 else "»" if opened < 0 else ""))


def _with_signs(nick: str, rest: str) -> str:
    """Gives back the signs that belong to the nick itself («_vasya_», «@user»)."""
    start = rest.find(nick)
    end = start + len(nick)
    while start > 0 and rest[start - 1] in "_@+":
        start -= 1
    while end < len(rest) and rest[end] == "_":
        end += 1
    return rest[start:end]


def is_nick(nick: str, told: bool = True, loose: bool = False) -> bool:
    """Whether the words can be a nick; `told` is whether the line holds data that speak for a header."""
    parts = nick.split()
    if len(nick) > LONGEST_NICK or not 1 <= len(parts) <= 5 or not any(char.isalnum() for char in nick):
        return False
    unlikely = words("layout", "not_names.tsv")
    if parts[0].casefold().rstrip(":") in unlikely or parts[-1] in unlikely or is_button(nick):
        return False
    if not all(NICK_WORD.fullmatch(part) or part in "&+-–—|" for part in parts):
        return False
    if any(part[-1] in ".!?" and not INITIAL.fullmatch(part) and len(part) > 3 for part in parts[:-1]):
        return False
    small = sum(part[0].islower() for part in parts)
    return len(parts) <= 2 or small <= 1 or loose or is_guest(nick) if told else len(parts) <= 3


def _as_written(line: str, moments: list[re.Match[str]]) -> str | None:
    """The date and time as written, joined where only separators stand between them."""
    if not moments:
        return None
    start, end = moments[0].span()
    for moment in moments[1:]:
        if line[end : moment.start()].strip(EDGE + ".") in ("", "в", "at"):
            end = moment.end()
    return line[start:end]


def _shape(line: str, author: str) -> str:
    """The line with nick, moments and digits replaced by signs: what headers of one style share."""
    shape = line.replace(author, "N", 1) if author else line
    shape = _moment().sub("D", shape)
    return re.sub(r"\d+", "0", " ".join(shape.split()))


@cache
def _no_names() -> frozenset[str]:
    return frozenset(row[0] for row in rows("layout", "guests.tsv") if row[1] == "none")


@cache
def inline_styles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Styles of a header with the message on the same line, in the order in which they are tried."""
    nick = r"(?P<nick>[^\s:<>\[\]|,][^:<>\[\]|,\n]{0,39}?)"
    moment = f"(?P<moment>{expression('{moment}').pattern})"
    return tuple(
        (name, expression(form, nick=nick, moment=moment)) for name, form in rows("layout", "inline.tsv")
    )


def read_inline(line: str) -> tuple[Header, int] | None:
    """Header with the message on the same line and where the message begins; None if there is none."""
    head = line[: LONGEST_HEADER + 20]
    for name, style in inline_styles():
        match = style.match(head)
        if match is None or match.end() >= len(line):
            continue
        nick = match.group("nick").strip()
        parts = match.groupdict()
        if not is_nick(nick, told=True) or (name == "prompt" and " " in nick):
            continue
        return Header(nick, parts.get("moment"), colon=True, shape=name), match.end()
    return None
