{# Period arithmetic of UK public reporting: the one place in SQL where dates are computed. A
   financial year runs from 1 April to 31 March and is known by the calendar year it begins in;
   quarter 1 is April to June. `ingest/periods.py` is its counterpart on the reading side. #}


{# The key of a period: its ISO 8601 interval, "2012-04-01/2012-06-30", or `unknown`. #}
{% macro period_id(period_start, period_end) -%}
    coalesce(
        cast({{ period_start }} as varchar) || '/' || cast({{ period_end }} as varchar), 'unknown'
    )
{%- endmacro %}


{# The calendar year in which the financial year of a day begins. #}
{% macro financial_year_start(day) -%}
    cast(
        extract(year from {{ day }})
        - case when extract(month from {{ day }}) < 4 then 1 else 0 end as integer
    )
{%- endmacro %}


{# "2012/13" from 2012. #}
{% macro financial_year_label(first_year) -%}
    cast({{ first_year }} as varchar)
    || '/'
    || lpad(cast(({{ first_year }} + 1) % 100 as varchar), 2, '0')
{%- endmacro %}


{# 2012 from "2012/13". #}
{% macro first_year_of(financial_year) -%}
    cast(substr({{ financial_year }}, 1, 4) as integer)
{%- endmacro %}


{#
    Whether "2015/15" is no financial year: its second half is not the year after the first, is no
    month ("2015/12"), and ends no span of up to ten years ("2012-14").
#}
{% macro is_no_financial_year(first_year, second_year) -%}
    (
        ({{ second_year }} - {{ first_year }} % 100 + 100) % 100 not between 1 and 9
        and {{ second_year }} not between 1 and 12
    )
{%- endmacro %}


{# The quarter, 1 to 4, of the financial year that a month belongs to, by its number; null for null. #}
{% macro quarter_of_month(month) -%}
    case
        when {{ month }} between 4 and 6 then 1
        when {{ month }} between 7 and 9 then 2
        when {{ month }} between 10 and 12 then 3
        when {{ month }} between 1 and 3 then 4
    end
{%- endmacro %}


{# The quarter, 1 to 4, of the financial year that a day falls in; null for null. #}
{% macro financial_quarter(day) -%}
    {{ quarter_of_month("extract(month from " ~ day ~ ")") }}
{%- endmacro %}


{# How many months a period touches: 3 for a quarter, 12 for a year. #}
{% macro months_in(period_start, period_end) -%}
    cast(
        (extract(year from {{ period_end }}) - extract(year from {{ period_start }})) * 12
        + extract(month from {{ period_end }})
        - extract(month from {{ period_start }})
        + 1 as integer
    )
{%- endmacro %}


{# Whether a period begins on the first and ends on the last day of a month. #}
{% macro is_whole_months(period_start, period_end) -%}
    (
        extract(day from {{ period_start }}) = 1
        and {{ period_end }} = last_day({{ period_end }})
    )
{%- endmacro %}


{# The first day of quarter 1 to 4 of the financial year that begins in `first_year`. #}
{% macro quarter_start(first_year, quarter) -%}
    cast(make_date({{ first_year }}, 4, 1) + to_months(3 * ({{ quarter }} - 1)) as date)
{%- endmacro %}


{# The last day of quarter 1 to 4 of the financial year that begins in `first_year`. #}
{% macro quarter_end(first_year, quarter) -%}
    last_day(cast(make_date({{ first_year }}, 4, 1) + to_months(3 * {{ quarter }} - 1) as date))
{%- endmacro %}


{# A day so many months later (negative: earlier); the last day of a month stays a last day. #}
{% macro shift_months(day, months) -%}
    case
        when {{ day }} = last_day({{ day }})
            then last_day(cast(date_trunc('month', {{ day }}) + to_months({{ months }}) as date))
        else cast({{ day }} + to_months({{ months }}) as date)
    end
{%- endmacro %}


{# A day so many whole years later (negative: earlier). #}
{% macro years_later(day, years) -%}
    {{ shift_months(day, 12 * years) }}
{%- endmacro %}


{# A day so many whole quarters later (negative: earlier). #}
{% macro quarters_later(day, quarters) -%}
    {{ shift_months(day, 3 * quarters) }}
{%- endmacro %}


{# What kind of stretch two dates span, from the dates alone. #}
{% macro period_type(period_start, period_end) -%}
    case
        when {{ period_start }} is null or {{ period_end }} is null
            then 'unknown'
        when not {{ is_whole_months(period_start, period_end) }}
            then 'other'
        when {{ months_in(period_start, period_end) }} = 1
            then 'month'
        when {{ months_in(period_start, period_end) }} = 12
            then
                case
                    when extract(month from {{ period_start }}) = 4 then 'financial_year'
                    else 'twelve_months'
                end
        when
            {{ months_in(period_start, period_end) }} = 3
            and extract(month from {{ period_start }}) in (1, 4, 7, 10)
            then 'quarter'
        when
            extract(month from {{ period_start }}) = 4
            and {{ months_in(period_start, period_end) }} < 12
            then 'year_to_date'
        when
            {{ months_in(period_start, period_end) }} > 12
            and {{ months_in(period_start, period_end) }} % 12 = 0
            then 'several_years'
        else 'other'
    end
{%- endmacro %}


{#
    A period as people write it: "Q1 2012/13", "Apr-Sep 2012 (year to date)", "2012/13",
    "12 months to Sep 2012", "3 years to Mar 2014". `is_point` turns a calendar year that is only
    known as the year of a survey into "2008 (calendar year)".
#}
{% macro period_label(period_start, period_end, is_point="false") -%}
    {%- set type = period_type(period_start, period_end) -%}
    {%- set months = months_in(period_start, period_end) -%}
    {%- set span -%}
        case
            when extract(year from {{ period_start }}) <> extract(year from {{ period_end }})
                then strftime({{ period_start }}, '%b %Y') || ' to ' || strftime({{ period_end }}, '%b %Y')
            when {{ months }} = 1
                then strftime({{ period_end }}, '%b %Y')
            else strftime({{ period_start }}, '%b') || '-' || strftime({{ period_end }}, '%b %Y')
        end
    {%- endset -%}
    case {{ type }}
        when 'unknown'
            then 'Unknown period'
        when 'quarter'
            then
                'Q'
                || cast({{ financial_quarter(period_end) }} as varchar)
                || ' '
                || {{ financial_year_label(financial_year_start(period_end)) }}
        when 'year_to_date'
            then {{ span }} || ' (year to date)'
        when 'financial_year'
            then {{ financial_year_label(financial_year_start(period_end)) }}
        when 'twelve_months'
            then
                case
                    when {{ is_point }} and extract(month from {{ period_start }}) = 1
                        then cast(extract(year from {{ period_start }}) as varchar) || ' (calendar year)'
                    else '12 months to ' || strftime({{ period_end }}, '%b %Y')
                end
        when 'several_years'
            then
                cast(cast({{ months }} / 12 as integer) as varchar)
                || ' years to '
                || strftime({{ period_end }}, '%b %Y')
        else
            case
                when {{ is_whole_months(period_start, period_end) }}
                    then {{ span }}
                else
                    strftime({{ period_start }}, '%-d %b %Y')
                    || ' to '
                    || strftime({{ period_end }}, '%-d %b %Y')
            end
    end
{%- endmacro %}


{# A pattern for the name of a month, whole or shortened, in small letters. #}
{% macro words_of_month() -%}
    (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*
{%- endmacro %}


{# The number of the month whose name begins so ("Sept" is 9), or null. #}
{% macro month_number(name) -%}
    case lower(substr({{ name }}, 1, 3))
        {%- for month in [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ] %}
            when '{{ month }}' then {{ loop.index }}
        {%- endfor %}
    end
{%- endmacro %}


{# So much of a year as so many quarters are, at the head of a sentence. #}
{% macro share_of_year(quarters) -%}
    case {{ quarters }}
        when 1 then 'A quarter of'
        when 2 then 'Half of'
        when 3 then 'Three quarters of'
        else 'All of'
    end
{%- endmacro %}


{# How much of a year so many quarters are. #}
{% macro part_of_year(quarters) -%}
    case {{ quarters }}
        when 1 then 'a quarter'
        when 2 then 'half a year'
        when 3 then 'three quarters'
        else 'a year'
    end
{%- endmacro %}


{# Sorts periods by their end, the shorter before the longer; the unknown period comes first. #}
{% macro period_sort_key(period_start, period_end) -%}
    coalesce(
        cast(strftime({{ period_end }}, '%Y%m%d') as bigint) * 10000
        + {{ months_in(period_start, period_end) }},
        0
    )
{%- endmacro %}


{# Whole numbers from `first` to `last`, both included, as a relation with one column, `number`. #}
{% macro numbers(first, last) -%}
    select cast(number as integer) as number
    from unnest(range({{ first }}, {{ last }} + 1)) as listed (number)
{%- endmacro %}
