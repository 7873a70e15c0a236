"""The run: from the reports to a published warehouse, in one command.

``python -m pipeline build`` reads the reports, checks what landed, builds and tests the models,
exports the marts, checks them as a consumer gets them, and puts the whole set in place at once.
"""
