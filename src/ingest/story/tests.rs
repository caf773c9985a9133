//! What paragraphs tell: figures with whom they count and whose they are, and incidents told besides.

use crate::ingest::{Hints, Parser};
use crate::knowledge::Knowledge;
use crate::model::claim::{Claim, Qualifier};
use crate::model::incident::Draft;
use std::sync::LazyLock;

static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

pub(super) const ENGLISH: &str =
    "Attack at Boni\n\nOn 3 March 2021, gunmen attacked Boni, in Mopti Region.\n\n";
pub(super) const FRENCH: &str =
    "Attaque à Boni\n\nLe 3 mars 2021, Boni, dans la région de Mopti, a été attaquée.\n\n";

fn drafts(text: &str) -> Vec<Draft> {
    let parser = Parser::new(&KNOWN);
    parser.parse("test.txt", text.as_bytes(), &Hints::default()).unwrap().drafts
}

fn claim(c: &Claim) -> String {
    let number = match (c.min, c.max) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), None) => format!("{a}+"),
        (None, Some(b)) => format!("-{b}"),
        (Some(a), Some(b)) => format!("{a}-{b}"),
        (None, None) => "some".to_owned(),
    };
    assert!(c.qualifier != Qualifier::Exact || c.min == c.max);
    let by = c.claimant.as_ref().map_or(String::new(), |who| format!(" by {}", who.name));
    format!("{} {} {number}{by}", c.measure.as_str(), c.group.as_str())
}

/// The figures of every incident of a story on an attack at Boni that goes on with `text`.
fn claims(before: &str, text: &str) -> Vec<String> {
    drafts(&format!("{before}{text}\n")).iter().flat_map(|d| &d.claims).map(claim).collect()
}

pub(super) fn check(before: &str, cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, expected)| {
            let found = claims(before, text);
            (found != *expected).then(|| format!("{text}\n  {found:?}\n  {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ok_whose_losses() {
    check(
        ENGLISH,
        &[
            (
                "The MNLA said it had four wounded. It gave the army's losses as two dead and 13 wounded.",
                &[
                    "wounded rebels 4 by MNLA",
                    "killed soldiers 2 by MNLA",
                    "wounded soldiers 13 by MNLA",
                ],
            ),
            (
                "The general staff spoke of one dead soldier. It revised its losses to six dead and put those of the enemy at 24.",
                &[
                    "killed soldiers 1 by General Staff",
                    "killed soldiers 6 by General Staff",
                    "killed militants 24 by General Staff",
                ],
            ),
            (
                "The army put the rebels' losses at ten dead and its own at four.",
                &[
                    "killed rebels 10 by Malian Armed Forces",
                    "killed soldiers 4 by Malian Armed Forces",
                ],
            ),
            (
                "The mayor said 45 civilians had been killed. An official of the MSA put that number at upwards of thirty; among his own men he acknowledged four dead.",
                &[
                    "killed civilians 45 by mayor",
                    "killed civilians 30+ by official of the MSA",
                    "killed militia 4 by official of the MSA",
                ],
            ),
            (
                "The general staff said the assailants had left four bodies on the ground.",
                &["killed militants 4 by General Staff"],
            ),
            (
                "The MNLA fought back. Two men of the movement were killed and four were wounded.",
                &["killed rebels 2", "wounded rebels 4"],
            ),
        ],
    );
}

#[test]
fn ok_some_of_them() {
    check(
        ENGLISH,
        &[
            (
                "Six militants attacked the camp and ten militants were wounded. A diplomat said that several of them had been killed.",
                &["wounded militants 10", "killed militants some by diplomat"],
            ),
            (
                "Ten militants were wounded. Several were killed.",
                &["wounded militants 10", "killed total some"],
            ),
        ],
    );
}

#[test]
fn err_losses_of_somebody_else() {
    check(
        ENGLISH,
        &[
            // Of whose number nothing is said.
            ("The mayor put the losses at six dead.", &["killed total 6 by mayor"]),
            ("The mayor put his losses at six million.", &[]),
            ("A neighbour left four bodies in the mosque.", &["killed total 4"]),
            (
                "Two men of the village were killed and four were wounded.",
                &["killed total 2", "wounded total 4"],
            ),
        ],
    );
}

#[test]
fn ok_french_counts() {
    check(
        FRENCH,
        &[
            (
                "Dix personnes ont été tuées, a indiqué le maire, parmi lesquelles trois femmes.",
                &["killed total 10 by maire", "killed women 3 by maire"],
            ),
            (
                "Le GSIM a affirmé avoir tué plus de 80 soldats et détenu certains.",
                &["killed soldiers 80+ by GSIM"],
            ),
            (
                "Une source de sécurité au sein de la Minusma s'en était tenue à deux tués.",
                &["killed total 2 by source de sécurité au sein de la Minusma"],
            ),
        ],
    );
}

/// "2021-03-04 at Boni" for each incident told besides, by its first day.
fn others(before: &str, text: &str) -> Vec<String> {
    let day = |d: &Draft| d.date.start().map_or("?".to_owned(), |day| day.to_string());
    let places = |d: &Draft| d.places.iter().map(|p| p.name.clone()).collect::<Vec<_>>().join(", ");
    let drafts = drafts(&format!("{before}{text}\n"));
    let told = drafts.iter().filter(|d| !d.main);
    told.map(|d| format!("{} at {}", day(d), places(d))).collect()
}

fn check_others(before: &str, cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, expected)| {
            let found = others(before, text);
            (found != *expected).then(|| format!("{text}\n  {found:?}\n  {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ok_incidents_besides() {
    check_others(
        ENGLISH,
        &[
            (
                "A bomb killed one soldier on 2 April in Boni. The mission was outraged by Friday's attack.",
                &["2021-04-02 at Boni"],
            ),
            // A day that belongs to the telling, not to an incident.
            ("Clashes during the week of 8 March had left many dead, the mission said.", &[]),
            ("Ten people had been killed by the evening of 5 March, residents said.", &[]),
            (
                "The toll was of 12 dead. The minister corrected that on 5 March: nineteen had been killed.",
                &[],
            ),
            (
                "The government gave a toll of 38 dead in a statement read out on 5 March. On the same day, two soldiers were killed in an ambush near Hombori.",
                &["2021-03-05 at Hombori"],
            ),
            (
                "The area around Hombori had seen several attacks. On 6 March, a bomb hurt three soldiers.",
                &["2021-03-06 at Hombori"],
            ),
            (
                "Two soldiers died in an attack at Hombori on 5 March. On 8 March, a bomb hurt three soldiers.",
                &["2021-03-05 at Hombori", "2021-03-08 at "],
            ),
            ("On 6 March, air strikes in the area killed ten militants.", &["2021-03-06 at Boni"]),
            ("On 4 September, gunmen seized six drivers near Diboli.", &["2021-09-04 at Diboli"]),
        ],
    );
    check_others(
        FRENCH,
        &[
            (
                "Le 6 mars, des frappes dans le même secteur ont tué dix combattants.",
                &["2021-03-06 at Boni"],
            ),
            (
                "Le JNIM a revendiqué l'attaque. Trois jours plus tard, il publie des images qui montrent les corps de dizaines de soldats.",
                &[],
            ),
            ("La veille, l'armée avait fait état de quatre morts.", &[]),
        ],
    );
}

#[test]
fn ok_entries_of_a_chronology() {
    let french = "Une année de violences\n\nLes attaques du premier trimestre de l'année 2016.\n\nJANVIER\n\n19 janvier : Trois gendarmes tués dans une embuscade près de Mopti.\n\n28 janvier : Un militaire tué à Tombouctou.\n\n28 janvier : Quatre soldats tués dans deux attaques à Tombouctou.";
    assert_eq!(
        others("", french),
        ["2016-01-19 at Mopti", "2016-01-28 at Tombouctou", "2016-01-28 at Tombouctou"],
    );
}

/// "main actor stance by" of the first draft.
fn perpetrators(text: &str) -> Vec<String> {
    let drafts = drafts(text);
    let all = drafts.first().map(|d| d.attributions.as_slice()).unwrap_or_default();
    let by = |a: &crate::model::incident::Attribution| {
        a.by.as_ref().map_or(String::new(), |by| format!(" by {}", by.name))
    };
    all.iter().map(|a| format!("{} {}{}", a.actor, a.stance.as_str(), by(a))).collect()
}

#[test]
fn ok_who_is_named_beside_another() {
    for (text, expected) in [
        (
            "The army repelled a raid of the Katiba Macina on Boni. JNIM, to which the Katiba Macina belongs, claimed the raid.",
            "jnim claimed by JNIM",
        ),
        (
            "Local officials suspected the Katiba Macina, which had been accused of similar ambushes.",
            "katiba-macina suspected by Local officials",
        ),
    ] {
        let found = perpetrators(&format!("{ENGLISH}{text}\n"));
        assert!(found.iter().any(|f| f == expected), "{text}: {found:?}");
        assert!(!found.iter().any(|f| f.starts_with("katiba-macina claimed")), "{found:?}");
    }
    // What befell somebody named, on a day of its own, is no word on the attack.
    let text = "Al-Mourabitoune a revendiqué l'attaque. Il dit avoir voulu venger son fondateur Ahmed al-Tilemsi, abattu en décembre par l'armée française.";
    let found = perpetrators(&format!("{FRENCH}{text}\n"));
    assert!(found.iter().all(|f| !f.starts_with("french")), "{found:?}");
}

#[test]
fn ok_what_is_said_before_a_dash() {
    check(
        ENGLISH,
        &[(
            "Militants killed at least 31 people when they fired upon a bus, local authorities said – the latest attack in a region racked by violence.",
            &["killed total 31+ by local authorities"],
        )],
    );
    let text = "Deaths\n\n= Attack at Boni =\n\nInfobox\n- Title: Attack at Boni\n- Location: Boni, Mali\n- Date: 3 March 2021\n- Fatalities: 22 total\n\nOn 3 March 2021 gunmen attacked Boni.\n";
    let all: Vec<String> = drafts(text).iter().flat_map(|d| &d.claims).map(claim).collect();
    assert_eq!(all, ["killed total 22"]);
}

#[test]
fn ok_nationals_who_fought_side_by_side() {
    check(
        ENGLISH,
        &[
            (
                "Wagner was there. JNIM claimed to have killed fifty Russians and ten Malians.",
                &["killed mercenaries 50 by JNIM", "killed soldiers 10 by JNIM"],
            ),
            (
                "JNIM claimed to have killed fifty Russians and ten Malians.",
                &["killed total 50 by JNIM", "killed total 10 by JNIM"],
            ),
        ],
    );
}

#[test]
fn ok_what_is_confirmed_with_its_figure() {
    check(
        FRENCH,
        &[(
            "Sept personnes ont été tuées, dont quatre civils. Une source de sécurité a confirmé le chiffre de sept morts.",
            &["killed total 7", "killed civilians 4", "killed total 7 by source de sécurité"],
        )],
    );
    check(
        ENGLISH,
        &[
            (
                "The army said that twelve people were killed, including two soldiers, and four wounded, all of them civilians.",
                &[
                    "killed total 12 by Malian Armed Forces",
                    "killed soldiers 2 by Malian Armed Forces",
                    "wounded civilians 4 by Malian Armed Forces",
                ],
            ),
            (
                "JNIM fired at a ferry. A member of the crew was injured, and the team lost two of its members.",
                &["wounded other 1", "killed other 2"],
            ),
        ],
    );
}

#[test]
fn ok_days_and_places_of_a_lead() {
    for (text, expected) in [
        (
            "Plusieurs personnes ont été exécutées la semaine dernière dans le cercle de Niono, au Mali. Des sources locales rapportent quarante morts entre le 22 et le 24 novembre 2023.",
            [("2023-11-22", "2023-11-24")],
        ),
        (
            "En mars 2022, l'armée traquait des djihadistes à Moura, au Mali. Entre le 23 et le 31 mars, elle y déclenche une opération. 203 terroristes ont été tués.",
            [("2022-03-23", "2022-03-31")],
        ),
    ] {
        let drafts = drafts(text);
        let days: Vec<_> = drafts
            .iter()
            .map(|d| d.date.start().zip(d.date.end()))
            .map(|span| span.map(|(a, b)| (a.to_string(), b.to_string())))
            .collect();
        let expected = expected.map(|(a, b)| Some((a.to_owned(), b.to_owned())));
        assert_eq!(days, expected, "{text}");
    }
    // Nara lies elsewhere than the Welingara that the gazetteer has.
    let found = drafts(
        "Le 26 janvier 2024, douze personnes ont été tuées à Welingara, près de Nara, au Mali.\n",
    );
    assert_eq!(found[0].places[0].region_now.as_deref(), Some("nara"), "{found:?}");
    let found =
        drafts("Tinzaouatène, au Mali, a été visée le 25 août 2024. Vingt civils ont été tués.\n");
    assert_eq!(found[0].places[0].region_now.as_deref(), Some("kidal"), "{found:?}");
}

#[test]
fn ok_days_in_lines_of_their_own() {
    let text = "Mali : chronologie des attaques, mars-juin 2017\n\n5 mars\nDes hommes à moto attaquent une position de l'armée à Boulikessi. Onze militaires sont tués.\n\n29 mars\nUne attaque contre le camp de Hombori fait deux morts.\n\n1er juin\nTirs d'obus sur le camp de Kidal. L'attaque est revendiquée par le GSIM.\n";
    let found: Vec<_> = drafts(text)
        .iter()
        .map(|d| (d.date.start().map(|d| d.to_string()), d.claims.len(), d.attributions.len()))
        .collect();
    let day = |day: &str| Some(day.to_owned());
    assert_eq!(
        found,
        [(day("2017-03-05"), 1, 0), (day("2017-03-29"), 1, 0), (day("2017-06-01"), 0, 1)]
    );
    // The words of the date are those of the line.
    let first = &drafts(text)[0];
    assert_eq!(first.date_passage.as_ref().map(|p| p.quote.as_str()), Some("5 mars"));
}

#[test]
fn ok_one_person_named_again() {
    check(
        FRENCH,
        &[
            (
                "Une religieuse a été enlevée. La religieuse, qui vivait là, a été enlevée par des hommes armés.",
                &["abducted civilians 1"],
            ),
            (
                "Un soldat a été tué. Le kamikaze a été tué.",
                &["killed soldiers 1", "killed militants 1"],
            ),
            (
                "Le bilan fait état de 77 victimes et plus de 80 blessés.",
                &["killed total 77", "wounded total 80+"],
            ),
        ],
    );
}
