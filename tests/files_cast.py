"""Files as people bring them: good ones, and every bad one that the product must refuse."""

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image


def pdf(change: Any = None, pages: int = 1, **saving: Any) -> bytes:
    """A PDF; ``change`` is done to the document before it is saved."""
    with pikepdf.new() as document:
        for _page in range(pages):
            document.add_blank_page()
        if change:
            change(document)
        output = BytesIO()
        document.save(output, deterministic_id="encryption" not in saving, **saving)
    return output.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **saving: Any) -> bytes:
    """A picture of one colour."""
    output = BytesIO()
    Image.new(mode, size, 120 if mode in ("L", "P", "1") else None).save(output, kind, **saving)
    return output.getvalue()


def _script(document: Any) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _launch(document: Any) -> None:
    annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    annotation.A = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    document.pages[0].obj.Annots = Array([annotation])


def _elsewhere(document: Any) -> None:
    document.Root.OpenAction = Dictionary(S=Name.GoToR, F=String("\\\\fremd\\ablage\\a.pdf"), D=Array([0, Name.Fit]))


def _named_script(document: Any) -> None:
    action = document.make_indirect(Dictionary(S=Name.JavaScript, JS=String("1")))
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))


def _attached(document: Any) -> None:
    document.attachments["lies.exe"] = b"MZ"


def _xfa(document: Any) -> None:
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("<xdp/>"))


ACTIVE = {
    "script": _script,
    "elsewhere": _elsewhere,
    "launch": _launch,
    "named script": _named_script,
    "attached": _attached,
    "xfa": _xfa,
}
LOCKED = pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
OWNER_ONLY = pdf(encryption=pikepdf.Encryption(owner="a", user=""))
ZIP = b"PK\x03\x04" + b"\0" * 60


def multipart(file: bytes, name: str, **fields: str) -> dict[str, Any]:
    """The body of a request as browsers send it: the test client leaves the file open that it makes of a large one."""
    parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{text}'.encode() for key, text in fields.items()]
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/octet-stream'
    parts.append(head.encode() + b"\r\n\r\n" + file)
    body = b"".join(b"--grenze\r\n" + part + b"\r\n" for part in parts) + b"--grenze--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=grenze"}


def packed_pdf(packed: bytes, filters: bytes) -> bytes:
    """A PDF whose object 5 stands in a packed stream, written by hand."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Type/ObjStm/N 1/First 4/Filter %b/Length %d>>stream\n%b\nendstream" % (filters, len(packed), packed),
    ]
    content, rows = b"%PDF-1.5\n", [bytes(6)]
    for number, text in enumerate(objects, 1):
        rows.append(b"\1" + len(content).to_bytes(4, "big") + b"\0")
        content += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    rows += [b"\2" + (4).to_bytes(4, "big") + b"\0", b"\1" + len(content).to_bytes(4, "big") + b"\0"]
    table = b"".join(rows)
    head = b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return content + head + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(content)
