"""Whether the audit bites: mutated copies of the reports, and reports whose every claim is true."""
