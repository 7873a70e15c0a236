"""Knowledge as data: one module a subject, no logic."""
