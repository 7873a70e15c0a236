"""How accurately figures are read: answers written by hand, and the harness that compares."""
