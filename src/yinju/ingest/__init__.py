"""A folder of files → what a store keeps of them: found, read, divided, described; and kept in line as they change."""
