"""A question about a document itself (who wrote it, who paid for it, how many were asked) -> the
words that documents use of themselves: "Who ordered the study?" -> "Who commissioned the report?".
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.text import placed

# What a document calls itself.
OWN = {
    "en": "report study paper document survey review".split(),
    "es": "informe estudio documento reporte".split(),
}
# What is asked -> what documents say, the commonest first.
SAID = {
    "en": (
        ("wrote write writes written authored drafted penned", "developed prepared written"),
        ("ordered requested", "commissioned"),
        ("paid pay pays purse financed finances sponsored bankrolled footed", "funded"),
        ("talk talked talks talking spoke speak spoken", "interviewed interviews"),
    ),
    "es": (
        ("escribio escribieron escrito redacto redactaron hizo hicieron", "elaborado elaboro"),
        ("encargo encargaron pidio pidieron solicito", "encargado encargo"),
        ("pago pagaron financio financiaron costeo", "financiado financio"),
        ("hablaron hablo conversaron", "entrevistas entrevistado"),
    ),
}


def as_documents_say(text: str, language: str, there: Mapping[str, int]) -> str:
    """A question with its words for the document and its making put as the documents put them; as
    it was if it is on something else.

    :param there: folded word of the documents -> passages it stands in.
    """
    words = dict(placed(text))
    own = [at for at, word in words.items() if word in OWN.get(language, ())]
    made = {
        at: said
        for at, word in words.items()
        for asked, says in SAID.get(language, ())
        if word in asked.split()
        for said in [next((w for w in says.split() if w in there), "")]
        if said
    }
    if not own or not made:
        return text
    name = max(OWN[language], key=lambda word: there.get(word, 0))
    put = made | dict.fromkeys(own, name)
    said, at = "", 0
    for (start, end), word in sorted(put.items()):
        said, at = f"{said}{text[at:start]}{word}", end
    return said + text[at:]
