//! The annotated copy of the sender's own workbook: marks, notes and the sheet `Kontrol`.
