"""The words of a text as a reader meets them: sentences, reading grade, and the house style's advice."""
