-- A rate and its count against the population that other rates and counts of the area imply.
--
-- No report says which count a rate is of. Two rows belong together where most of their pairs, for
-- different periods, imply one population within two in a hundred although the counts move; a pair
-- further off is then in doubt. Nothing is divided: two pairs agree when the products crosswise do.
--
-- In per cent: a population moves so much from year to year, and counts that move less than twice
-- that agree with any steady rate.
{%- set population_may_move = 2 %}
{%- set counts_must_move = 4 %}
{%- set least_population = 10000 %}
{%- set most_population = 10000000 %}

with

figures as (

    select * from {{ ref('int_checks__figures') }}
    where
        role in ('observation', 'comparative', 'target', 'baseline')
        and value > 0
        and series_id = 'total'
        and (period_end is not null or comparator = 'peer_group')

),

rates as (

    select
        *,
        {{ per_of_rate('unit') }} as per
    from figures
    where unit in ({{ rate_units() }})

),

-- One count a row, role and period: the first mention.
counts as (

    select
        report_id,
        row_id,
        role,
        area_id,
        period_start,
        period_end,
        {{ first_of('figure_id', 'reading_place') }} as figure_id,
        {{ first_of('value', 'reading_place') }} as value
    from figures
    where unit = 'count' and basis in ('year', 'point', 'rolling_12m', 'quarter', 'unknown')
    group by report_id, row_id, role, area_id, period_start, period_end

),

pairs as (

    select
        rates.figure_id as rate_figure_id,
        counts.figure_id as count_figure_id,
        rates.row_id as rate_row_id,
        counts.row_id as count_row_id,
        rates.reading_place,
        rates.per,
        rates.value as rate,
        rates.decimals,
        rates.x_low as rate_low,
        rates.x_high as rate_high,
        counts.value as count_value
    from rates
    inner join counts
        on
            rates.report_id = counts.report_id
            and rates.row_id <> counts.row_id
            and rates.role = counts.role
            and rates.area_id = counts.area_id
            and rates.period_start is not distinct from counts.period_start
            and rates.period_end is not distinct from counts.period_end
    where
        counts.value * rates.per >= {{ least_population }} * rates.value
        and counts.value * rates.per <= {{ most_population }} * rates.value

),

compared as (

    select
        ours.rate_figure_id,
        ours.count_figure_id,
        ours.rate_row_id,
        ours.count_row_id,
        theirs.rate_figure_id as other_rate_figure_id,
        theirs.count_figure_id as other_count_figure_id,
        theirs.reading_place as other_place,
        theirs.rate as other_rate,
        theirs.count_value as other_count,
        ours.count_value,
        100 * ours.rate_low * theirs.count_value
        <= (100 + {{ population_may_move }}) * theirs.rate_high * ours.count_value
        and (100 + {{ population_may_move }}) * ours.rate_high * theirs.count_value
        >= 100 * theirs.rate_low * ours.count_value
            as agrees
    from pairs as ours
    inner join pairs as theirs
        on
            ours.rate_row_id = theirs.rate_row_id
            and ours.count_row_id = theirs.count_row_id
            and ours.rate_figure_id <> theirs.rate_figure_id
            and ours.count_figure_id <> theirs.count_figure_id

),

-- How many others each pair agrees with, and how much the counts move among those.
judged as (

    select
        rate_row_id,
        count_row_id,
        other_rate_figure_id as rate_figure_id,
        other_count_figure_id as count_figure_id,
        other_place,
        sum(case when agrees then 1 else 0 end) as agreed,
        count(*) as asked,
        greatest(max(case when agrees then count_value end), max(other_count)) as most,
        least(min(case when agrees then count_value end), min(other_count)) as least_count
    from compared
    group by
        rate_row_id, count_row_id, other_rate_figure_id, other_count_figure_id, other_place

),

-- The pair that most others agree with stands for the rows; the rows that agree best belong
-- together.
standards as (

    select
        *,
        row_number() over (
            partition by rate_row_id order by agreed desc, count_row_id, other_place
        ) as place
    from judged
    where
        agreed >= 2
        and 3 * agreed >= 2 * asked
        and 100 * most >= (100 + {{ counts_must_move }}) * least_count

),

tested as (

    select
        pairs.*,
        compared.agrees,
        compared.other_rate_figure_id,
        compared.other_count_figure_id,
        compared.other_rate,
        compared.other_count
    from standards
    inner join compared
        on
            standards.rate_figure_id = compared.other_rate_figure_id
            and standards.count_figure_id = compared.other_count_figure_id
    inner join pairs
        on
            compared.rate_figure_id = pairs.rate_figure_id
            and compared.count_figure_id = pairs.count_figure_id
    where standards.place = 1

),

-- A rate that is also printed with its own parts is tested there.
worded as (

    select
        *,
        cast(other_rate as double) * cast(count_value as double) / cast(other_count as double)
            as expected,
        cast(other_count as double) * per / cast(other_rate as double) as population
    from tested
    where
        rate_figure_id not in (
            select relates_to_figure_id
            from {{ ref('int_checks__figures') }}
            where relation in ('numerator_of', 'denominator_of')
        )

)

select
    rate_figure_id as claim_figure_id,
    'ratio' as family,
    case when agrees then 'consistent_if' else 'inconsistent' end as verdict,
    'implied_population' as reading,
    'probable' as check_certainty,
    case when not agrees then 'unknown' end as likely_cause,
    {{ outward('expected * (1 - ' ~ population_may_move ~ ' / 100.0)', 'floor') }} as expected_low,
    {{ outward('expected * (1 + ' ~ population_may_move ~ ' / 100.0)', 'ceil') }} as expected_high,
    count_figure_id,
    other_rate_figure_id,
    other_count_figure_id,
    {{ number_text('rate', 'decimals') }} || ' per '
    || {{ plain_number('per', 0) }} || ' and ' || {{ plain_number('count_value', 0) }}
    || ' imply a population of '
    || {{ plain_number('round(count_value * per / rate / 1000) * 1000', 0) }}
    || case
        when agrees
            then
                ', within {{ population_may_move }}% of the '
                || {{ plain_number('round(population / 1000) * 1000', 0) }}
                || ' that other years imply.'
        else
            '; other years imply '
            || {{ plain_number('round(population / 1000) * 1000', 0) }}
            || ', on which the rate would be ' || {{ number_text('expected', 'decimals') }} || '.'
    end as explanation
from worded
