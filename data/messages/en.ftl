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
group-civilians = { $count ->
    [one] civilian
   *[other] civilians
}
group-soldiers = { $count ->
    [one] soldier
   *[other] soldiers
}
group-militants = { $count ->
    [one] jihadist fighter
   *[other] jihadist fighters
}
group-peacekeepers = { $count ->
    [one] peacekeeper
   *[other] peacekeepers
}
group-mercenaries = { $count ->
    [one] private military contractor
   *[other] private military contractors
}
group-rebels = { $count ->
    [one] rebel
   *[other] rebels
}
group-militia = { $count ->
    [one] militia member
   *[other] militia members
}
group-police = { $count ->
    [one] police officer or guard
   *[other] police and guards
}
group-children = { $count ->
    [one] child
   *[other] children
}
group-women = { $count ->
    [one] woman
   *[other] women
}
group-total = { $count ->
    [one] person
   *[other] people
}
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
sentence-perpetrator = with { $values } named as perpetrator
sentence-victim = with { $values } among the victims
sentence-type = kind: { $values }
sentence-source = told in { $values }
sentence-stance = attribution: { $values }
sentence-status = { $values }
sentence-q = mentioning “{ $text }”
sentence-in = in { $date }
sentence-from = from { $date } on
sentence-to = until { $date }
sentence-from-to = from { $from } to { $to }
sentence-sort-newest = newest first
sentence-sort-oldest = oldest first
sentence-sort-deadliest = highest claim of deaths first

## More on figures
toll-by-claims = { $toll }, by { $claims ->
    [one] one claim
   *[other] { $claims } claims
}
toll-parts-only = { $measure }: { $claims ->
    [one] one claim, about a part of the victims only
   *[other] { $claims } claims, each about a part of the victims only
}
claim-by = according to
claim-part = a part of the victims
claims-more = More claims
scale-from-to = scale 0 to
count-claims = { $count ->
    [0] no figures claimed
    [one] 1 figure claimed
   *[other] { $count } figures claimed
}
count-incidents = { $count ->
    [0] no incidents
    [one] 1 incident
   *[other] { $count } incidents
}
count-sources = { $count ->
    [0] No sources
    [one] 1 source
   *[other] { $count } sources
}
count-passages = { $count ->
    [one] 1 marked passage
   *[other] { $count } marked passages
}

## Kinds of actors
actor-kind-state-forces = Forces of Mali
actor-kind-foreign-forces = Foreign forces
actor-kind-private-military-company = Private military company
actor-kind-jihadist = Jihadist group
actor-kind-separatist = Separatist or rebel movement
actor-kind-self-defence-militia = Self-defence militia
actor-kind-united-nations = United Nations
actor-kind-speaker = Body that only speaks
actor-kind-unknown = Not identified

## Around every page
site-name = Mali timeline
skip = Skip to the content
nav-label = Main
nav-timeline = Timeline
nav-sources = Sources
nav-about = How to read it
foot = Every figure is somebody’s claim; every attribution is somebody’s statement. Follow the words back to their source before you use them.
foot-program = mali-timeline
foot-json = This page as JSON
nav-perpetrator = Actors
nav-place = Places
nav-victim = Victims

## Timeline
overview-numbers = { $incidents ->
    [one] 1 incident
   *[other] { $incidents } incidents
}, told by { $sources ->
    [one] 1 source
   *[other] { $sources } sources
}, with { $claims ->
    [one] 1 claimed figure
   *[other] { $claims } claimed figures
}.
overview-span = From { $first } to { $last }{ $undated ->
    [0] {"."}
    [one] {""}, and one whose date is not known.
   *[other] {""}, and { $undated } whose date is not known.
}
overview-day = On { $first }{ $undated ->
    [0] {"."}
    [one] {""}, and one whose date is not known.
   *[other] {""}, and { $undated } whose date is not known.
}
creed = Figures here are claims, not counts: each stands with who makes it. Words underlined with dots open the source at the very sentence.
creed-more = How to read it
chips-label = Active filters
chips-clear = Show everything
chip = { $label }: { $value }
chip-remove = remove
chart-incidents = Incidents
chart-killed = People killed, by claim
chart-lowest = sum of lowest claims
chart-highest = up to the sum of highest claims
chart-table = The same numbers as a table
chart-note = Deaths are the sums, over the incidents listed, of the lowest and of the highest claim. Incidents without a claimed figure and incidents without a date are not in them. A span of days counts in its first month.
chart-month = Month
chart-year = Year
chart-bar = { $period }: { $count ->
    [one] 1 incident
   *[other] { $count } incidents
}
chart-bar-killed = { $period }: { $count ->
    [one] 1 incident
   *[other] { $count } incidents
}; { $killed }, by claim
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
filters-label = Filters
filters-apply = Apply
filter-q = Text
filter-from = From
filter-to = To
filter-sort = Order
date-placeholder = YYYY-MM-DD
facet-more = More
facet-none = Without incidents here
list-label = Incidents
month-unknown = Month and day not known
undated-heading = Date not known
undated-text = The sources do not say when these happened. They are in no month and no year.
item-told-by = told by { $count } sources
item-who = Who is named
item-victims = Victims
item-where = Where
item-cercle = cercle of { $name }
words-in-source = In
words-also-in = Also in
page-next = Next page →
page-first = ← First page
export-label = Take this view along:
export-html = HTML
export-csv = CSV
export-json = JSON
nothing-title = No incident fits this filter
nothing-text = That says only what the imported sources tell, not what happened. Try with less:
nothing-without = Without
empty-title = Nothing has been imported yet
empty-text = Import text files, Markdown with front matter, or a folder of them:
lanes-label = Chart
lanes-together = together
lanes-perpetrator = by kind of perpetrator
lanes-region = by region
lanes-none-perpetrator = Nobody named, or only denied
lanes-none-region = No region of Mali named
lanes-note-perpetrator = A lane holds the incidents for which an actor of that kind is named as perpetrator in any way but a denial: stated, claimed, accused, suspected or involved. An incident with several kinds stands in each, with all deaths claimed for it; lanes are not to be added up.
lanes-note-region-now = Regions are those of today. An incident told of several regions stands in each, with all deaths claimed for it; lanes are not to be added up.
lanes-note-region-then = Regions are those of the day of each incident. An incident told of several regions stands in each, with all deaths claimed for it; lanes are not to be added up.
export-restricted = Not to be passed on: { $count ->
    [one] the terms of { $titles } forbid redistributing its rows. They would be in every file made here; leave this source out before you share one.
   *[other] the terms of { $titles } forbid redistributing their rows. They would be in every file made here; leave these sources out before you share one.
}

## Incident
incident-facts = Who and where
incident-figures = Figures, by claim
incident-no-figures = No source gives a figure.
incident-words = In the words of the sources
incident-told = What each source tells
ledger = Ledger of claims
ledger-note = Each row is one figure by one claimant. Rows are not to be added up.
ledger-measure = Measure
ledger-figure = Figure
ledger-group = Group
ledger-claimant = Claimant
ledger-said = Said on
ledger-words = Exact words, and source
account-title = Title
account-date = Date
account-claims = Figures
cite = How to cite
cite-incident = “{ $title }” ({ $date }), incident { $id } of a mali-timeline database, version { $version }. Cite the sources below for the facts:

## Sources
sources-text = Their whole text is stored, and every fact on the timeline opens at the words that say it.
source-published = published { $date }
source-sensitive = marked sensitive: left out of exports that are safe to share
source-retrieved = retrieved { $date }
page-cited = p. { $page }
page-number = Page { $page }
source-aside = About this source
source-told = What it tells
source-told-none = No incident was found in this text.
source-meta = The document
source-front = Metadata at the start of the file, as it stands
legend = Marked words
legend-note = Each mark supports a fact. Its words, or the number after it, lead to the incident.
fact-date = Date
fact-place = Place
fact-attribution = Perpetrator named
fact-victim = Victims
fact-claim = Figure
fact-whole = Account of an incident
field-publisher = Publisher
field-kind = Kind
field-published = Published
field-retrieved = Copy taken
field-url = Original
field-licence = Licence
field-language = Language
field-file = File
field-hash = SHA-256 of the text
licence-unknown = Licence not stated
problems = What was not understood
problem-line = Line { $line }:
problem-text = expected { $expected }, found { $found }
source-restricted = Not to be passed on: its terms forbid redistributing its rows. Every export of its incidents contains them.

## About
about-lead = This is a timeline of the armed conflict in Mali, made from documents that were imported on this computer. It says who says what, and where: every date, place, name and figure leads to the exact words of a source.
about-who = It is for people who have to be able to answer for each word: journalists, researchers, analysts, students. It runs on this machine alone; no page asks anything of any other.
about-figures-title = Figures are claims
about-figures = A number of people killed, wounded, detained, abducted or missing is always shown with its claimant: an army, a group, a government, a witness, or the source in its own words. Conflicting figures stand side by side, on one scale. “At least”, “about” and “up to” stay as they were said; where a source says “dozens” or “several”, no number is made of it.
about-toll = The range of an incident (“14–31 people killed, by 5 claims”) is made by one rule. What one claimant says of different groups (civilians, soldiers …) is added up; a total that the claimant gives stands in place of a lower sum. The range runs from the lowest claimant to the highest. Claimants are never added to each other.
about-parts = Women and children are counted inside other groups and add nothing. A figure about only some of the victims is shown, marked as a part, and left out of the range.
about-stances-title = An accusation is not a fact
about-stances = How an actor is named matters as much as the name. Each way has its own words and its own filter:
about-stance-stated = The source itself says that the actor did it, in its own words or after somebody whom it names.
about-stance-claimed = The actor says so of itself.
about-stance-accused = Somebody else says so: a government, an army, a witness, an organisation.
about-stance-suspected = The source reports it as a suspicion or a belief.
about-stance-denied = The actor, or somebody for it, says that it was not so. A denial alone does not list the incident under that actor.
about-stance-involved = The actor took part; the source (often an event dataset) does not say who did what to whom.
about-signs-title = Signs of the kinds of actors
about-dates-title = Dates are no more exact than their source
about-dates = The sign beside an incident shows how exact its date is. When dates are filtered, an incident is found whenever it may have happened in the period.
about-date-day = a day
about-date-range = from one day to another
about-date-month = a month or a year, the day not known
about-date-unknown = no date: a lane of its own, at the end
about-regions-title = Regions then and now
about-regions = Mali had eight regions and the district of Bamako; in 2016 Ménaka and Taoudénit began to work as regions; since March 2023 there are nineteen, and Bamako. An incident is found under the region in which its place lay on the day, and under the one in which it lies today; where they differ both are shown.
about-words-title = Victims and actors
about-words = Groups form trees: a filter for Tuareg finds Daoussahak too, a filter for JNIM finds Katiba Macina. People are put in a group only where a source names it.
about-review-title = Parsed, not reviewed
about-review = Texts are read by rules, without guessing: what is not in the text is not on the page. Rules err all the same. Until a person has confirmed it, an account is marked “parsed, not reviewed”; read the marked words before you rely on it.
about-licences-title = Licences
about-geography = The map and the places:
about-licences = The program is free software (MIT or Apache 2.0). The texts belong to their publishers and stay under their own licences:

## Errors
error-not-found-title = There is no such page
error-not-found-text = Nothing stands at this address. An incident or source may have been replaced by a later import.
error-bad-value-title = This value is not allowed
error-bad-value-text = The address asks for something that there is not, so nothing is listed: an empty list would say that nothing happened.
error-unknown-key-title = This parameter is not known
error-unknown-key-text = The address has a parameter that this page does not have, so nothing is listed: leaving it out would answer another question.
error-method-title = Pages can only be read
error-method-text = This address answers GET and HEAD.
error-too-large-title = This is too long
error-too-large-text = The address, a header or the body of the request is longer than any that these pages send.
error-malformed-title = This cannot be understood
error-malformed-text = The address or the form that was sent is not one that these pages make.
error-busy-title = Not just now
error-busy-text = The answer took too long, or too many were asking at once. Try again in a moment, or with a narrower filter.
error-internal-title = Something went wrong here
error-internal-text = The fault is the program’s, not yours. What happened stands in its log.
error-found = Found
error-expected = Expected
error-allowed = Allowed
expected-day = a day up to today as YYYY-MM-DD
expected-date = a date as YYYY, YYYY-MM or YYYY-MM-DD
expected-after = the link to the next page, as the page gives it
expected-search = at least one letter or digit
expected-order = a date that is not before the first one
way-timeline = The whole timeline
way-sources = All sources

## Exports
export-numbers = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}, { $sources ->
    [one] told by { $sources } source
   *[other] told by { $sources } sources
}
export-made = Made on { $date } (UTC) by { $program }.
export-note = Figures are claims: each stands with the one who makes it and the words that say it. A range runs from the lowest claimant to the highest; claimants are never added to each other. The texts quoted belong to their publishers and stay under the licences stated below.
export-sources = Sources
export-seal = The number below seals all that stands above it: “mali-timeline verify FILE” says whether any of it was changed since.
export-claim = { $claim } — { $who }: “{ $quote }”
export-claim-part = { $claim }, only some of the victims — { $who }: “{ $quote }”

## Access
error-host-title = This name is not ours
error-host-text = The request names a host that this program does not answer to. Use an address that it printed at its start, or start it with --allow-host and this name.
error-other-site-title = Not from another site
error-other-site-text = A page of another site made this request. Open the address itself.
error-key-title = The key, please
error-key-wrong-title = This is not the key
error-keys-title = Too many wrong keys
error-keys-text = Too many wrong keys came from your address. Wait a little, then type the key that the program printed at its start.
key-text = This timeline is shared with those who have its key. Whoever shares it sees the key, and a link that contains it, where the program was started.
key-label = Key
key-button = Open
key-again = I have opened the link with the key already: go on

## Formats
export-claims-csv = CSV of claims
export-xlsx = Excel
export-jsonl = JSON Lines
export-geojson = GeoJSON
export-timelinejs = TimelineJS
export-md = Markdown
export-bib = BibTeX
export-ris = RIS
export-undated = { $n ->
    [one] { $n } incident without a date is not shown.
   *[other] { $n } incidents without a date are not shown.
}
export-as-of = as known on { $day }, without what was imported later
export-redacted = made safe to share: without the words of sources, titles of incidents, names that are no known actor, exact coordinates{ $sources ->
    [0] {""}
    [one] {""}, and the name of { $sources } source without a web address
   *[other] {""}, and the names of { $sources } sources without a web address
}
export-left-out-sources = without { $sources ->
    [one] { $sources } source that is marked sensitive
   *[other] { $sources } sources that are marked sensitive
}
export-left-out-incidents = without { $incidents ->
    [one] { $incidents } incident that nothing else tells
   *[other] { $incidents } incidents that nothing else tells
}

## More filters
filter-place = Place
place-cercle = { $name } (cercle)
place-region = { $name } (region)
sentence-region-then = in the region { $values } of the day
sentence-region-now = in the region { $values } of today
sentence-place = at { $values }
sentence-killed-low = with at least { $count ->
    [one] 1 person
   *[other] { $count } people
} killed by the lowest claim
sentence-killed-high = with at least { $count ->
    [one] 1 person
   *[other] { $count } people
} killed by the highest claim
filter-killed = Killed, at least
filter-killed-by = by the claim
killed-by-low = lowest
killed-by-high = highest
chip-killed-low = { $count } by the lowest claim
chip-killed-high = { $count } by the highest claim
region-as-label = As of
region-as-either = either
region-as-then = that day
region-as-now = today
facet-rest = and { $count } more, to be found by name in the text field
expected-number = a whole number from 1 to 1000000

## Map
nav-map = Map
view-list = As a list
view-map = On the map
map-title = Map: { $sentence }
map-numbers = { $incidents ->
    [one] 1 incident
   *[other] { $incidents } incidents
} at { $places ->
    [one] 1 place
   *[other] { $places } places
}{ $without ->
    [0] {"."}
    [one] {""}; one names no place and is not on the map.
   *[other] {""}; { $without } name no place and are not on the map.
}
map-skip = Skip the drawing: places as a table
map-sign = { $place }: { $count ->
    [one] 1 incident
   *[other] { $count } incidents
} ({ $precision })
map-narrow = Only the region { $region }
map-widen = The whole country again, not only { $region }
map-whole-region = { $count ->
    [one] 1 incident told of the region as a whole
   *[other] { $count } incidents told of the region as a whole
}
map-precision-exact = the place itself
map-precision-near = close by
map-precision-cercle = somewhere in this cercle
map-precision-region = somewhere in this region
map-precision-unknown = known by name only
map-key-exact = the place itself; larger where more incidents are told
map-key-near = close by
map-key-area = somewhere in this cercle or region
map-note = Outlines are those of the eight regions of before 2016 and of Bamako. An incident told of several places is drawn at each.
map-links = A region or circle is a link.
map-zoom-in = Look closer
map-zoom-out = Step back
map-zoom-all = Show it whole
map-places = Places
map-more = More places
map-precision = How exactly it is known
map-not-drawn = (not drawn)
map-coordinates = Coordinates of known places: GeoNames (CC BY 4.0) and OCHA COD-AB (CC BY-IGO). Outlines:
way-map = The map
map-left-out = { $count ->
    [one] 1 place is known by name only, or lies outside, and is not drawn.
   *[other] { $count } places are known by name only, or lie outside, and are not drawn.
}

## Actors, places and victim groups
subject-perpetrator = Actor
subject-place = Place
subject-victim = Victim group
subject-meaning-perpetrator = It, or a part of it, is named as perpetrator: stated, claimed, accused, suspected or involved. A denial alone is not counted.
subject-meaning-place = A source tells that these happened there or close by.
subject-meaning-victim = Sources name them, or a part of them, among the victims.
subject-none = Nothing that was imported tells of an incident here.
subject-known = What the program knows
subject-whence-perpetrator = From this program’s own registry of actors, by which names in texts are recognised; not from the sources. An entry says how an actor is named, never what it did.
subject-whence-place = From this program’s gazetteer; coordinates: GeoNames (CC BY 4.0) and OCHA COD-AB (CC BY-IGO).
subject-whence-victim = From this program’s own tree of groups, by which words in texts are recognised; not from the sources.
subject-kind = Kind
subject-in-french = In French
subject-in-english = In English
subject-years = Active
subject-since = since { $year }
subject-until = until { $year }
subject-part-of = Part of
subject-parts = Parts
subject-continued = Continued as
subject-continues = Continues
subject-aliases = Also written
subject-terms = Words that name them
subject-cercle = Cercle (before 2012)
subject-before-2016 = Region until 2015
subject-from-2016 = Region from 2016
subject-from-2023 = Region since 2023
subject-country = Country
subject-coordinates = Coordinates
subject-whole-region = Everything in the region
subject-codes = Codes
code-of = { $name }: { $code }
code-iso = ISO 3166-2 { $code }
code-cod-v03 = P-code { $code } (OCHA COD-AB v03, division of 2023)
subject-town = The town of the same name
subject-counts = What the sources tell
subject-recent = Latest incidents
subject-all = All of them on the timeline
compass-north = N
compass-south = S
compass-east = E
compass-west = W
about-subject = About { $name }
subjects-meaning-perpetrator = Everybody whom a source names as perpetrator, in whatever way: stated, claimed, accused, suspected or involved. A number counts incidents, not guilt; a denial alone is not counted.
subjects-meaning-place = Every place at which a source tells of an incident, by its region of today.
subjects-meaning-victim = Everybody whom a source names among the victims. A part is counted in its whole too.
subjects-silent-perpetrator = Known to the program, named by no source as perpetrator
subjects-silent-place = Known to the program, named by no source
subjects-silent-victim = Known to the program, named by no source
subjects-no-region = Region not known
subjects-more = { $count ->
    [one] 1 more, with the map
   *[other] { $count } more, with the map
}

## Around an incident
incident-said = How the toll changed
incident-same-place = At the same place
incident-same-week = Within three days
incident-others-all = All of them on the timeline
incident-about = More about
incident-linked = Linked by a source
incident-linked-note = Only where a source itself links two incidents, in the words below. Another source may see it otherwise.
linked-answer-earlier = Told as an answer to
linked-answer-later = Told as answered by
linked-after-earlier = Told as following
linked-after-later = Told as followed by

## Beside a source
notes-count = { $count ->
    [one] 1 fact here
   *[other] { $count } facts here
}
fact-previous = Previous fact
fact-next = Next fact

## Compare
compare = Compare
compare-title = Compare: { $a } — { $b }
compare-note = Two filters side by side, on one scale. What differs is what the imported sources tell, not what happened.
compare-any = any

## Matches
matches-title = One incident or two?
matches-note = Two sources may tell of one incident. Where place, date, kind, actors and figures clearly agree, their accounts stand side by side as one incident; where they may, a person decides. Nothing is counted twice, nothing is mixed on a guess, and every decision can be undone.
matches-lists = Lists
matches-read-only = Decisions are made on the machine on which the program runs, while it is not shared: here with “serve”, or with the command “mali-timeline matches”.
matches-none = Nothing is listed here.
matches-none-open = No pair of incidents waits for a decision.
matches-none-decided = Nothing was decided about any pair of incidents.
matches-none-joined = Rules have joined no sources.
matches-next = More
match-list-open = To decide
match-list-decided = Decided
match-list-joined = Joined by rules
match-list-open-text = Pairs of incidents that may be one. Until somebody decides they are counted as two.
match-list-decided-text = What was decided: it holds through later imports until it is undone.
match-list-joined-text = Incidents that rules found several sources to tell, each source beside the others.
match-heading = Agreement { $score }: { $doubt }
match-joined = Agreement { $score }: joined by rules
match-points = { $part } of { $whole }
match-why = How they agree
match-element = What
match-agreement = How it agrees
match-part-of = Points
match-same = They are one incident
match-different = They are two incidents
match-part = This source tells of another incident
match-undo = Undo this decision
match-decided-same = Decided on { $day }: one incident.
match-decided-different = Decided on { $day }: two incidents.
match-decided-parted = Decided on { $day }: two incidents, which rules had joined.
match-reason-neither = neither actors nor figures agree
match-reason-actors = other actors are named
match-reason-figures = the numbers of dead are far apart
match-reason-kinds = the kinds of event do not fit
match-reason-little = place and day agree, and nothing else speaks for it
match-reason-month = the dates agree only in their month or long span
match-reason-year = the dates agree only in their year
match-reason-next-day = the dates are one day apart
match-reason-undated = one of them has no date
match-reason-neighbours = two names of places close together
match-reason-some = it agrees with only some accounts of the incident
match-reason-several = several incidents fit about as well
match-reason-settled = both are told by several sources, or decided about
match-reason-person = named by a person
match-actors = Actors
match-both = { $what } in both
match-two = { $a } and { $b }: { $fit }
match-differ = { $a } in one, { $b } in the other
match-km = { $km } km apart
match-place-named = { $name } in both, { $apart }
match-place-two = { $a } and { $b }, { $apart }
match-place-apart = other places
match-place-apart-km = other places, { $apart }
match-date-overlap = they overlap
match-date-month = only within a month or long span
match-date-year = only within a year
match-date-next-day = one day apart
match-date-undated = one has no date
match-date-apart = they exclude each other
match-kind-close = two words for the same thing
match-kind-loose = they may be one where more speaks for it
match-kind-never = hardly one incident
match-kind-unstated = one kind is not known
match-one-side = { $actors } in both, in one of them beside an opponent and without direction
match-actors-unknown = not named by both
match-figures-unknown = not given by both
match-figures-agree = { $a } and { $b }: they may be one number
match-figures-alike = { $a } and { $b }: within a factor of two
account-claim = { $claim }, by { $by }
incident-matches = How the sources of this incident were put together, and what may be one with it
sources-matches = Incidents of several sources: one or two?
error-decision-title = This cannot be decided so
error-decision-text = Nothing was changed.
error-decision-expected = two incidents of the lists, and no decision that says the opposite
decision-no-incident = No incident has the id { $a }.
decision-one-incident = { $a } and { $b } are one incident.
decision-contradicts = It contradicts what was decided about { $a } and { $b }: undo that first.
decision-undecided = Nothing was decided about { $a } and { $b }.
decision-not-joined = No rule joined what { $b } tells with what others tell of { $a }.

## Keys
keys-title = Keyboard
keys-next = next incident, or fact of a source
keys-previous = previous one
keys-page = next page of the list
keys-map = this view on the map
keys-search = search
keys-help = these keys
keys-on = Use these keys
keys-close = Close
facet-find = Search in { $label }
keys-zoom = on the map: look closer, step back, show it whole; the arrow keys move it

## A dataset and its rows
count-rows = { $count ->
    [0] No rows
    [one] 1 row
   *[other] { $count } rows
}
dataset-incidents = Show its incidents
dataset-releases = Releases
dataset-release = Release
dataset-imported = Imported
dataset-added = Added
dataset-changed = Changed
dataset-withdrawn = Withdrawn
dataset-unchanged = Unchanged
dataset-more-problems = { $count } more are not listed.
dataset-rows = Rows, as they were
page-start = ← Start of the list
dataset-columns = Columns
row-withdrawn = withdrawn
record-about = Row { $key }: line { $line } of { $file }, imported on { $day }
record-withdrawn = Withdrawn since { $day }: the latest release of the dataset does not have this row any more. It counts nowhere.
record-incident = The incident that it tells
record-cells = The row as it was
record-empty = Empty:
record-until = Until { $day }: line { $line } of { $file }
record-same-cells = The same cells, read in another way.
record-column = Column
record-then = Then
record-after = After

## As of an earlier day
as-of = As known on { $day }: what was imported later is left out.
as-of-now = As known now

## Review

said-main = The document is about it
said-beside = Told besides
said-words = Words
said-by = { $figure }, according to { $who }
review-title = Review
review-note = What was read from a document stands beside its text. Accept what is right, correct what is not: every fact keeps the words that say it. Nothing leaves this machine.
review-none = There is no document yet.
review-progress = { $reviewed } of { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
  } reviewed
review-of = Review: { $title }
review-all = All documents
review-source = The source as readers see it
review-text = Text of the document
review-incidents = Incidents
review-accept = Accept
review-correct = Correct or split
review-merge = Merge with
review-merge-do = Merge
review-reject = Reject
review-reject-note = It is no incident of this document.
review-more = Merge or reject
review-who = Your name
review-why = Why
review-save = Save
review-cancel = Leave without saving
review-new = Write an incident that is missing
review-new-title = An incident that is missing
review-edit-title = Correct: { $title }
review-list-has = The list has, and the parser does not say
review-parser-says = The parser says, and the list does not
review-parser-silent = The parser does not tell this incident.
review-proposals = Told by the parser only
review-proposals-note = Not in the list, and not on the timeline, until somebody adds it.
review-add = Add
review-gone = Rejected
review-history = History of corrections
review-log-accept = accepted by { $who }
review-log-correct = corrected by { $who }
review-log-split = split by { $who }
review-log-merge = merged by { $who }
review-log-reject = rejected by { $who }
review-log-add = added by { $who }
review-log-old = Before
review-log-new = After
review-unsigned = Not saved: say who you are.
review-faults = Not saved: see what is marked below.
review-outdated = Not saved: this incident was changed meanwhile. What it says now stands here; what you typed stands below.
review-not-written = Not saved: the file of corrections cannot be written ({ $reason }).
review-now = What it says now
review-second = Title of the second incident
review-second-note = To split: tick what belongs to the second incident, and name it.
review-to-second = to the second incident
review-drop = delete
review-row-more = More
review-pick = Take the words selected in the text
review-by-name = by the gazetteer
review-by-numbers = by the numbers
review-choose = choose
review-list-place = Places
review-list-perpetrator = Perpetrators named
review-list-victim = Victims
review-list-claim = Figures
review-row-place = Place { $number }
review-row-perpetrator = Perpetrator { $number }
review-row-victim = Victims { $number }
review-row-claim = Figure { $number }
review-field-title = Title
review-field-kind = Kind
review-field-main = The document is about it
review-field-date = Date (2022-04-19, 2022-04, 2022 or 2022-04-19..2022-04-21; empty when unknown)
review-field-date-quote = Words that date it
review-field-date-at = Line of these words, where they stand several times
review-field-quote = Words of the document
review-field-at = Line of these words, where they stand several times
review-field-name = Name, as the document writes it
review-field-place = Id in the gazetteer, where the name is not enough
review-field-precision = What its coordinates stand for
review-field-region = Region
review-field-region-then = Region on the day, where it was another
review-field-cercle = Cercle, where the document states it
review-field-country = Country outside Mali (two letters)
review-field-lat = Degrees north
review-field-lon = Degrees east
review-field-actor = Actor
review-field-attribution = In which way
review-field-by = By whom (empty: the document itself)
review-field-actor-id = Id of the actor, where the name is not enough
review-field-by-actor = Actor for whom they speak, where the name is not enough
review-field-group = Group
review-field-measure = What happened
review-field-min = At least
review-field-max = At most
review-field-qualifier = How it is put
review-field-claimant = Who says so (empty: the document itself)
review-field-said-on = Said on (2022-04-19)
review-field-partial = Only some of the victims
review-field-claimant-actor = Actor for whom they speak, where the name is not enough
review-fault-quote = These words must stand in the document, exactly once unless a line is given.
review-fault-number = Expected a number.
review-fault-count = Expected a number that the quoted words state, in digits or in words.
review-fault-date = Expected a date such as 2022-04-19.
review-fault-place = Expected the name of one place; where several bear it, its id in the gazetteer.
review-fault-word = Expected another value.
review-fault-figure = The numbers do not fit how the figure is put.
reviewed-by = Reviewed by { $who }, { $day }
review-link = Review what was read from them
qualifier-exact = exactly
qualifier-at-least = at least
qualifier-about = about
qualifier-up-to = up to
qualifier-range = from … to …
qualifier-dozens = dozens, no figure
