{#
    `source_cell` is one of the codes of the data contract, three of which carry a year or a header
    after a colon ("history:2008/09", "target:2011/12", "other:Lead").

    Fails with the codes that are none.
#}
{% test expect_source_cell_codes(model) %}
    select
        source_cell,
        count(*) as row_count
    from {{ model }}
    where
        source_cell is null
        or (
            source_cell not in (
                'ref', 'measure', 'q1', 'q2', 'q3', 'q4', 'year_total', 'status', 'trend',
                'comments', 'owner', 'baseline', 'comparator', 'variance', 'section', 'header',
                'title', 'notes'
            )
            and source_cell not like 'history:%'
            and source_cell not like 'target:%'
            and source_cell not like 'other:%'
        )
    group by source_cell
{% endtest %}
