"""What a build is made of, in one number: the same number means the same warehouse."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from hashlib import file_digest, sha256
from typing import Any

from pipeline.project import Project, input_files


def fingerprint(project: Project, variables: Mapping[str, Any]) -> str:
    """Digest everything that decides the outcome of a build.

    The reports, the reference seeds, the models and macros and tests, the code of the reader and of
    this pipeline, the pinned requirements, the version of Python, and the variables given to dbt.
    """
    whole = sha256()
    whole.update(json.dumps([sys.version, variables, project.include_restricted]).encode())
    for name, path in input_files(project):
        with path.open("rb") as file:
            whole.update(f"{name}\0{file_digest(file, 'sha256').hexdigest()}\n".encode())
    return whole.hexdigest()
