//! Which incidents a story of a few sentences tells, and who says each figure.

use super::KNOWN;
use mali_timeline::ingest::{Hints, Parser};
use mali_timeline::model::incident::Draft;

/// "2023-05-06 boni, killed soldiers 12 by Malian Armed Forces" for each incident.
pub fn told(lang: &str, text: &str) -> Vec<String> {
    let title = if lang == "fr" { "Violences au Mali" } else { "Violence in Mali" };
    let document =
        format!("---\ntitle: {title}\npublished: 2023-05-10\nlanguage: {lang}\n---\n{text}\n");
    let parsed = Parser::new(&KNOWN).parse("a.txt", document.as_bytes(), &Hints::default());
    parsed.expect("a text").drafts.iter().map(incident).collect()
}

pub(super) fn incident(draft: &Draft) -> String {
    let date = draft.date.start().map_or("undated".to_owned(), |d| d.to_string());
    let places: Vec<_> = draft.places.iter().map(|p| p.name.to_lowercase()).collect();
    let mut line = format!("{date} {}", places.join(" "));
    for claim in &draft.claims {
        let by = claim.claimant.as_ref().map(|c| format!(" by {}", c.name)).unwrap_or_default();
        let number = claim.min.map_or("some".to_owned(), |n| n.to_string());
        let (measure, group) = (claim.measure.as_str(), claim.group.as_str());
        line.push_str(&format!(", {measure} {group} {number}{by}"));
    }
    line
}

/// Each text tells exactly these incidents.
pub fn check(lang: &str, cases: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = told(lang, text);
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected:#?}\n  found    {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_incident_told_besides_keeps_to_itself() {
    check(
        "en",
        &[
            (
                "Ten soldiers were killed in the attack at Boni, which comes days after jihadists killed 30 people at Diafarabé.",
                &["undated boni, killed soldiers 10", "undated diafarabé, killed total 30"],
            ),
            (
                "The attack came a week after 20 soldiers were killed in a similar attack at Bodio. Suspected jihadists attacked Boni on Saturday, killing 12.",
                &["2023-05-06 boni, killed soldiers 12", "2023-04-29 bodio, killed soldiers 20"],
            ),
            (
                "The attack took place on Friday in Ogossagou, where around 160 people died last March in a massacre. Twenty people were killed in the new attack.",
                &[
                    "2023-05-05 ogossagou, killed total 20",
                    "2023-03-01 ogossagou, killed total 160",
                ],
            ),
            (
                "At least 12 civilians were killed on Thursday in Boni and two soldiers died in Hombori on Friday.",
                &["2023-05-04 boni, killed civilians 12", "2023-05-05 hombori, killed soldiers 2"],
            ),
        ],
    );
}

#[test]
fn a_day_of_counting_or_of_claiming_is_not_the_day_of_the_attack() {
    check(
        "en",
        &[
            (
                "Gunmen killed 12 civilians at Boni on Tuesday. \"This morning we counted 19 dead,\" the mayor said.",
                &["2023-05-09 boni, killed civilians 12, killed total 19 by mayor"],
            ),
            (
                "The Islamic State group on Sunday claimed responsibility for an attack near Boni that killed 33 soldiers. Its fighters attacked a convoy last Wednesday.",
                &["2023-05-03 boni, killed soldiers 33"],
            ),
            (
                "Al Qaeda's affiliate in West Africa on Tuesday claimed responsibility for attacks last week on bases in Boni. Thirty-eight soldiers were killed.",
                &["2023-05-01 boni, killed soldiers 38"],
            ),
            (
                "JNIM claimed Sunday's assault on a base in Boni. At least 23 soldiers were killed.",
                &["2023-05-07 boni, killed soldiers 23"],
            ),
            (
                "Gunmen killed 12 civilians at Boni on Tuesday. On Wednesday, 15 bodies were buried, residents said.",
                &["2023-05-09 boni, killed civilians 12, killed total 15 by residents"],
            ),
            (
                "Gunmen killed 12 civilians at Boni on Tuesday. Since January more than 500 people have been killed in the region.",
                &["2023-05-09 boni, killed civilians 12"],
            ),
            (
                "Gunmen killed 12 civilians at Boni on Friday. The village, besieged since March, was attacked again on Sunday; five people were killed.",
                &["2023-05-05 boni, killed civilians 12", "2023-05-07 boni, killed total 5"],
            ),
        ],
    );
    check(
        "fr",
        &[
            (
                "Des hommes armés ont tué 12 civils à Boni vendredi. Mardi, le bilan est passé à 23 morts, selon le gouvernement.",
                &["2023-05-05 boni, killed civilians 12, killed total 23 by Malian government"],
            ),
            (
                "Au moins 20 personnes ont été tuées lors d'attaques perpétrées lundi et mardi à Boni et à Hombori. Selon le maire de Hombori, des hommes armés ont attaqué mardi des déplacés. La veille de cette attaque, dix civils ont été tués à Boni.",
                &["2023-05-08 boni hombori, killed total 20, killed civilians 10"],
            ),
            (
                "Le dernier bilan du massacre ce samedi de civils à Boni fait état d'au moins 135 morts. Les habitants creusent ce dimanche une fosse commune.",
                &["2023-05-06 boni, killed total 135"],
            ),
            (
                "Des hommes armés ont tué 12 civils à Boni vendredi. La mission condamne \"l'attaque de ce matin, dans laquelle 15 personnes auraient été tuées\".",
                &["2023-05-05 boni, killed civilians 12, killed total 15"],
            ),
            (
                "Des hommes armés ont tué 12 civils à Boni vendredi. Nous l'avions révélé il y a deux jours, le bilan de cinq morts a été revu à la hausse.",
                &["2023-05-05 boni, killed civilians 12, killed total 5"],
            ),
            (
                "Des villageois ont évoqué 19 morts à Boni vendredi. L'armée française a réfuté ces dires. Une patrouille a tué 30 djihadistes, a-t-elle indiqué.",
                &[
                    "2023-05-05 boni, killed total 19 by villageois, killed militants 30 by armée française",
                ],
            ),
            (
                "Un massacre a été perpétré à Boni dimanche. Ce lundi 8 mai en fin d'après-midi, le gouvernement vient de donner un premier bilan officiel de 132 civils tués.",
                &["2023-05-07 boni, killed civilians 132 by Malian government"],
            ),
            (
                "Des hommes ont enlevé trois ressortissants italiens et un Togolais à Boni jeudi. Un élu local a déclaré que des hommes ont enlevé trois ressortissants italiens et un Togolais à une dizaine de kilomètres de Hombori.",
                &[
                    "2023-05-04 boni, abducted civilians 3, abducted total 1, abducted civilians 3 by élu local, abducted total 1 by élu local",
                ],
            ),
            (
                "Deux soldats ont été tués à Boni dimanche. Cette attaque intervient alors que le sommet s'est ouvert à Nouakchott, deux jours après un attentat perpétré le 5 mai au Mali qui a provoqué la mort de deux militaires et un civil.",
                &[
                    "2023-05-07 boni, killed soldiers 2",
                    "2023-05-05 , killed soldiers 2, killed civilians 1",
                ],
            ),
            (
                "Le préfet a donné des précisions sur l'attaque de Boni vendredi. « On parle de 9 tués. Il y a aussi 31 blessés », a-t-il expliqué.",
                &["2023-05-05 boni, killed total 9 by préfet, wounded total 31 by préfet"],
            ),
            (
                "Dans sa déclaration, l'Union européenne parle du \"massacre de 130 personnes\" à Boni vendredi.",
                &["2023-05-05 boni, killed total 130 by Union européenne"],
            ),
            (
                "Des hommes armés ont tué 12 civils à Boni vendredi. Mercredi, le bilan s'alourdit à 23 morts.",
                &["2023-05-05 boni, killed civilians 12, killed total 23"],
            ),
        ],
    );
}

/// Victim groups of the first incident.
fn hit(text: &str) -> Vec<String> {
    let document = format!("---\ntitle: Mali\npublished: 2023-05-10\n---\n{text}\n");
    let parsed = Parser::new(&KNOWN).parse("a.txt", document.as_bytes(), &Hints::default());
    let drafts = parsed.expect("a text").drafts;
    drafts.first().map_or(Vec::new(), |d| d.victims.iter().map(|v| v.group.clone()).collect())
}

#[test]
fn victims_are_named_without_a_figure_too() {
    for (text, expected) in [
        ("An ambush on a UN convoy near Boni on Friday left two dead.", vec!["peacekeepers"]),
        (
            "The attack on Boni on Friday left 12 dead. The victims were mostly Dogon.",
            vec!["dogon"],
        ),
        ("Gunmen killed 12 soldiers in Boni on Friday; four of the gunmen died.", vec!["soldiers"]),
        ("An attack in Boni on Friday left 12 dead, the army said.", vec![]),
    ] {
        assert_eq!(hit(text), expected, "{text}");
    }
}

#[test]
fn what_is_said_before_the_main_incident_is_of_another() {
    check(
        "en",
        &[(
            "Thirty soldiers were killed at Boni on 7 May. On 3 May, the group said it attacked a base in Dioura, killing 40 soldiers.",
            &[
                "2023-05-07 boni, killed soldiers 30",
                "2023-05-03 dioura, killed soldiers 40 by group",
            ],
        )],
    );
}

#[test]
fn a_quotation_or_a_communique_goes_on_over_sentences() {
    check(
        "en",
        &[(
            "\"We have 20 dead at Boni. Some of them were burned,\" said Aly Barry, the village chief.",
            &["undated boni, killed total 20 by Aly Barry"],
        )],
    );
    check(
        "fr",
        &[
            (
                "L'état-major général des armées porte à la connaissance de l'opinion nationale que les FAMa ont été attaquées le 3 mai 2023 à Boni. Le bilan est le suivant : côté FAMa 3 morts et 5 blessés ; côté ennemi 20 terroristes neutralisés.",
                &[
                    "2023-05-03 boni, killed soldiers 3 by General Staff, wounded soldiers 5 by General Staff, killed militants 20 by General Staff",
                ],
            ),
            (
                "L'armée a annoncé la mort de deux soldats à Boni. L'on déplore aussi cinq blessés, précise le document.",
                &[
                    "undated boni, killed soldiers 2 by Malian Armed Forces, wounded soldiers 5 by Malian Armed Forces",
                ],
            ),
        ],
    );
}

#[test]
fn counts_of_people_and_of_things() {
    check(
        "fr",
        &[
            (
                "L'attaque de Boni a fait 8 morts, 14 blessés, 05 portés disparus et 02 véhicules détruits côté FAMa.",
                &["undated boni, killed soldiers 8, wounded soldiers 14, missing soldiers 5"],
            ),
            (
                "À Boni, 31 terroristes ont été neutralisés et un blessé récupéré.",
                &["undated boni, killed militants 31, wounded militants 1"],
            ),
            (
                "Un ratissage a permis de compter 17 corps de terroristes près de Boni.",
                &["undated boni, killed militants 17"],
            ),
            (
                "Les FAMa ont procédé à l'arrestation de plusieurs personnes ainsi qu'à l'exécution sommaire et extrajudiciaire d'au moins 15 hommes civils à Boni.",
                &["undated boni, detained total some, killed civilians 15"],
            ),
        ],
    );
}

#[test]
fn an_army_claims_what_its_communique_says_of_it() {
    let text = "---\ntitle: Opération à Boni\npublished: 2023-05-10\nlanguage: fr\n---\nL'état-major général des armées porte à la connaissance de l'opinion nationale que les FAMa ont mené une opération à Boni. Les FAMa ont attaqué une base et tué 20 terroristes.\n";
    let parsed = Parser::new(&KNOWN).parse("a.txt", text.as_bytes(), &Hints::default()).unwrap();
    let stances: Vec<_> = parsed.drafts[0]
        .attributions
        .iter()
        .map(|a| format!("{} {}", a.actor, a.stance.as_str()))
        .collect();
    assert_eq!(stances, ["malian-armed-forces claimed"]);
}

#[test]
fn what_happened_at_another_time_is_another_incident() {
    const LEAD: &str = "Gunmen killed 12 civilians in Boni on Friday, a local official said.\n\n";
    const BONI: &str = "2023-05-05 boni, killed civilians 12 by local official";
    let mut wrong = Vec::new();
    for (text, expected) in [
        (
            "Last week's attack at Hombori killed 9 soldiers.",
            "2023-05-01 hombori, killed soldiers 9",
        ),
        (
            "The same day, a mine killed two people near Djenné.",
            "2023-05-05 djenné, killed total 2",
        ),
        (
            "A year ago, 27 people were killed in the same village.",
            "2022-01-01 boni, killed total 27",
        ),
        (
            "Days earlier, militants had attacked the nearby village of Dinangourou, killing nine people.",
            "undated dinangourou, killed total 9",
        ),
        (
            "Friday's killings followed the abduction of six people in Hombori on Thursday.",
            "2023-05-04 hombori, abducted total 6",
        ),
        (
            "In July 2024, the rebels inflicted heavy losses on Wagner at Tinzaouaten, where at least 84 Russian mercenaries died, they said.",
            "2024-07-01 tinzaouaten, killed mercenaries 84 by Tuareg rebels",
        ),
    ] {
        let found = told("en", &format!("{LEAD}{text}"));
        if found != [BONI, expected] {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let list = "Attacks on 12 April in Hombori (six dead), 14 April in Douentza (nine dead) and 2 May in Sokoura (11 dead) have shaken the region.";
    assert_eq!(
        told("en", &format!("{LEAD}{list}"))[1..],
        [
            "2023-04-12 hombori, killed total 6",
            "2023-04-14 douentza, killed total 9",
            "2023-05-02 sokoura, killed total 11",
        ]
    );
    // Of another country, and at no place of it: not told here.
    let abroad = "In neighbouring Burkina Faso, 30 soldiers were killed on Thursday.";
    assert_eq!(told("en", &format!("{LEAD}{abroad}")), [BONI]);
}

#[test]
fn the_day_of_a_strike_is_not_the_day_it_is_spoken_of() {
    check(
        "en",
        &[
            (
                "The CSP said Friday's drone strikes in Boni killed 12 civilians.",
                &["2023-05-05 boni, killed civilians 12 by CSP"],
            ),
            (
                "The toll is 12 dead, the governor said after Friday's attack in Boni.",
                &["2023-05-05 boni, killed total 12 by governor"],
            ),
            (
                "The army said Saturday it had \"neutralised\" 30 terrorists in Boni on Friday and lost two men.",
                &[
                    "2023-05-05 boni, killed militants 30 by Malian Armed Forces, killed soldiers 2 by Malian Armed Forces",
                ],
            ),
            (
                "\"They killed 12 people,\" a resident of Boni said of Friday's attack.",
                &["2023-05-05 , killed total 12 by resident of Boni"],
            ),
        ],
    );
    check(
        "fr",
        &[
            (
                "Le JNIM affirme avoir tué douze soldats vendredi à Boni.",
                &["2023-05-05 boni, killed soldiers 12 by JNIM"],
            ),
            (
                "L'attaque a visé vendredi le village de Boni. Le bilan est de 12 morts côté FAMa et 30 tués côté ennemi.",
                &["2023-05-05 boni, killed soldiers 12, killed militants 30"],
            ),
            (
                "La Minusma a documenté la mort de douze civils le 5 mai à Boni.",
                &["2023-05-05 boni, killed civilians 12 by Minusma"],
            ),
            (
                "Douze civils ont été tués vendredi à Boni, a déclaré Human Rights Watch aujourd'hui.",
                &["2023-05-05 boni, killed civilians 12 by Human Rights Watch"],
            ),
            (
                "Les FAMa ont tué, le 5 mai, six terroristes à Boni lors de plusieurs opérations militaires.",
                &["2023-05-05 boni, killed militants 6"],
            ),
        ],
    );
}

#[test]
fn who_gives_a_figure_however_it_is_put() {
    const LEAD: &str = "Gunmen attacked Boni on Friday. ";
    const TETE: &str = "Des hommes armés ont attaqué Boni vendredi. ";
    let mut wrong = Vec::new();
    for (lang, text, expected) in [
        (
            "en",
            "Twelve people were killed, two residents and a local official told a news agency on Monday.",
            "killed total 12 by two residents, killed total 12 by local official",
        ),
        (
            "en",
            "\"We killed at least 12 of the occupiers,\" Hamadou Ag Khallini, one of its members, told Reuters by telephone.",
            "killed other 12 by Hamadou Ag Khallini",
        ),
        (
            "en",
            "\"We buried 12 people this morning,\" a community leader said.",
            "killed total 12 by community leader",
        ),
        (
            "en",
            "Mopti governor Abass Dembele visited the village and said 12 people had died.",
            "killed total 12 by Mopti governor Abass Dembele",
        ),
        (
            "en",
            "Twelve people died, an official with the regional administration said, declining to be named.",
            "killed total 12 by official with the regional administration",
        ),
        (
            "en",
            "Twelve people died, said the head of the local hospital.",
            "killed total 12 by head of the local hospital",
        ),
        (
            "en",
            "The Islamic State claimed the attack through Amaq, and said that 12 soldiers had been killed.",
            "killed soldiers 12 by Islamic State",
        ),
        (
            "fr",
            "L'armée annonce 16 morts; le JNIM, qui revendique, parle de 30 soldats tués.",
            "killed total 16 by Malian Armed Forces, killed soldiers 30 by JNIM",
        ),
        (
            "fr",
            "\"Nos unités rapportent la mort de 30 soldats\", a déclaré pour sa part à l'AFP un élu local.",
            "killed soldiers 30 by élu local",
        ),
        (
            "fr",
            "L'attaque, selon le maire, a fait des dégâts, faisant selon un notable 12 morts.",
            "killed total 12 by notable",
        ),
        ("fr", "L'explosion a tué, selon le maire, douze enfants.", "killed children 12 by maire"),
        (
            "fr",
            "Douze soldats ont été tués, selon le ministère de la Sécurité et de la Protection civile.",
            "killed soldiers 12 by ministère de la Sécurité et de la Protection civile",
        ),
        (
            "fr",
            "« On a compté 12 corps », souligne Amadou, un berger.",
            "killed total 12 by Amadou",
        ),
        (
            "en",
            "The defence minister visited the village on Monday. He said that 12 people were killed.",
            "killed total 12 by Malian defence ministry",
        ),
        (
            "fr",
            "Le ministre de la Défense s'est rendu sur place lundi. Il a indiqué que 12 personnes ont été tuées.",
            "killed total 12 by Malian defence ministry",
        ),
        // A day without violence is no day of another incident.
        (
            "en",
            "Three days of mourning were declared on Sunday. A local official said 12 people were killed.",
            "killed total 12 by local official",
        ),
        (
            "en",
            "Residents fled to Hombori on Saturday. A local official said 12 people were killed.",
            "killed total 12 by local official",
        ),
        (
            "fr",
            "Douze personnes sont mortes, selon la protection civile.",
            "killed total 12 by protection civile",
        ),
        (
            "en",
            "The bishop of Mopti told a news agency that 12 people died.",
            "killed total 12 by bishop of Mopti",
        ),
        (
            "fr",
            "L'attaque a fait 12 morts parmi les civils et les soldats, selon un notable.",
            "killed total 12 by notable",
        ),
        (
            "en",
            "The Ministry of Territorial Administration condemned the attack. The ministry said that 12 people were killed.",
            // Not the one of defence, which is named far more often.
            "killed total 12 by ministry",
        ),
        (
            "en",
            "Mali's defence ministry confirmed the attack. The ministry said that 12 people were killed.",
            "killed total 12 by Mali's defence ministry",
        ),
        (
            "fr",
            "Le porte-parole de l'ONU, Stéphane Dujarric, a déclaré à la presse à New York que 12 personnes avaient été tuées.",
            "killed total 12 by porte-parole de l'ONU",
        ),
    ] {
        let lead = if lang == "fr" { TETE } else { LEAD };
        let found = told(lang, &format!("{lead}{text}"));
        let expected = format!("2023-05-05 boni, {expected}");
        if found != [expected.clone()] {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
