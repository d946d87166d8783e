"""What all documents share: fonts, page geometry, macros, and the engine behind ``pdf.render``."""
