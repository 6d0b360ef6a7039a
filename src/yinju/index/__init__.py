"""Documents → a generation of the index on disk, and back: built, published, opened, checked."""
