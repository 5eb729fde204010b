"""What the player says besides the scenes, by the names under which its script knows it."""

from __future__ import annotations

from dashboard import vocabulary
from dashboard.text import N_, Words

WORDS = {
    "presentation": N_("Presentation"),
    "scene": N_("Scene {n} of {count}"),
    "loading": N_("This scene is being fetched…"),
    "failed": N_("This scene could not be fetched. The others go on."),
    "undrawn": N_("The figure could not be drawn."),
    "held": N_("All scenes are held in this window: it goes on without a network."),
    "holding": N_("{n} of {count} scenes are held in this window."),
    "notHeld": N_("{language} is still being fetched."),
    "more": N_("and {n} more"),
    "end": N_("This is the last scene."),
    "next": N_("Next scene"),
    "previous": N_("Previous scene"),
    "first": N_("First scene"),
    "last": N_("Last scene"),
    "goTo": N_("Go to the scene of a number"),
    "fullscreen": N_("Full screen"),
    "black": N_("Black screen"),
    "white": N_("White screen"),
    "notes": N_("Notes under the scene"),
    "speaker": N_("Notes"),
    "noNotes": N_("No notes for this scene."),
    "presenter": N_("Presenter window"),
    "blocked": N_("The browser has not opened the presenter window. Please allow windows for this page."),
    "language": N_("Next language"),
    "timer": N_("Timer"),
    "explore": N_("Explore the map"),
    "exploring": N_("Move and zoom the map. Escape returns to the scene."),
    "return": N_("Back to the scene"),
    "theme": N_("Light or dark"),
    "print": N_("Print as a handout"),
    "keys": N_("Keys and scenes"),
    "scenes": N_("Scenes"),
    "close": N_("Close"),
    "atlas": N_("Open in Corridor Atlas"),
    "now": N_("Now"),
    "upcoming": N_("Next"),
    "clock": N_("Clock"),
    "elapsed": N_("Since the start"),
    "restart": N_("Start the time anew"),
    "number": N_("Number, then Enter"),
    "space": N_("Space"),
    "swipe": N_("On a touch screen: swipe left for the next scene, right for the previous one."),
    "zoomIn": N_("Zoom in"),
    "zoomOut": N_("Zoom out"),
    "wholeMap": N_("The map of the scene"),
    "legend": N_("Legend"),
    "still": N_("This browser has no WebGL 2: maps are shown as pictures."),
}


def player_words(words: Words) -> dict[str, str]:
    """All of them in one language; places in braces are filled by the script."""
    return {name: words(message) for name, message in WORDS.items()} | {"km": words(vocabulary.UNITS["km"])}
