"""What is looked at before words go live: claims and links, which block, and style, which is advice."""
