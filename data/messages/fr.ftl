# Les mots de mali-timeline en français. Chaque message se trouve aussi dans en.ftl.
# Un meurtre se dit en termes neutres ; un chiffre ne va jamais sans son auteur ; une
# accusation n'est jamais présentée comme un fait.

## Listes et signes
list-and = { $first } et { $last }
list-or = { $first } ou { $last }
quoted = « { $text } »
sentence-join = { " ; " }

## Dates
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
date-first = 1er
date-day = { $day } { $month }
date-month-year = { $month } { $year }
date-days = { $first }–{ $last }
date-range = { $first } – { $last }
date-month = { $month } (jour inconnu)
date-year = { $year } (jour inconnu)
date-unknown = date inconnue

## Chiffres
figure-none = plusieurs ou des dizaines — aucun chiffre donné
figure-at-least = au moins { $n }
figure-about = environ { $n }
figure-up-to = jusqu’à { $n }
figure-range = { $low } à { $high }
toll-no-figure = aucun chiffre donné
toll-open = au moins { $high }
toll-range = { $low } à { $high }
toll-range-open = { $low } à { $high } (ou plus)
toll-up-to = jusqu’à { $high }
toll-up-to-open = jusqu’à { $high } (ou plus)
claim-no-figure = { $people }, sans chiffre donné
claim-group = { $people } ({ $group })
people-killed = { $figure } { $count ->
    [one] personne tuée
   *[other] personnes tuées
}
people-wounded = { $figure } { $count ->
    [one] personne blessée
   *[other] personnes blessées
}
people-detained = { $figure } { $count ->
    [one] personne détenue
   *[other] personnes détenues
}
people-abducted = { $figure } { $count ->
    [one] personne enlevée
   *[other] personnes enlevées
}
people-missing = { $figure } { $count ->
    [one] personne disparue
   *[other] personnes disparues
}
source-speaks = { $source } (selon ses propres termes)

## Types, groupes et autres mots du modèle
kind-massacre = Massacre
kind-armed-clash = Affrontement armé
kind-attack-on-armed-forces = Attaque contre des forces armées
kind-airstrike = Frappe aérienne
kind-bombing = Attentat ou engin explosif
kind-abduction = Enlèvement
kind-execution = Exécution
kind-siege = Siège
kind-other = Autre ou non précisé
measure-killed = tués
measure-wounded = blessés
measure-detained = détenus
measure-abducted = enlevés
measure-missing = disparus
group-civilians = civils
group-soldiers = soldats
group-militants = combattants djihadistes
group-peacekeepers = casques bleus
group-mercenaries = employés de sociétés militaires privées
group-rebels = rebelles
group-militia = miliciens
group-police = policiers et gardes
group-children = enfants
group-women = femmes
group-total = personnes
group-other = autre groupe
stance-stated = Affirmé par la source
stance-claimed = Revendiqué par l’acteur
stance-accused = Mise en cause par un tiers
stance-suspected = Soupçon
stance-denied = Démenti
stance-involved = Participation, sens non précisé
status-parsed = Analysé, non relu
status-reviewed = Relu
source-kind-encyclopedia = Encyclopédie
source-kind-news = Presse
source-kind-report = Rapport
source-kind-statement = Communiqué
source-kind-dataset = Jeu de données
source-kind-digest = Résumé
language-en = anglais
language-fr = français
precision-exact = le lieu même
precision-near = à proximité
precision-cercle = centre du cercle
precision-region = centre de la région
precision-unknown = connu de nom seulement
place-region-then-now = { $then }, aujourd’hui { $now }
country-bf = Burkina Faso
country-ci = Côte d’Ivoire
country-dz = Algérie
country-gn = Guinée
country-mr = Mauritanie
country-ne = Niger
country-sn = Sénégal

## Attributions
attribution-stated = { $actor } — selon la source
attribution-stated-by = { $actor } — selon { $by }
attribution-claimed = responsabilité revendiquée par { $actor }
attribution-claimed-by = responsabilité revendiquée par { $actor }, selon { $by }
attribution-accused = { $actor } — mise en cause
attribution-accused-by = { $actor } — mise en cause par { $by }
attribution-suspected = { $actor } — soupçon
attribution-suspected-by = { $actor } — soupçon exprimé par { $by }
attribution-denied = { $actor } — responsabilité démentie
attribution-denied-by = { $actor } — responsabilité démentie par { $by }
attribution-involved = { $actor } — participation, sens non précisé
attribution-involved-by = { $actor } — participation selon { $by }, sens non précisé

## Filtres, et la phrase qui les dit
filter-region = Région
filter-perpetrator = Auteur désigné
filter-victim = Victimes
filter-type = Type
filter-source = Source
filter-stance = Manière dont l’auteur est désigné
filter-status = Relecture
sort-newest = Du plus récent au plus ancien
sort-oldest = Du plus ancien au plus récent
sort-deadliest = Bilan avancé le plus élevé d’abord
sentence-all = Tous les incidents
sentence-some = Incidents : { $clauses }
sentence-region = région { $values }
sentence-perpetrator = auteur désigné : { $values }
sentence-victim = victimes : { $values }
sentence-type = type : { $values }
sentence-source = source : { $values }
sentence-stance = désignation : { $values }
sentence-status = { $values }
sentence-q = mentionnant « { $text } »
sentence-in = date : { $date }
sentence-from = à partir de { $date }
sentence-to = jusqu’à { $date }
sentence-from-to = de { $from } à { $to }
sentence-sort-newest = du plus récent au plus ancien
sentence-sort-oldest = du plus ancien au plus récent
sentence-sort-deadliest = bilan le plus élevé d’abord
