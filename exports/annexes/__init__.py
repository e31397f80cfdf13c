"""Turns attachments into plain pictures of pages, and puts them together as annexes. Must never pass a file through."""
