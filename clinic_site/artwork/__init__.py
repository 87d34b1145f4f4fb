"""Drawings made by program: muscle fibres, body map, icons, share images."""
