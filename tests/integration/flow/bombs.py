"""PDFs made to hurt their reader. All of them are small."""

import zlib


def pdf(objects: list[bytes], *, root: int = 1) -> bytes:
    """A PDF of numbered objects (from 1) with a right cross-reference table."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return b"%sxref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        out, size, table, size, root, len(out),
    )  # fmt: skip


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), entries, packed)


def one_page(content: bytes, resources: bytes = b"", *further: bytes) -> bytes:
    """A page that draws `content`; `further` objects are numbered from 5."""
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << %s >> >>" % resources,
            content,
            *further,
        ]
    )


def many_pages(count: int = 200_000) -> bytes:
    """One page object, listed over and over."""
    kids = b"3 0 R " * count
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids), page])


def deep_nesting(depth: int = 100_000) -> bytes:
    return one_page(stream(b"[" * depth + b"]" * depth + b" TJ"), b"/Deep " + b"<< /A " * depth + b">> " * depth)


def page_tree_that_bites_its_tail() -> bytes:
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>"])


def form_that_draws_itself() -> bytes:
    form = stream(
        b"/F Do /F Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>"
    )
    return one_page(stream(b"/F Do"), b"/XObject << /F 5 0 R >>", form)


def inflating_content(mebibytes: int = 800) -> bytes:
    """Text operators without end, packed a thousandfold."""
    piece = b"BT /F1 9 Tf (Account) Tj ET\n" * 40_000
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(piece) for _ in range(mebibytes * 2**20 // len(piece))) + packer.flush()
    body = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    return one_page(body, b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>")


def giant_image(side: int = 60_000) -> bytes:
    image = stream(
        b"\0" * 1000,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8"
        % (side, side),
    )
    return one_page(stream(b"600 0 0 700 0 0 cm /I Do"), b"/XObject << /I 5 0 R >>", image)


def with_script() -> bytes:
    script = b"<< /S /JavaScript /JS (while (true) { app.alert(1); }) >>"
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /AA << /O 4 0 R >> >>",
            script,
        ]
    )


def table_that_points_at_itself() -> bytes:
    head = b"%PDF-1.7\n"
    loop = b"xref\n0 1\n0000000000 65535 f \ntrailer << /Size 1 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return head + loop % (len(head), len(head))


BOMBS = {
    "200,000 pages": many_pages,
    "objects nested 100,000 deep": deep_nesting,
    "a page tree that is its own child": page_tree_that_bites_its_tail,
    "a form that draws itself": form_that_draws_itself,
    "800 MB of content in 2 MB": inflating_content,
    "an image of 60,000 by 60,000": giant_image,
    "a script that never ends": with_script,
    "a cross-reference table that points at itself": table_that_points_at_itself,
}
