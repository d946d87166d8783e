"""Make WeasyPrint's PDF/A-3a conform to PDF/UA-1 (ISO 14289-1) as well, which WeasyPrint cannot say of one file.

Works on the objects that WeasyPrint is about to write, so that no file is read again and packed twice.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pydyf  # type: ignore[import-untyped]

# ISO 19005-3, 6.6.2.3: a schema that PDF/A does not know must be described in the packet that uses it.
PDFUA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""
END_OF_RDF = b"</rdf:RDF>"


def mark_conformant(pdf: "pydyf.PDF") -> None:
    """Mark a document as PDF/UA-1 besides PDF/A-3a: in its metadata, and by showing its title instead of a file name.

    pdf: what WeasyPrint made as "pdf/a-3a" of HTML with title and language, not yet written. Adds no date and no random
    identifier.
    """
    import pydyf

    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    (packet,) = metadata.stream
    assert packet.count(END_OF_RDF) == 1
    metadata.stream = [packet.replace(END_OF_RDF, PDFUA)]
