"""What the dialog for files says, in the reader's language; assets/export.js asks for it once."""

from __future__ import annotations

from dashboard.shell import ATTRIBUTION
from dashboard.text import N_, Words, language_name, languages
from layers import Atlas

WORDS = {
    "heading": N_("Export a figure"),
    "close": N_("Close"),
    "download": N_("Download"),
    "cite": N_("Cite"),
    "embed": N_("Embed"),
    "alt": N_("Alt text"),
    "preview": N_("Preview"),
    "size": N_("Size"),
    "language": N_("Language"),
    "title": N_("Title"),
    "subtitle": N_("Subtitle"),
    "legend": N_("Legend"),
    "labels": N_("Names on the map"),
    "scale_bar": N_("Scale bar"),
    "grey": N_("Shades of grey"),
    "transparent": N_("Transparent background"),
    "picture": N_("As a picture"),
    "data": N_("As data"),
    "everything": N_("Everything"),
    "drawing": N_("Being drawn…"),
    "making": N_("{format} is being made…"),
    "made": N_("{format} is in your downloads: {name}"),
    "busy": N_("The server is making other files. Try again in a moment."),
    "failed": N_("This could not be made: {reason}"),
    "offline": N_("The server does not answer. Try again."),
    "no_pdf": N_("This server has no Chrome to make PDF files. Your browser can: choose “Save as PDF”."),
    "print": N_("Print or save as PDF"),
    "copy": N_("Copy"),
    "copied": N_("Copied"),
    "not_copied": N_("Mark the text and copy it."),
    "as_text": N_("Text"),
    "sources": N_("Sources of this figure"),
    "width": N_("Width"),
    "height": N_("Height"),
    "embed_how": N_(
        "Paste this into a page. The figure fits the width of its frame, sets no cookies and leads back here."
    ),
    "embed_look": N_("See it alone"),
    "alt_how": N_("Stands in the files too. Paste it where a picture of the figure is shown."),
    "image_size": N_("{width} × {height} pixels"),
}


def dialog_words(atlas: Atlas, words: Words) -> dict[str, object]:
    """The words of the dialog, the languages to choose from, and what files say of where they come from."""
    said: dict[str, object] = {name: words(text) for name, text in WORDS.items()}
    return said | {
        "languages": [{"id": code, "title": language_name(code)} for code in languages()],
        "metadata": f"Corridor Atlas {atlas.version}. {{link}}. {words(ATTRIBUTION)}",
    }
