"""Which of several things of one row a number counts: its series, as printed."""
