-- A direction in words against a sign, or against the two numbers that the words compare.
with

figures as (

    select * from {{ ref('int_checks__figures') }}

),

changes as (

    select * from {{ ref('int_checks__changes') }}

),

signed as (

    select
        *,
        case
            when substr(printed, 1, 1) = '+' then 1
            when substr(printed, 1, 1) in ('-', '−', '–') then -1
        end as printed_sign
    from figures
    where
        role in ('change', 'projection')
        and value <> 0

),

-- The sign of a percentage against the word of the difference beside it: "Reduction of 7 (+36.8%)".
words as (

    select
        signed.figure_id,
        signed.printed,
        signed.printed_sign,
        coalesce(signed.direction_word, differences.direction_word) as direction_word,
        case when signed.direction_word is null then differences.value else signed.value end
            as meant
    from signed
    left join changes on signed.figure_id = changes.claim_figure_id
    left join figures as differences
        on changes.difference_figure_id = differences.figure_id
    where signed.printed_sign is not null

),

-- "A slight increase on the rate in March, which was 15.45%": the words give no number of change.
prose as (

    select
        valued.figure_id,
        valued.value,
        priors.figure_id as prior_figure_id,
        priors.value as prior_value,
        {{ number_text('valued.value', 'valued.decimals') }} as value_text,
        {{ number_text('priors.value', 'priors.decimals') }} as prior_text,
        {{ matches('valued.statement', words_of_comparison('up')) }} as says_up,
        {{ matches('valued.statement', words_of_comparison('down')) }} as says_down,
        count(*) over (partition by valued.figure_id) as prior_count
    from figures as valued
    inner join figures as priors on valued.figure_id = priors.relates_to_figure_id
    where
        priors.relation = 'prior_of'
        and valued.unit = priors.unit
        and valued.statement = priors.statement
        and coalesce(priors.comparator, '') <> 'peer_group'
        and not exists (
            select 1
            from changes
            where changes.value_figure_id = valued.figure_id
        )
        and not exists (
            select 1
            from figures as others
            where
                others.cell_id = valued.cell_id
                and others.statement = valued.statement
                and others.role in ('observation', 'change', 'comparative')
                and others.figure_id not in (valued.figure_id, priors.figure_id)
        )

)

select
    figure_id as claim_figure_id,
    'sign' as family,
    case when printed_sign * meant > 0 then 'exact' else 'inconsistent' end as verdict,
    'as_printed' as reading,
    'definite' as check_certainty,
    case when printed_sign * meant < 0 then 'sign_wrong' end as likely_cause,
    case
        when printed_sign * meant > 0
            then 'The sign of ' || printed || ' agrees with the word "' || direction_word || '".'
        else
            'The report says "' || lower(direction_word) || '", but the sign of ' || printed
            || ' says the opposite.'
    end as explanation,
    cast(null as varchar) as other_figure_id,
    cast(null as boolean) as says_up
from words
where direction_word is not null
union all
select
    figure_id as claim_figure_id,
    'sign' as family,
    case
        when (value > prior_value) = says_up and value <> prior_value then 'exact'
        else 'inconsistent'
    end as verdict,
    'as_printed' as reading,
    'probable' as check_certainty,
    case
        when (value > prior_value) <> says_up or value = prior_value then 'sign_wrong'
    end as likely_cause,
    'From ' || prior_text || ' to ' || value_text
    || case
        when value > prior_value then ' is a rise'
        when value < prior_value then ' is a fall'
        else ' is no change'
    end
    || case
        when (value > prior_value) = says_up and value <> prior_value then ', as the report says.'
        when says_up then '; the report says that it went up.'
        else '; the report says that it went down.'
    end as explanation,
    prior_figure_id as other_figure_id,
    says_up
from prose
where prior_count = 1 and says_up <> says_down
