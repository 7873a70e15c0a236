{#
    No claim of these families contradicts what it follows from, unless the ledger of reviewed
    discrepancies holds it. Takes a table with `family`, `verdict` and `is_known`.

    families: the families asked about; all of them if none is named.
    Fails with the contradictions that nobody has reviewed.
#}
{% test expect_claims_to_hold_or_be_reviewed(model, families=none) %}
    select *
    from {{ model }}
    where
        verdict = 'inconsistent'
        and not is_known
        {% if families %}
            and family in ('{{ families | join("', '") }}')
        {% endif %}
{% endtest %}
