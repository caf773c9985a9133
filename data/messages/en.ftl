# The words of mali-timeline in English. Every message stands in fr.ftl too.
# A killing is told in neutral words; a figure is never without its claimant; an accusation
# is never worded as a fact.

## Lists and marks
list-and = { $first } and { $last }
list-or = { $first } or { $last }
quoted = “{ $text }”
sentence-join = { "; " }

## Dates
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date-first = 1
date-day = { $day } { $month }
date-month-year = { $month } { $year }
date-days = { $first }–{ $last }
date-range = { $first } – { $last }
date-month = { $month } (day not known)
date-year = { $year } (day not known)
date-unknown = date not known

## Figures
figure-none = dozens or several — no figure given
figure-at-least = at least { $n }
figure-about = about { $n }
figure-up-to = up to { $n }
figure-range = { $low }–{ $high }
toll-no-figure = no figure given
toll-open = { $high } or more
toll-range = { $low }–{ $high }
toll-range-open = { $low }–{ $high } or more
toll-up-to = up to { $high }
toll-up-to-open = up to { $high } or more
claim-no-figure = { $people }, no figure given
claim-group = { $people } ({ $group })
people-killed = { $figure } { $count ->
    [one] person killed
   *[other] people killed
}
people-wounded = { $figure } { $count ->
    [one] person wounded
   *[other] people wounded
}
people-detained = { $figure } { $count ->
    [one] person detained
   *[other] people detained
}
people-abducted = { $figure } { $count ->
    [one] person abducted
   *[other] people abducted
}
people-missing = { $figure } { $count ->
    [one] person missing
   *[other] people missing
}
source-speaks = { $source } (in its own words)

## Kinds, groups and other words of the model
kind-massacre = Massacre
kind-armed-clash = Armed clash
kind-attack-on-armed-forces = Attack on armed forces
kind-airstrike = Airstrike
kind-bombing = Bombing or explosive device
kind-abduction = Abduction
kind-execution = Execution
kind-siege = Siege
kind-other = Other or not stated
measure-killed = killed
measure-wounded = wounded
measure-detained = detained
measure-abducted = abducted
measure-missing = missing
group-civilians = civilians
group-soldiers = soldiers
group-militants = jihadist fighters
group-peacekeepers = peacekeepers
group-mercenaries = private military contractors
group-rebels = rebels
group-militia = militia members
group-police = police and guards
group-children = children
group-women = women
group-total = people
group-other = other group
stance-stated = Stated by the source
stance-claimed = Claimed by the actor
stance-accused = Accused by somebody
stance-suspected = Suspected
stance-denied = Denied
stance-involved = Involved, no direction stated
status-parsed = Parsed, not reviewed
status-reviewed = Reviewed
source-kind-encyclopedia = Encyclopedia
source-kind-news = News
source-kind-report = Report
source-kind-statement = Statement
source-kind-dataset = Dataset
source-kind-digest = Digest
language-en = English
language-fr = French
precision-exact = the place itself
precision-near = close by
precision-cercle = middle of the cercle
precision-region = middle of the region
precision-unknown = known by name only
place-region-then-now = { $then }, today { $now }
country-bf = Burkina Faso
country-ci = Côte d’Ivoire
country-dz = Algeria
country-gn = Guinea
country-mr = Mauritania
country-ne = Niger
country-sn = Senegal

## Attributions
attribution-stated = { $actor } — as the source states it
attribution-stated-by = { $actor } — according to { $by }
attribution-claimed = claimed by { $actor }
attribution-claimed-by = claimed by { $actor }, according to { $by }
attribution-accused = { $actor } — accused
attribution-accused-by = { $actor } — accused by { $by }
attribution-suspected = { $actor } — suspected
attribution-suspected-by = { $actor } — suspected by { $by }
attribution-denied = { $actor } — denied
attribution-denied-by = { $actor } — denied by { $by }
attribution-involved = { $actor } — involved, no direction stated
attribution-involved-by = { $actor } — involved according to { $by }, no direction stated

## Filters and the sentence that says them
filter-region = Region
filter-perpetrator = Perpetrator named
filter-victim = Victims
filter-type = Kind
filter-source = Source
filter-stance = How the perpetrator is named
filter-status = Review
sort-newest = Newest first
sort-oldest = Oldest first
sort-deadliest = Highest claim of deaths first
sentence-all = All incidents
sentence-some = Incidents { $clauses }
sentence-region = in the region { $values }
sentence-perpetrator = { $values } named as perpetrator
sentence-victim = with { $values } among the victims
sentence-type = kind: { $values }
sentence-source = told in { $values }
sentence-stance = perpetrator { $values }
sentence-status = { $values }
sentence-q = mentioning “{ $text }”
sentence-in = in { $date }
sentence-from = from { $date } on
sentence-to = until { $date }
sentence-from-to = from { $from } to { $to }
sentence-sort-newest = newest first
sentence-sort-oldest = oldest first
sentence-sort-deadliest = highest claim of deaths first
