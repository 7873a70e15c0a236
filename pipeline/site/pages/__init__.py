"""What stands on each kind of page: one module a kind, each a function from the library to values.

Templates only lay these out; whatever is decided about a page is decided here.
"""
