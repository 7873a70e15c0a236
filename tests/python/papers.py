"""Small PDF files made of words at places, for tests of what only a page's look tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Word = tuple[float, float, str]  # from the left, from the top, what is printed there

TURNS = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0", 45: ".7 .7 -.7 .7"}


def pdf_of(
    pages: Iterable[Sequence[Word]],
    *,
    rules: Sequence[tuple[float, float, float, float]] = (),
    size: tuple[int, int] = (600, 400),
    turn: int = 0,
    rotate: int = 0,
    marks: Sequence[Word] = (),
) -> bytes:
    """A PDF with each page's words in 9-point Helvetica.

    Parameters
    ----------
    pages
        The words of each page.
    rules
        Lines on every page: from x and y to x and y, y downwards as for words.
    size
        A page's width and height in points.
    turn
        How the words are turned about the page's middle, in degrees counter-clockwise.
    rotate
        How the page is turned when it is shown, in degrees clockwise.
    marks
        Words on every page that run upwards at 45 degrees, as a watermark's do.
    """
    width, height = size
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    kids = []
    for words in pages:
        out = [f"{x0} {height - y0} m {x1} {height - y1} l S" for x0, y0, x1, y1 in rules]
        for x, y, text in words:
            across, up = _turned(x, height - y, turn, size)
            out.append(_shown(text, TURNS[turn], across, up))
        out += [_shown(text, TURNS[45], x, height - y) for x, y, text in marks]
        stream = "\n".join(out).encode("cp1252")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Rotate {rotate}"
            f"/Contents {len(objects)} 0 R/Resources<</Font<</F 3 0 R>>>>>>".encode()
        )
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    body = b"".join(b"%d 0 obj%s endobj\n" % (n, part) for n, part in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def _turned(x: float, y: float, turn: int, size: tuple[int, int]) -> tuple[float, float]:
    """A place turned about the middle of the page."""
    middle_x, middle_y = size[0] / 2, size[1] / 2
    dx, dy = x - middle_x, y - middle_y
    for _ in range(turn // 90):
        dx, dy = -dy, dx
    return middle_x + dx, middle_y + dy


def _shown(text: str, matrix: str, x: float, y: float) -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F 9 Tf {matrix} {x:.1f} {y:.1f} Tm ({escaped}) Tj ET"
