-- A change whose word and printed sign both give a direction: do they agree?
with

figures as (

    select * from {{ ref('int_checks__figures') }}
    where
        role in ('change', 'projection')
        and direction_word is not null
        and value <> 0

),

signed as (

    select
        *,
        case
            when substr(printed, 1, 1) = '+' then 1
            when substr(printed, 1, 1) in ('-', '−', '–') then -1
        end as printed_sign
    from figures

)

select
    figure_id as claim_figure_id,
    'sign' as family,
    case when printed_sign * value > 0 then 'exact' else 'inconsistent' end as verdict,
    'as_printed' as reading,
    case when printed_sign * value < 0 then 'sign_wrong' end as likely_cause,
    case
        when printed_sign * value > 0
            then 'The sign of ' || printed || ' agrees with the word "' || direction_word || '".'
        else
            'The word is "' || direction_word || '"; the sign of ' || printed
            || ' says the opposite.'
    end as explanation
from signed
where printed_sign is not null
