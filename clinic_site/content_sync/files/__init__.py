"""content/ as it lies on the disk: walked, read, checked."""
