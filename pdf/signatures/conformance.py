"""Make WeasyPrint's PDF/A-3a conform to PDF/UA-1 (ISO 14289-1) as well, which WeasyPrint cannot say of one file."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import Pdf

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
XML = "http://www.w3.org/XML/1998/namespace"

# ISO 19005-3, 6.6.2.3: a schema that PDF/A does not know must be described in the packet that uses it.
PDFUA = """
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Description rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>
"""


def make_conformant(pdf: bytes, title: str, lang: str) -> bytes:
    """The same document, marked as PDF/UA-1 besides PDF/A-3a, with title and language (BCP 47, such as "de-DE").

    pdf: what WeasyPrint wrote as "pdf/a-3a", attachments included. To be called before anything is signed. The same
    input gives the same output: no date and no random identifier is added.
    """
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        document.Root.Lang = pikepdf.String(lang)
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        document.docinfo.Title = pikepdf.String(title)
        packet = _packet(document.Root.Metadata.read_bytes(), title)
        document.Root.Metadata = document.make_stream(packet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        return saved(document)


def saved(document: "Pdf") -> bytes:
    """The document as bytes, in one revision and with an identifier derived from its content.

    Object streams stay: they halve the structure tree, and readers of PDF 1.7 know them.
    """
    import pikepdf

    output = BytesIO()
    document.save(output, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def _packet(xmp: bytes, title: str) -> bytes:
    from lxml import etree  # type: ignore[import-untyped]

    packet = etree.fromstring(xmp, etree.XMLParser(resolve_entities=False, no_network=True))
    (rdf,) = packet.iter(f"{{{RDF}}}RDF")
    for old in rdf.findall(f"{{{RDF}}}Description[{{{DC}}}title]"):
        rdf.remove(old)
    rdf.append(_title(title))
    rdf.extend(etree.fromstring(PDFUA))
    body: bytes = etree.tostring(packet, encoding="utf-8")
    return b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n' + body + b'\n<?xpacket end="r"?>'


def _title(title: str) -> Any:
    from lxml import etree

    description = etree.Element(f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""}, nsmap={"dc": DC, "rdf": RDF})
    alternatives = etree.SubElement(etree.SubElement(description, f"{{{DC}}}title"), f"{{{RDF}}}Alt")
    entry = etree.SubElement(alternatives, f"{{{RDF}}}li", {f"{{{XML}}}lang": "x-default"})
    entry.text = title
    return description
