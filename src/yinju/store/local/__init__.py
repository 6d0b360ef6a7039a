"""The store on this machine: SQLite, tantivy and FAISS in segments that are written once."""
