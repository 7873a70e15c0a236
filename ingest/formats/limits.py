"""How much of anything a report may hold before it is no report.

Each limit is far above what a long board paper needs (forty pages of tables are a tenth of a
megabyte of text) and far below what would harm the machine that reads it.
"""

from __future__ import annotations

from typing import Final

# Any file.
MAX_FILE_BYTES: Final = 20_000_000
MAX_LINES: Final = 100_000
MAX_LINE_CHARS: Final = 200_000
MAX_COLUMNS: Final = 256
MAX_TOTAL_CHARS: Final = 20_000_000

# Word and Excel files are zip archives of XML parts.
MAX_ZIP_ENTRIES: Final = 2_000
MAX_ZIP_BYTES: Final = 100_000_000  # all parts, unpacked
MAX_ZIP_PART_BYTES: Final = 50_000_000
MAX_ZIP_RATIO: Final = 200  # a part of this many times its packed size, above ...
MAX_ZIP_RATIO_FROM: Final = 1_000_000  # ... this size: small parts of blanks pack well, too
MAX_XML_DEPTH: Final = 200
MAX_XML_ELEMENTS: Final = 3_000_000

# What one stream of a PDF (a page's contents, a font) unpacks to.
MAX_PDF_STREAM_BYTES: Final = 32_000_000

# Pages and sheets.
MAX_PAGES: Final = 500
MAX_SHEETS: Final = 100
MAX_CELLS: Final = 300_000

# The process that reads one file of another format than text.
MAX_SECONDS: Final = 60
MAX_MEMORY_BYTES: Final = 2_000_000_000
