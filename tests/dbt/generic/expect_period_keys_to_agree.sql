{#
    `period_id` is the interval from `period_start` to `period_end`, both are known or neither is,
    and the period does not end before it starts.

    Fails with the periods that do not agree.
#}
{% test expect_period_keys_to_agree(model) %}
    select
        period_id,
        period_start,
        period_end,
        count(*) as row_count
    from {{ model }}
    where
        period_id is distinct from {{ period_id("period_start", "period_end") }}
        or (period_start is null) <> (period_end is null)
        or period_end < period_start
    group by period_id, period_start, period_end
{% endtest %}
