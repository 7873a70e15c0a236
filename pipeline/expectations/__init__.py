"""Great Expectations at the two borders dbt does not see.

:mod:`pipeline.expectations.landed` looks at the seeds before dbt reads them,
:mod:`pipeline.expectations.published` at the Parquet files as a consumer gets them.
Nothing here repeats a dbt test.
"""
