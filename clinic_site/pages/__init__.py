"""Pages and their revisions: what the patient reads, who wrote it and when it goes live."""
