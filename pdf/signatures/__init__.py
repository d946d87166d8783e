"""Keys, certificates, signatures of the documents we issue, and their verification.

Works on bytes and paths alone. The order for a document is: render, attach, ``conformance.make_conformant``,
``fields.reserve_fields``, ``sign.sign_pdf``; nothing but further signatures may follow.
"""
