"""The static site: plain files made from the published marts and nothing else.

The flow goes one way: ``marts`` (pipeline) are indexed by :mod:`library`, worded by :mod:`words`,
:mod:`formats` and :mod:`quotes`, drawn by :mod:`charts`, laid out by :mod:`pages` and written by
:mod:`render`.
"""

from pipeline.site.render import build_site

__all__ = ["build_site"]
