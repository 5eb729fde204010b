"""Questions that cannot be answered, told apart so that a page can find the words for each."""

from __future__ import annotations


class Refused(ValueError):
    """A question that makes no sense: `code` says why, `parts` what is wrong with it.

    Codes and their parts: unknown-place (key), same-place (key), unknown-link (key), not-a-number
    (assumption_id, value), out-of-range (assumption_id, value, least, most), unknown-assumption
    (assumption_id), unknown-criterion (criterion), unknown-gateways (key), wrong-year (year), too-many-vias
    (count, most).
    """

    def __init__(self, code: str, **parts: object) -> None:
        self.code = code
        self.parts = parts
        said = ", ".join(f"{name} {value!r}" for name, value in parts.items())
        super().__init__(f"{code}: {said}")
