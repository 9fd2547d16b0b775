"""The words of the interface and of exports in one language, from a Babel catalogue; its numbers
and dates as that language writes them. English is what the code says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

LANGUAGES = {"en": "English", "es": "Español"}
CATALOGUES = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Words:
    """The interface in one language."""

    language: str
    translations: NullTranslations
    locale: str  # "es_MX": how numbers and days are written

    def say(self, text: str, **values: object) -> str:
        """A text of the interface; values fill its %(name)s."""
        said: str = self.translations.ugettext(text)
        return said % values if values else said

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """A text with a number, in singular or plural; %(n)s is the number as it is written."""
        said: str = self.translations.ungettext(one, many, n)
        return said % {"n": self.number(n), **values}

    def number(self, n: float) -> str:
        """A number with the language's own signs: 1,234.5 or 1.234,5."""
        return format_decimal(n, locale=self.locale)

    def day(self, stamp: str) -> str:
        """The day of an ISO time stamp, written out."""
        return format_date(date.fromisoformat(stamp[:10]), "long", locale=self.locale)


@lru_cache
def words_in(language: str, locale: str = "") -> Words:
    """The words of a language; English is what the code and the templates say.

    :param locale: a country's form of the language, such as "es_MX", if it is known.
    """
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return Words(language, NullTranslations(), locale or language)
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Words(language, Translations(compiled), locale or language)
