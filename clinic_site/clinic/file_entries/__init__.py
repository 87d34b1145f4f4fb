"""The lists of content/clinic.md, each as its file says it, as its table keeps it, and back."""
