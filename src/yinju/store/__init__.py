"""Ingested files → a store on disk or on a server, and back: written, published, searched, checked."""
