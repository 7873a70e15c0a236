"""What stops a build, said so that a person can act on it."""

from __future__ import annotations

from collections.abc import Sequence


class PipelineError(Exception):
    """A build that cannot go on.

    Parameters
    ----------
    message
        What is wrong, in one line.
    details
        Further lines: the tests that failed, where to look.
    """

    def __init__(self, message: str, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.details = tuple(details)


class Interrupted(BaseException):
    """Someone asked the build to stop (SIGTERM); what is half done is cleared away.

    Like KeyboardInterrupt it is no Exception, so that nothing on the way mistakes it for a failure.
    """
