"""Keys, certificates, signatures of the documents we issue, and their verification.

Works on bytes and paths alone. ``render_pdf`` marks a document (``conformance``) and reserves its
``fields`` while it is written; ``sign.sign_pdf`` follows, and after it nothing but further signatures.
"""
