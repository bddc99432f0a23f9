"""What the hand-made packages share: types, relationships, and the zip itself."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_DOCUMENT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def types(overrides, defaults=()):
    """`[Content_Types].xml`: pairs of part and type, pairs of extension and type."""
    defaults = [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml"), *defaults]
    lines = [f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults]
    lines += [f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides]
    return f'{HEADER}<Types xmlns="{PACKAGE}/content-types">{"".join(lines)}</Types>'


def rels(*relations, base=DOCUMENT):
    """A part of relationships: kind (or whole type), target, and anything more to write."""
    lines = []
    for number, (kind, target, *more) in enumerate(relations, 1):
        kind = kind if "://" in kind else f"{base}/{kind}"
        lines.append(f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"{"".join(more)}/>')
    return f'{HEADER}<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'


class OneWay(io.BytesIO):
    """A file that cannot be wound back, so that sizes are written behind each entry."""

    def seekable(self):
        return False

    def tell(self):
        raise io.UnsupportedOperation

    def seek(self, *_):
        raise io.UnsupportedOperation


def save(path, parts, compression=zipfile.ZIP_DEFLATED, one_way=False):
    """Writes the parts, in their order, under one date."""
    file = OneWay() if one_way else io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            entry.compress_type = compression
            archive.writestr(entry, content.encode() if isinstance(content, str) else content)
    path.write_bytes(file.getvalue())


def rows(count=15, letter_rows=True):
    """Cells in A to C of some rows: text, amount, formula."""
    lines = []
    for row in range(1, count + 1):
        r = (lambda column: f' r="{column}{row}"') if letter_rows else (lambda column: "")
        lines.append(
            f"<row{f' r={chr(34)}{row}{chr(34)}' if letter_rows else ''}>"
            f'<c{r("A")} t="inlineStr"><is><t>Række {row} &lt;æøå&gt;</t></is></c>'
            f'<c{r("B")}><v>{row * 100.5}</v></c><c{r("C")}><f>B{row}*2</f><v>{row * 201}</v></c></row>'
        )
    return "".join(lines)
