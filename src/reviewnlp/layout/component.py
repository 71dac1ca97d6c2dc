"""Where does a block begin? The component that writes `doc._.blocks` and `doc._.comments`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.layout.analysis import analyse


@Language.factory("reviewnlp_layout", assigns=["doc._.blocks", "doc._.comments"])
def create_layout(nlp: Language, name: str) -> Layout:
    """Component that cuts the text into blocks and finds the comments."""
    return Layout()


class Layout:
    """Cuts the text into blocks and finds the comments; reads `doc.text` and `doc._.source` only."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.blocks, doc._.comments = analyse(doc.text, doc._.source)
        return doc
