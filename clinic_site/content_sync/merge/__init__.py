"""A file and a page become one: fields, three-way merge, heads, conflicts."""
