"""Reads reports as published and lands their rows, cells and figures as dbt seeds."""
