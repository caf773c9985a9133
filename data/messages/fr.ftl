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
group-civilians = { $count ->
    [one] civil
   *[other] civils
}
group-soldiers = { $count ->
    [one] soldat
   *[other] soldats
}
group-militants = { $count ->
    [one] combattant djihadiste
   *[other] combattants djihadistes
}
group-peacekeepers = { $count ->
    [one] casque bleu
   *[other] casques bleus
}
group-mercenaries = { $count ->
    [one] employé d’une société militaire privée
   *[other] employés de sociétés militaires privées
}
group-rebels = { $count ->
    [one] rebelle
   *[other] rebelles
}
group-militia = { $count ->
    [one] milicien
   *[other] miliciens
}
group-police = { $count ->
    [one] policier ou garde
   *[other] policiers et gardes
}
group-children = { $count ->
    [one] enfant
   *[other] enfants
}
group-women = { $count ->
    [one] femme
   *[other] femmes
}
group-total = { $count ->
    [one] personne
   *[other] personnes
}
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

## Encore des chiffres
toll-by-claims = { $toll }, d’après { $claims ->
    [one] une déclaration
   *[other] { $claims } déclarations
}
toll-parts-only = { $measure } : { $claims ->
    [one] une déclaration, sur une partie des victimes seulement
   *[other] { $claims } déclarations, chacune sur une partie des victimes seulement
}
claim-by = selon
claim-part = une partie des victimes
claims-more = Autres déclarations
scale-from-to = échelle de 0 à
count-claims = { $count ->
    [0] aucun chiffre avancé
    [one] { $count } chiffre avancé
   *[other] { $count } chiffres avancés
}
count-incidents = { $count ->
    [0] aucun incident
    [one] { $count } incident
   *[other] { $count } incidents
}
count-sources = { $count ->
    [0] Aucune source
    [one] { $count } source
   *[other] { $count } sources
}
count-passages = { $count ->
    [one] { $count } passage surligné
   *[other] { $count } passages surlignés
}

## Types d'acteurs
actor-kind-state-forces = Forces maliennes
actor-kind-foreign-forces = Forces étrangères
actor-kind-private-military-company = Société militaire privée
actor-kind-jihadist = Groupe djihadiste
actor-kind-separatist = Mouvement séparatiste ou rebelle
actor-kind-self-defence-militia = Milice d’autodéfense
actor-kind-united-nations = Nations unies
actor-kind-speaker = Organisme qui ne fait que s’exprimer
actor-kind-unknown = Non identifié

## Autour de chaque page
site-name = Chronologie du Mali
skip = Aller au contenu
nav-label = Principale
nav-timeline = Chronologie
nav-sources = Sources
nav-about = Comment lire
foot = Chaque chiffre est avancé par quelqu’un ; chaque attribution est la déclaration de quelqu’un. Remontez des mots à leur source avant de vous en servir.
foot-program = mali-timeline
foot-json = Cette page en JSON
nav-perpetrator = Acteurs
nav-place = Lieux
nav-victim = Victimes

## Chronologie
overview-numbers = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}, d’après { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
}, avec { $claims ->
    [one] { $claims } chiffre avancé
   *[other] { $claims } chiffres avancés
}.
overview-span = Du { $first } au { $last }{ $undated ->
    [0] {"."}
    [one] {""}, plus un incident dont la date est inconnue.
   *[other] {""}, plus { $undated } incidents dont la date est inconnue.
}
overview-day = Le { $first }{ $undated ->
    [0] {"."}
    [one] {""}, plus un incident dont la date est inconnue.
   *[other] {""}, plus { $undated } incidents dont la date est inconnue.
}
creed = Les chiffres sont ici des déclarations, non des comptes : chacun est donné avec son auteur. Les mots soulignés de points ouvrent la source à la phrase même.
creed-more = Comment lire
chips-label = Filtres actifs
chips-clear = Tout afficher
chip = { $label } : { $value }
chip-remove = retirer
chart-incidents = Incidents
chart-killed = Personnes tuées, selon les déclarations
chart-lowest = somme des chiffres les plus bas
chart-highest = jusqu’à la somme des plus hauts
chart-table = Les mêmes nombres en tableau
chart-note = Les décès sont les sommes, sur les incidents listés, du chiffre le plus bas et du chiffre le plus élevé avancés. Les incidents sans chiffre et les incidents sans date n’y sont pas. Une période de plusieurs jours compte dans son premier mois.
chart-month = Mois
chart-year = Année
chart-bar = { $period } : { $count ->
    [one] { $count } incident
   *[other] { $count } incidents
}
chart-bar-killed = { $period } : { $count ->
    [one] { $count } incident
   *[other] { $count } incidents
} ; { $killed }, selon les déclarations
month-short-1 = janv.
month-short-2 = févr.
month-short-3 = mars
month-short-4 = avr.
month-short-5 = mai
month-short-6 = juin
month-short-7 = juil.
month-short-8 = août
month-short-9 = sept.
month-short-10 = oct.
month-short-11 = nov.
month-short-12 = déc.
filters-label = Filtres
filters-apply = Appliquer
filter-q = Texte
filter-from = Du
filter-to = Au
filter-sort = Ordre
date-placeholder = AAAA-MM-JJ
facet-more = Plus
facet-none = Sans incident ici
list-label = Incidents
month-unknown = Mois et jour inconnus
undated-heading = Date inconnue
undated-text = Les sources ne disent pas quand ces incidents ont eu lieu. Ils ne sont d’aucun mois ni d’aucune année.
item-told-by = rapporté par { $count } sources
item-who = Qui est désigné
item-victims = Victimes
item-where = Lieu
item-cercle = { $elided ->
    [1] cercle d’{ $name }
   *[0] cercle de { $name }
}
words-in-source = Dans
words-also-in = Aussi dans
page-next = Page suivante →
page-first = ← Première page
export-label = Emporter cette vue :
export-html = HTML
export-csv = CSV
export-json = JSON
nothing-title = Aucun incident ne correspond à ce filtre
nothing-text = Cela dit seulement ce que rapportent les sources importées, non ce qui s’est passé. Essayez avec moins :
nothing-without = Sans
empty-title = Rien n’a encore été importé
empty-text = Importez des fichiers texte, du Markdown avec en-tête, ou un dossier entier :
lanes-label = Graphique
lanes-together = ensemble
lanes-perpetrator = par type d’auteur désigné
lanes-region = par région
lanes-none-perpetrator = Personne de désigné, ou seulement démenti
lanes-none-region = Aucune région du Mali nommée
lanes-note-perpetrator = Une ligne réunit les incidents pour lesquels un acteur de ce type est désigné comme auteur autrement que par un démenti : affirmé, revendiqué, accusé, soupçonné ou impliqué. Un incident de plusieurs types figure dans chacune, avec tous les décès déclarés ; les lignes ne s’additionnent pas.
lanes-note-region-now = Les régions sont celles d’aujourd’hui. Un incident rapporté dans plusieurs régions figure dans chacune, avec tous les décès déclarés ; les lignes ne s’additionnent pas.
lanes-note-region-then = Les régions sont celles du jour de chaque incident. Un incident rapporté dans plusieurs régions figure dans chacune, avec tous les décès déclarés ; les lignes ne s’additionnent pas.
export-restricted = À ne pas transmettre : { $count ->
    [one] les conditions de { $titles } interdisent de redistribuer son contenu. Il figurerait dans tout fichier produit ici ; écartez cette source avant d’en partager un.
   *[other] les conditions de { $titles } interdisent de redistribuer leur contenu. Il figurerait dans tout fichier produit ici ; écartez ces sources avant d’en partager un.
}

## Incident
incident-facts = Qui et où
incident-figures = Chiffres, selon les déclarations
incident-no-figures = Aucune source ne donne de chiffre.
incident-words = Dans les termes des sources
incident-told = Ce que rapporte chaque source
ledger = Registre des déclarations
ledger-note = Chaque ligne est un chiffre avancé par une seule partie. Les lignes ne s’additionnent pas.
ledger-measure = Mesure
ledger-figure = Chiffre
ledger-group = Groupe
ledger-claimant = Avancé par
ledger-said = Dit le
ledger-words = Termes exacts, et source
account-title = Titre
account-date = Date
account-claims = Chiffres
cite = Comment citer
cite-incident = « { $title } » ({ $date }), incident { $id } d’une base mali-timeline, version { $version }. Pour les faits, citez les sources ci-dessous :

## Sources
sources-text = Leur texte entier est conservé, et chaque fait de la chronologie s’ouvre aux mots qui le disent.
source-published = publié : { $date }
source-sensitive = marquée comme sensible : absente des exports à partager
source-retrieved = consulté : { $date }
page-cited = p. { $page }
page-number = Page { $page }
source-aside = À propos de cette source
source-told = Ce qu’elle rapporte
source-told-none = Aucun incident n’a été trouvé dans ce texte.
source-meta = Le document
source-front = Métadonnées au début du fichier, telles quelles
legend = Passages surlignés
legend-note = Chaque passage appuie un fait. Ses mots, ou le numéro qui suit, mènent à l’incident.
fact-date = Date
fact-place = Lieu
fact-attribution = Auteur désigné
fact-victim = Victimes
fact-claim = Chiffre
fact-whole = Récit d’un incident
field-publisher = Éditeur
field-kind = Genre
field-published = Publication
field-retrieved = Copie prise le
field-url = Original
field-licence = Licence
field-language = Langue
field-file = Fichier
field-hash = SHA-256 du texte
licence-unknown = Licence non indiquée
problems = Ce qui n’a pas été compris
problem-line = Ligne { $line } :
problem-text = attendu : { $expected } ; trouvé : { $found }
source-restricted = À ne pas transmettre : ses conditions interdisent d’en redistribuer le contenu. Tout export de ses incidents le contient.

## À propos
about-lead = Voici une chronologie du conflit armé au Mali, faite de documents importés sur cet ordinateur. Elle dit qui dit quoi, et où : chaque date, lieu, nom et chiffre mène aux termes exacts d’une source.
about-who = Elle s’adresse à celles et ceux qui doivent répondre de chaque mot : journalistes, chercheurs, analystes, étudiants. Elle fonctionne sur cette seule machine ; aucune page n’interroge quoi que ce soit d’autre.
about-figures-title = Les chiffres sont des déclarations
about-figures = Un nombre de personnes tuées, blessées, détenues, enlevées ou disparues est toujours donné avec la partie qui l’avance : une armée, un groupe, un gouvernement, un témoin, ou la source elle-même. Les chiffres qui se contredisent sont côte à côte, sur une même échelle. « Au moins », « environ » et « jusqu’à » restent tels qu’ils ont été dits ; là où une source dit « des dizaines » ou « plusieurs », on n’en fait pas un nombre.
about-toll = La fourchette d’un incident (« 14 à 31 personnes tuées, d’après 5 déclarations ») suit une seule règle. Ce qu’une même partie dit de groupes différents (civils, soldats…) est additionné ; un total donné par elle remplace une somme plus basse. La fourchette va de la partie la plus basse à la plus élevée. Les parties ne sont jamais additionnées entre elles.
about-parts = Les femmes et les enfants sont comptés dans d’autres groupes et n’ajoutent rien. Un chiffre qui ne porte que sur une partie des victimes est montré, signalé comme tel, et laissé hors de la fourchette.
about-stances-title = Une accusation n’est pas un fait
about-stances = La manière dont un acteur est désigné compte autant que son nom. Chacune a ses mots et son filtre :
about-stance-stated = La source elle-même dit que l’acteur l’a fait, en ses propres termes ou d’après quelqu’un qu’elle nomme.
about-stance-claimed = L’acteur le dit de lui-même.
about-stance-accused = Quelqu’un d’autre le dit : un gouvernement, une armée, un témoin, une organisation.
about-stance-suspected = La source le rapporte comme un soupçon ou une opinion.
about-stance-denied = L’acteur, ou quelqu’un pour lui, dit qu’il n’en est rien. Un démenti seul ne range pas l’incident sous cet acteur.
about-stance-involved = L’acteur a pris part aux faits ; la source (souvent un jeu de données) ne dit pas qui a fait quoi à qui.
about-signs-title = Signes des types d’acteurs
about-dates-title = Les dates ne sont pas plus précises que leur source
about-dates = Le signe à côté d’un incident montre la précision de sa date. Un filtre de dates trouve un incident dès lors qu’il a pu se produire dans la période.
about-date-day = un jour
about-date-range = d’un jour à un autre
about-date-month = un mois ou une année, jour inconnu
about-date-unknown = sans date : une place à part, à la fin
about-regions-title = Régions d’alors et d’aujourd’hui
about-regions = Le Mali comptait huit régions et le district de Bamako ; en 2016, Ménaka et Taoudénit ont commencé à fonctionner comme régions ; depuis mars 2023, il y en a dix-neuf, et Bamako. Un incident se trouve sous la région où son lieu était situé ce jour-là et sous celle où il l’est aujourd’hui ; quand elles diffèrent, les deux sont indiquées.
about-words-title = Victimes et acteurs
about-words = Les groupes forment des arbres : un filtre sur les Touaregs trouve aussi les Daoussahak, un filtre sur le JNIM trouve aussi la Katiba Macina. Des personnes ne sont rangées dans un groupe que si une source le nomme.
about-review-title = Analysé, non relu
about-review = Les textes sont lus par des règles, sans rien deviner : ce qui n’est pas dans le texte n’est pas sur la page. Les règles se trompent pourtant. Tant que personne ne l’a confirmé, un récit porte la mention « analysé, non relu » ; lisez les mots surlignés avant de vous y fier.
about-licences-title = Licences
about-geography = La carte et les lieux :
about-licences = Le programme est un logiciel libre (MIT ou Apache 2.0). Les textes appartiennent à leurs éditeurs et restent sous leurs propres licences :

## Erreurs
error-not-found-title = Cette page n’existe pas
error-not-found-text = Il n’y a rien à cette adresse. Un incident ou une source a pu être remplacé lors d’un import.
error-bad-value-title = Cette valeur n’est pas admise
error-bad-value-text = L’adresse demande quelque chose qui n’existe pas, donc rien n’est listé : une liste vide dirait que rien ne s’est passé.
error-unknown-key-title = Ce paramètre n’est pas connu
error-unknown-key-text = L’adresse comporte un paramètre que cette page n’a pas, donc rien n’est listé : l’ignorer répondrait à une autre question.
error-method-title = Les pages ne peuvent qu’être lues
error-method-text = Cette adresse répond à GET et à HEAD.
error-too-large-title = C’est trop long
error-too-large-text = L’adresse, un en-tête ou le corps de la requête est plus long que tout ce que ces pages envoient.
error-malformed-title = Cela ne se comprend pas
error-malformed-text = L’adresse ou le formulaire envoyé n’est pas de ceux que font ces pages.
error-busy-title = Pas maintenant
error-busy-text = La réponse a trop tardé, ou les demandes étaient trop nombreuses. Réessayez dans un instant, ou avec un filtre plus étroit.
error-internal-title = Une erreur s’est produite ici
error-internal-text = La faute est au programme, non à vous. Ce qui s’est passé figure dans son journal.
error-found = Trouvé
error-expected = Attendu
error-allowed = Admis
expected-day = un jour jusqu’à aujourd’hui, sous la forme AAAA-MM-JJ
expected-date = une date sous la forme AAAA, AAAA-MM ou AAAA-MM-JJ
expected-after = le lien vers la page suivante, tel que la page le donne
expected-search = au moins une lettre ou un chiffre
expected-order = une date qui ne précède pas la première
way-timeline = Toute la chronologie
way-sources = Toutes les sources

## Exports
export-numbers = { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
}, { $sources ->
    [one] d’après { $sources } source
   *[other] d’après { $sources } sources
}
export-made = Établi le { $date } (UTC) par { $program }.
export-note = Les chiffres sont des déclarations, non des comptes : chacun figure avec celui qui l’avance et les mots qui le disent. Une fourchette va du chiffre le plus bas au plus élevé ; les chiffres de sources différentes ne sont jamais additionnés. Les textes cités appartiennent à leurs éditeurs et restent sous les licences indiquées ci-dessous.
export-sources = Sources
export-seal = Le nombre ci-dessous scelle tout ce qui précède : « mali-timeline verify FICHIER » dit si quelque chose en a été modifié depuis.
export-claim = { $claim } — { $who } : « { $quote } »
export-claim-part = { $claim }, une partie des victimes seulement — { $who } : « { $quote } »

## Access
error-host-title = Ce nom n’est pas le nôtre
error-host-text = La requête nomme un hôte auquel ce programme ne répond pas. Utilisez une adresse affichée à son démarrage, ou démarrez-le avec --allow-host et ce nom.
error-other-site-title = Pas depuis un autre site
error-other-site-text = Une page d’un autre site a fait cette requête. Ouvrez l’adresse elle-même.
error-key-title = La clé, s’il vous plaît
error-key-wrong-title = Ce n’est pas la clé
error-keys-title = Trop de clés erronées
error-keys-text = Trop de clés erronées sont venues de votre adresse. Attendez un peu, puis saisissez la clé que le programme a affichée à son démarrage.
key-text = Cette chronologie est partagée avec les personnes qui en ont la clé. Qui la partage voit la clé, et un lien qui la contient, là où le programme a été démarré.
key-label = Clé
key-button = Ouvrir
key-again = J’ai déjà ouvert le lien avec la clé : continuer

## Formats
export-claims-csv = CSV des déclarations
export-xlsx = Excel
export-jsonl = JSON Lines
export-geojson = GeoJSON
export-timelinejs = TimelineJS
export-md = Markdown
export-bib = BibTeX
export-ris = RIS
export-undated = { $n ->
    [one] { $n } incident sans date n’est pas montré.
   *[other] { $n } incidents sans date ne sont pas montrés.
}
export-as-of = état des connaissances au { $day }, sans ce qui a été importé plus tard
export-redacted = version à partager : sans les mots des sources, les titres des incidents, les noms qui ne sont pas ceux d’acteurs connus{ $sources ->
    [0] {""} ni les coordonnées exactes
    [one] {""}, les coordonnées exactes ni le nom de { $sources } source sans adresse web
   *[other] {""}, les coordonnées exactes ni les noms de { $sources } sources sans adresse web
}
export-left-out-sources = sans { $sources ->
    [one] { $sources } source marquée comme sensible
   *[other] { $sources } sources marquées comme sensibles
}
export-left-out-incidents = sans { $incidents ->
    [one] { $incidents } incident que rien d’autre ne rapporte
   *[other] { $incidents } incidents que rien d’autre ne rapporte
}

## Autres filtres
filter-place = Lieu
place-cercle = { $name } (cercle)
place-region = { $name } (région)
sentence-region-then = région du jour : { $values }
sentence-region-now = région d’aujourd’hui : { $values }
sentence-place = lieu : { $values }
sentence-killed-low = au moins { $count ->
    [one] 1 mort
   *[other] { $count } morts
} selon le bilan le plus bas
sentence-killed-high = au moins { $count ->
    [one] 1 mort
   *[other] { $count } morts
} selon le bilan le plus élevé
filter-killed = Morts, au moins
filter-killed-by = selon le bilan
killed-by-low = le plus bas
killed-by-high = le plus élevé
chip-killed-low = { $count } selon le bilan le plus bas
chip-killed-high = { $count } selon le bilan le plus élevé
region-as-label = Découpage
region-as-either = les deux
region-as-then = du jour
region-as-now = d’aujourd’hui
facet-rest = et { $count } autres, à chercher par leur nom dans le champ Texte
expected-number = un nombre entier de 1 à 1000000

## Carte
nav-map = Carte
view-list = En liste
view-map = Sur la carte
map-title = Carte : { $sentence }
map-numbers = { $incidents ->
    [one] 1 incident
   *[other] { $incidents } incidents
} en { $places ->
    [one] 1 lieu
   *[other] { $places } lieux
}{ $without ->
    [0] {"."}
    [one] {""} ; un incident ne nomme aucun lieu et n’est pas sur la carte.
   *[other] {""} ; { $without } ne nomment aucun lieu et ne sont pas sur la carte.
}
map-skip = Passer le dessin : les lieux en tableau
map-sign = { $place } : { $count ->
    [one] 1 incident
   *[other] { $count } incidents
} ({ $precision })
map-narrow = Seulement la région { $region }
map-widen = Tout le pays de nouveau, pas seulement { $region }
map-whole-region = { $count ->
    [one] 1 incident rapporté de la région entière
   *[other] { $count } incidents rapportés de la région entière
}
map-precision-exact = le lieu même
map-precision-near = à proximité
map-precision-cercle = quelque part dans ce cercle
map-precision-region = quelque part dans cette région
map-precision-unknown = connu de nom seulement
map-key-exact = le lieu même ; plus grand où plus d’incidents sont rapportés
map-key-near = à proximité
map-key-area = quelque part dans ce cercle ou cette région
map-note = Les contours sont ceux des huit régions d’avant 2016 et de Bamako. Un incident rapporté en plusieurs lieux est dessiné en chacun.
map-links = Une région ou un rond est un lien.
map-zoom-in = Voir de plus près
map-zoom-out = Prendre du recul
map-zoom-all = Voir l’ensemble
map-places = Lieux
map-more = Plus de lieux
map-precision = Précision
map-not-drawn = (non dessiné)
map-coordinates = Coordonnées des lieux connus : GeoNames (CC BY 4.0) et OCHA COD-AB (CC BY-IGO). Contours :
way-map = La carte
map-left-out = { $count ->
    [one] 1 lieu, connu de nom seulement ou situé en dehors, n’est pas dessiné.
   *[other] { $count } lieux, connus de nom seulement ou situés en dehors, ne sont pas dessinés.
}

## Acteurs, lieux et groupes de victimes
subject-perpetrator = Acteur
subject-place = Lieu
subject-victim = Groupe de victimes
subject-meaning-perpetrator = Lui-même ou l’une de ses parties est désigné comme auteur : selon la source, par revendication, mise en cause, soupçon ou participation. Un démenti seul n’est pas compté.
subject-meaning-place = Une source les situe là ou à proximité.
subject-meaning-victim = Les sources nomment ce groupe, ou l’une de ses parties, parmi les victimes.
subject-none = Rien de ce qui a été importé ne rapporte d’incident ici.
subject-known = Ce que le programme en sait
subject-whence-perpetrator = Du registre d’acteurs propre à ce programme, qui sert à reconnaître les noms dans les textes ; non des sources. Une entrée dit comment un acteur est nommé, jamais ce qu’il a fait.
subject-whence-place = Du répertoire de lieux de ce programme ; coordonnées : GeoNames (CC BY 4.0) et OCHA COD-AB (CC BY-IGO).
subject-whence-victim = De l’arbre de groupes propre à ce programme, qui sert à reconnaître les mots dans les textes ; non des sources.
subject-kind = Type
subject-in-french = En français
subject-in-english = En anglais
subject-years = Actif
subject-since = depuis { $year }
subject-until = jusqu’en { $year }
subject-part-of = Fait partie de
subject-parts = Parties
subject-continued = Devenu
subject-continues = Succède à
subject-aliases = S’écrit aussi
subject-terms = Mots qui les nomment
subject-cercle = Cercle (avant 2012)
subject-before-2016 = Région jusqu’en 2015
subject-from-2016 = Région à partir de 2016
subject-from-2023 = Région depuis 2023
subject-country = Pays
subject-coordinates = Coordonnées
subject-whole-region = Tout ce qui est dans la région
subject-codes = Codes
code-of = { $name } : { $code }
code-iso = ISO 3166-2 { $code }
code-cod-v03 = P-code { $code } (COD-AB v03 d’OCHA, découpage de 2023)
subject-town = La ville du même nom
subject-counts = Ce que rapportent les sources
subject-recent = Derniers incidents
subject-all = Tous dans la chronologie
compass-north = N
compass-south = S
compass-east = E
compass-west = O
about-subject = À propos : { $name }
subjects-meaning-perpetrator = Tous ceux qu’une source désigne comme auteurs, de quelque manière que ce soit : affirmé, revendiqué, accusé, soupçonné ou impliqué. Un nombre compte des incidents, non une culpabilité ; un simple démenti n’est pas compté.
subjects-meaning-place = Tous les lieux où une source rapporte un incident, par région d’aujourd’hui.
subjects-meaning-victim = Tous ceux qu’une source nomme parmi les victimes. Une partie compte aussi dans son ensemble.
subjects-silent-perpetrator = Connus du programme, désignés comme auteurs par aucune source
subjects-silent-place = Connus du programme, nommés par aucune source
subjects-silent-victim = Connus du programme, nommés par aucune source
subjects-no-region = Région inconnue
subjects-more = { $count ->
    [one] 1 autre, avec la carte
   *[other] { $count } autres, avec la carte
}

## Autour d’un incident
incident-said = Évolution du bilan
incident-same-place = Au même lieu
incident-same-week = À trois jours près
incident-others-all = Tous dans la chronologie
incident-about = En savoir plus
incident-linked = Liés par une source
incident-linked-note = Seulement là où une source lie elle-même deux incidents, dans les mots ci-dessous. Une autre source peut en juger autrement.
linked-answer-earlier = Rapporté comme une réponse à
linked-answer-later = Rapporté comme ayant eu pour réponse
linked-after-earlier = Rapporté comme suivant
linked-after-later = Rapporté comme suivi de

## À côté d’une source
notes-count = { $count ->
    [one] 1 fait ici
   *[other] { $count } faits ici
}
fact-previous = Fait précédent
fact-next = Fait suivant

## Comparer
compare = Comparer
compare-title = Comparer : { $a } — { $b }
compare-note = Deux filtres côte à côte, à la même échelle. Ce qui diffère est ce que rapportent les sources importées, non ce qui s’est passé.
compare-any = indifférent

## Rapprochements
matches-title = Un incident ou deux ?
matches-note = Deux sources peuvent rapporter le même incident. Quand lieu, date, type, acteurs et chiffres concordent clairement, leurs récits figurent côte à côte comme un seul incident ; quand c’est seulement possible, une personne décide. Rien n’est compté deux fois, rien n’est mêlé sur une supposition, et toute décision peut être annulée.
matches-lists = Listes
matches-read-only = Les décisions se prennent sur la machine où tourne le programme, quand il n’est pas partagé : ici avec « serve », ou par la commande « mali-timeline matches ».
matches-none = Rien ne figure ici.
matches-none-open = Aucune paire d’incidents n’attend de décision.
matches-none-decided = Rien n’a été décidé sur aucune paire d’incidents.
matches-none-joined = Les règles n’ont réuni aucune source.
matches-next = Suite
match-list-open = À décider
match-list-decided = Décidés
match-list-joined = Réunis par règle
match-list-open-text = Paires d’incidents qui pourraient n’en faire qu’un. Tant que personne n’a décidé, ils comptent pour deux.
match-list-decided-text = Ce qui a été décidé : cela vaut pour les imports suivants, jusqu’à annulation.
match-list-joined-text = Incidents que, selon les règles, plusieurs sources rapportent, chaque source à côté des autres.
match-heading = Concordance { $score } : { $doubt }
match-joined = Concordance { $score } : réunis par règle
match-points = { $part } sur { $whole }
match-why = En quoi ils concordent
match-element = Élément
match-agreement = Concordance
match-part-of = Points
match-same = C’est un seul incident
match-different = Ce sont deux incidents
match-part = Cette source rapporte un autre incident
match-undo = Annuler cette décision
match-decided-same = Décidé le { $day } : un seul incident.
match-decided-different = Décidé le { $day } : deux incidents.
match-decided-parted = Décidé le { $day } : deux incidents, que les règles avaient réunis.
match-reason-neither = ni les acteurs ni les chiffres ne concordent
match-reason-actors = d’autres acteurs sont nommés
match-reason-figures = les nombres de morts sont très éloignés
match-reason-kinds = les types d’événement ne s’accordent pas
match-reason-little = le lieu et le jour concordent, rien d’autre ne l’appuie
match-reason-month = les dates ne concordent que par leur mois ou une longue période
match-reason-year = les dates ne concordent que par leur année
match-reason-next-day = les dates sont à un jour d’écart
match-reason-undated = l’un des deux n’a pas de date
match-reason-neighbours = deux noms de lieux proches l’un de l’autre
match-reason-some = il ne concorde qu’avec certains récits de l’incident
match-reason-several = plusieurs incidents conviennent à peu près autant
match-reason-settled = plusieurs sources rapportent chacun des deux, ou une décision existe
match-reason-person = désignés par une personne
match-actors = Acteurs
match-both = { $what } dans les deux
match-two = { $a } et { $b } : { $fit }
match-differ = { $a } dans l’un, { $b } dans l’autre
match-km = à { $km } km
match-place-named = { $name } dans les deux, { $apart }
match-place-two = { $a } et { $b }, { $apart }
match-place-apart = d’autres lieux
match-place-apart-km = d’autres lieux, { $apart }
match-date-overlap = elles se recoupent
match-date-month = seulement dans un même mois ou une longue période
match-date-year = seulement dans une même année
match-date-next-day = à un jour d’écart
match-date-undated = l’un n’a pas de date
match-date-apart = elles s’excluent
match-kind-close = deux mots pour la même chose
match-kind-loose = peut-être un seul incident, si autre chose l’appuie
match-kind-never = difficilement un seul incident
match-kind-unstated = l’un des types n’est pas connu
match-one-side = { $actors } dans les deux, dans l’un à côté d’un adversaire et sans direction
match-actors-unknown = ne sont pas nommés par les deux
match-figures-unknown = ne sont pas donnés par les deux
match-figures-agree = { $a } et { $b } : ce peut être le même nombre
match-figures-alike = { $a } et { $b } : du simple au double
account-claim = { $claim }, selon { $by }
incident-matches = Comment les sources de cet incident ont été réunies, et ce qui pourrait n’en faire qu’un avec lui
sources-matches = Incidents de plusieurs sources : un ou deux ?
error-decision-title = Cela ne peut pas être décidé ainsi
error-decision-text = Rien n’a été changé.
error-decision-expected = deux incidents des listes, et aucune décision contraire
decision-no-incident = Aucun incident ne porte l’identifiant { $a }.
decision-one-incident = { $a } et { $b } sont un seul incident.
decision-contradicts = Cela contredit ce qui a été décidé pour { $a } et { $b } : annulez d’abord cette décision.
decision-undecided = Rien n’a été décidé pour { $a } et { $b }.
decision-not-joined = Aucune règle n’a réuni ce que rapporte { $b } et ce que d’autres rapportent de { $a }.

## Touches
keys-title = Clavier
keys-next = incident suivant, ou fait suivant d’une source
keys-previous = le précédent
keys-page = page suivante de la liste
keys-map = cette vue sur la carte
keys-search = chercher
keys-help = ces touches
keys-on = Utiliser ces touches
keys-close = Fermer
facet-find = Chercher dans : { $label }
keys-zoom = sur la carte : voir de plus près, prendre du recul, voir l’ensemble ; les flèches la déplacent

## Un jeu de données et ses lignes
count-rows = { $count ->
    [0] Aucune ligne
    [one] { $count } ligne
   *[other] { $count } lignes
}
dataset-incidents = Afficher ses incidents
dataset-releases = Livraisons
dataset-release = Livraison
dataset-imported = Importée le
dataset-added = Ajoutées
dataset-changed = Modifiées
dataset-withdrawn = Retirées
dataset-unchanged = Inchangées
dataset-more-problems = { $count } autres ne sont pas affichés.
dataset-rows = Lignes, telles quelles
page-start = ← Début de la liste
dataset-columns = Colonnes
row-withdrawn = retirée
record-about = Ligne { $key } du jeu de données, à la ligne { $line } de { $file }, importée le { $day }
record-withdrawn = Retirée depuis le { $day } : la dernière livraison du jeu de données ne contient plus cette ligne. Elle n’est comptée nulle part.
record-incident = L’incident qu’elle rapporte
record-cells = La ligne telle quelle
record-empty = Vides :
record-until = Jusqu’au { $day } : ligne { $line } de { $file }
record-same-cells = Les mêmes cellules, lues autrement.
record-column = Colonne
record-then = Avant
record-after = Après

## As of an earlier day
as-of = État des connaissances au { $day } : ce qui a été importé plus tard n’y est pas.
as-of-now = État actuel

## Relecture

said-main = Le document porte sur lui
said-beside = Mentionné au passage
said-words = Passage
said-by = { $figure }, selon { $who }
review-title = Relecture
review-note = Ce qui a été lu dans un document se trouve à côté de son texte. Acceptez ce qui est juste, corrigez ce qui ne l’est pas : chaque fait garde les mots qui le disent. Rien ne quitte cette machine.
review-none = Il n’y a pas encore de document.
review-progress = { $reviewed } sur { $incidents ->
    [one] { $incidents } incident
   *[other] { $incidents } incidents
  } relus
review-of = Relecture : { $title }
review-all = Tous les documents
review-source = La source telle que la voient les lecteurs
review-text = Texte du document
review-incidents = Incidents
review-accept = Accepter
review-correct = Corriger ou diviser
review-merge = Réunir avec
review-merge-do = Réunir
review-reject = Rejeter
review-reject-note = Ce n’est pas un incident de ce document.
review-more = Réunir ou rejeter
review-who = Votre nom
review-why = Pourquoi
review-save = Enregistrer
review-cancel = Quitter sans enregistrer
review-new = Écrire un incident qui manque
review-new-title = Un incident qui manque
review-edit-title = Corriger : { $title }
review-list-has = La liste dit, et l’analyseur ne dit pas
review-parser-says = L’analyseur dit, et la liste ne dit pas
review-parser-silent = L’analyseur ne relate pas cet incident.
review-proposals = Relatés par l’analyseur seulement
review-proposals-note = Ni dans la liste ni sur la chronologie tant que personne ne les ajoute.
review-add = Ajouter
review-gone = Rejetés
review-history = Historique des corrections
review-log-accept = accepté par { $who }
review-log-correct = corrigé par { $who }
review-log-split = divisé par { $who }
review-log-merge = réuni par { $who }
review-log-reject = rejeté par { $who }
review-log-add = ajouté par { $who }
review-log-old = Avant
review-log-new = Après
review-unsigned = Non enregistré : dites qui vous êtes.
review-faults = Non enregistré : voyez ce qui est signalé ci-dessous.
review-outdated = Non enregistré : cet incident a été modifié entre-temps. Ce qu’il dit à présent se trouve ici ; ce que vous avez saisi se trouve plus bas.
review-not-written = Non enregistré : le fichier de corrections ne peut pas être écrit ({ $reason }).
review-now = Ce qu’il dit à présent
review-second = Titre du second incident
review-second-note = Pour diviser : cochez ce qui revient au second incident, et nommez-le.
review-to-second = au second incident
review-drop = supprimer
review-row-more = Plus
review-pick = Prendre les mots sélectionnés dans le texte
review-by-name = selon l’index des lieux
review-by-numbers = selon les nombres
review-choose = choisir
review-list-place = Lieux
review-list-perpetrator = Auteurs désignés
review-list-victim = Victimes
review-list-claim = Chiffres
review-row-place = Lieu { $number }
review-row-perpetrator = Auteur { $number }
review-row-victim = Victimes { $number }
review-row-claim = Chiffre { $number }
review-field-title = Titre
review-field-kind = Nature
review-field-main = Le document porte sur lui
review-field-date = Date (2022-04-19, 2022-04, 2022 ou 2022-04-19..2022-04-21 ; vide si inconnue)
review-field-date-quote = Mots qui le datent
review-field-date-at = Ligne de ces mots, s’ils figurent plusieurs fois
review-field-quote = Mots du document
review-field-at = Ligne de ces mots, s’ils figurent plusieurs fois
review-field-name = Nom, tel que l’écrit le document
review-field-place = Identifiant dans l’index des lieux, si le nom ne suffit pas
review-field-precision = Ce que désignent ses coordonnées
review-field-region = Région
review-field-region-then = Région de l’époque, si c’était une autre
review-field-cercle = Cercle, si le document l’indique
review-field-country = Pays hors du Mali (deux lettres)
review-field-lat = Degrés nord
review-field-lon = Degrés est
review-field-actor = Acteur
review-field-attribution = De quelle façon
review-field-by = Par qui (vide : le document lui-même)
review-field-actor-id = Identifiant de l’acteur, si le nom ne suffit pas
review-field-by-actor = Acteur pour lequel il parle, si le nom ne suffit pas
review-field-group = Groupe
review-field-measure = Ce qui leur est arrivé
review-field-min = Au moins
review-field-max = Au plus
review-field-qualifier = Comment c’est formulé
review-field-claimant = Qui le dit (vide : le document lui-même)
review-field-said-on = Dit le (2022-04-19)
review-field-partial = Une partie des victimes seulement
review-field-claimant-actor = Acteur pour lequel il parle, si le nom ne suffit pas
review-fault-quote = Ces mots doivent figurer dans le document, une seule fois à moins qu’une ligne ne soit donnée.
review-fault-number = Un nombre est attendu.
review-fault-count = Un nombre que les mots cités énoncent, en chiffres ou en lettres, est attendu.
review-fault-date = Une date telle que 2022-04-19 est attendue.
review-fault-place = Le nom d’un lieu est attendu ; si plusieurs le portent, son identifiant dans l’index des lieux.
review-fault-word = Une autre valeur est attendue.
review-fault-figure = Les nombres ne s’accordent pas avec la formulation du chiffre.
reviewed-by = Relu par { $who }, { $day }
review-link = Relire ce qui y a été lu
qualifier-exact = exactement
qualifier-at-least = au moins
qualifier-about = environ
qualifier-up-to = jusqu’à
qualifier-range = de … à …
qualifier-dozens = des dizaines, sans chiffre
