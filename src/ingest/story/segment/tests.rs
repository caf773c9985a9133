//! Which sentences tell an incident besides, at which day and place.

use crate::ingest::{Hints, Parser};
use crate::knowledge::Knowledge;
use crate::model::incident::Draft;
use std::sync::LazyLock;

static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

const ENGLISH: &str = "Attack at Boni\n\nOn 3 March 2021, gunmen attacked Boni, in Mopti Region, killing 30 people.\n\n";
const FRENCH: &str = "Attaque à Boni\n\nLe 3 mars 2021, Boni, dans la région de Mopti, a été attaquée et 30 personnes ont été tuées.\n\n";
const SURVEY: &str = "Violence in Mali in 2021\n\nThe country saw many attacks.\n\n2 January: Two soldiers were killed in an ambush at Hombori.\n\n9 January: A bomb killed one soldier at Gossi.\n\n12 January: Gunmen killed three civilians at Songho.\n\n";

fn drafts(text: &str) -> Vec<Draft> {
    let parser = Parser::new(&KNOWN);
    parser.parse("test.txt", text.as_bytes(), &Hints::default()).unwrap().drafts
}

/// "2021-03-04 at Boni: 3, 4" for a draft: its first day, its places and how many its figures count.
fn told(draft: &Draft) -> String {
    let day = draft.date.start().map_or("?".to_owned(), |day| day.to_string());
    let places = draft.places.iter().map(|p| p.name.clone()).collect::<Vec<_>>().join(", ");
    let figures = draft.claims.iter().filter_map(|c| c.min).map(|n| n.to_string());
    let figures = figures.collect::<Vec<_>>().join(", ");
    format!("{day} at {places}: {figures}")
}

fn check(before: &str, main: bool, cases: &[(&str, &[&str])]) {
    let told_before = if before.is_empty() { Vec::new() } else { drafts(before) };
    let skipped = told_before.iter().filter(|d| d.main == main && !main).count();
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, expected)| {
            let all = drafts(&format!("{before}{text}\n"));
            let found: Vec<String> =
                all.iter().filter(|d| d.main == main).skip(skipped).map(told).collect();
            (found != *expected).then(|| format!("{text}\n  {found:?}\n  {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ok_hours_apart() {
    check(
        ENGLISH,
        false,
        &[
            (
                "Almost at the same time, a post of the army came under attack at Diafarabé. Two soldiers were killed.",
                &["2021-03-03 at Diafarabé: 2"],
            ),
            (
                "Some hours earlier, gunmen had attacked a convoy at Gossi.",
                &["2021-03-03 at Gossi: "],
            ),
            ("Songho, a village close by, was also attacked.", &["2021-03-03 at Songho: "]),
            // The same attack goes on.
            ("Some hours later, they attacked the market of Boni again.", &[]),
            ("At the same time, shells fell on the camp.", &[]),
            ("Some hours later, the wounded were taken to Sévaré.", &[]),
        ],
    );
    check(
        FRENCH,
        false,
        &[
            (
                "Quelques heures plus tôt, un convoi avait été attaqué à Gossi.",
                &["2021-03-03 at Gossi: "],
            ),
            ("Au même moment, des tirs ont été entendus.", &[]),
        ],
    );
}

#[test]
fn ok_a_second_incident_in_an_entry() {
    check(
        SURVEY,
        false,
        &[
            (
                "20 January: An escort is attacked at Gossi (two soldiers killed). Around 1.30 p.m., at Niendjela, a bomb kills five soldiers.",
                &["2021-01-20 at Gossi: 2", "2021-01-20 at Niendjela: 5"],
            ),
            (
                "20 January: Two soldiers are killed in an ambush at Gossi. The same day, on the bridge of Parou, a bomb kills four civilians.",
                &["2021-01-20 at Gossi: 2", "2021-01-20 at Parou: 4"],
            ),
            (
                "20 January: Two soldiers are killed in an ambush at Gossi. Two days later, shells were fired at the camp in the town.",
                &["2021-01-20 at Gossi: 2", "2021-01-22 at Gossi: "],
            ),
            (
                "20 January: Two soldiers are killed in an ambush at Gossi. Some hours earlier, men had entered a school at Hombori.",
                &["2021-01-20 at Gossi: 2"],
            ),
            (
                "20 January: An escort is attacked at Gossi. Around 1.30 p.m., two soldiers were killed at Gossi.",
                &["2021-01-20 at Gossi: 2"],
            ),
        ],
    );
}

#[test]
fn ok_while_elsewhere() {
    const LEAD: &str = "Dead in northern Mali\n\nGunmen killed 20 civilians in Bourem on 4 March 2021, while a peacekeeper was killed in a mine explosion further north.\n\n";
    check(
        LEAD,
        false,
        &[
            ("The mine went off on 5 March in Kidal.", &["2021-03-05 at Kidal: 1"]),
            // Nobody knows of which explosion.
            ("An explosion shook Kidal on 6 March and killed two.", &["2021-03-06 at Kidal: 2"]),
        ],
    );
    check(
        "",
        true,
        &[(
            "Attack\n\nGunmen killed 20 civilians in Bourem on 4 March 2021, while ten others were wounded.",
            &["2021-03-04 at Bourem: 20, 10"],
        )],
    );
}

#[test]
fn ok_far_away() {
    check(
        ENGLISH,
        false,
        &[
            ("Also on Wednesday, JNIM claimed an attack on a camp at Kidal.", &["? at Kidal: "]),
            (
                "The MSA reported 22 people killed at Inagam, in the Ménaka region.",
                &["? at Inagam: 22"],
            ),
            // In general, and of no day.
            ("JNIM has claimed many attacks in Kidal.", &[]),
            ("The MSA reported 22 people killed at Dinagam, in the Mopti region.", &[]),
        ],
    );
}

#[test]
fn ok_undated_and_near() {
    check(
        ENGLISH,
        false,
        &[
            ("Two traders were recently shot dead near Boni.", &["? at Boni: 2"]),
            (
                "In April 2020, four soldiers were killed on the same road.",
                &["2020-04-01 at Boni: 4"],
            ),
            (
                "On 20 February 2021, soldiers repelled an attack on its airport. One died.",
                &["2021-02-20 at Boni: 1"],
            ),
            (
                "Separately, two civilians died in an attack on the police station of Diré.",
                &["? at Diré: 2"],
            ),
            ("The toll was recently revised to 32.", &[]),
        ],
    );
}

#[test]
fn err_days_of_something_else() {
    check(
        ENGLISH,
        false,
        &[
            // Of a saying, a translation, a revised toll, an arrest.
            ("Two days later, an official said that 31 people had died in this attack.", &[]),
            (
                "In a statement that was translated on 8 March, JNIM said it had killed 28 soldiers.",
                &[],
            ),
            (
                "MINUSMA put the number of wounded at three in its first statement and at eight on the next day.",
                &[],
            ),
            (
                "Eleven prisoners, captured in attacks between July 2019 and March 2020, died there.",
                &[],
            ),
        ],
    );
    check(
        SURVEY,
        false,
        &[
            (
                "12 May: The UN publishes a report in which it accuses the army of having killed 500 people at Moura in March 2020.",
                &["2020-03-01 at Moura: 500"],
            ),
            (
                "In February, the army held an exercise. On 10 March, it killed 19 militants at Gossi. Herders saw 19 bodies.",
                &["2021-03-10 at Gossi: 19, 19"],
            ),
        ],
    );
    check(
        FRENCH,
        false,
        &[(
            "Depuis l'apparition du groupe, en 2015, les affrontements ont fait des centaines de morts.",
            &[],
        )],
    );
}

#[test]
fn ok_fighting_on_a_day_told_by_another() {
    check(
        ENGLISH,
        false,
        &[
            (
                "On 6 March, three men were killed in a clash at Gossi. Five days later there was fighting near Hombori.",
                &["2021-03-06 at Gossi: 3", "2021-03-11 at Hombori: "],
            ),
            (
                "On the morning after, an explosive device went off in Songho.",
                &["2021-03-04 at Songho: "],
            ),
        ],
    );
}

/// A story that does not say when it was written: its days have no date.
const UNDATED: &str = "Attaque à Boni\n\nQuatre soldats ont été tués dimanche matin dans une embuscade à Boni, dans la région de Mopti.\n\n";

#[test]
fn ok_other_days_of_a_story_without_a_date() {
    check(
        UNDATED,
        false,
        &[
            (
                "Mercredi dernier, deux attaques avaient visé le camp de la Minusma à Kidal. Elles ont été revendiquées par Aqmi.",
                &["? at Kidal: "],
            ),
            (
                "Samedi, une autre bande armée a attaqué une patrouille près de Gossi : deux gendarmes ont été blessés.",
                &["? at Gossi: 2"],
            ),
            (
                "Une semaine plus tôt, 35 habitants avaient été massacrés à Songho.",
                &["? at Songho: 35"],
            ),
            // Of the same day or place, and the day of a saying.
            ("Dimanche, des renforts ont essuyé des tirs à Gossi.", &[]),
            ("Lundi, cinq corps ont été retrouvés à Boni.", &[]),
            ("Une semaine plus tôt, le maire avait dit craindre une attaque à Songho.", &[]),
        ],
    );
    check(
        UNDATED,
        true,
        &[(
            "Samedi, une autre bande armée a attaqué une patrouille près de Gossi : deux gendarmes ont été blessés.",
            &["? at Boni: 4"],
        )],
    );
}

#[test]
fn ok_another_region() {
    check(
        ENGLISH,
        false,
        &[
            (
                "Elsewhere, gunmen kidnapped three aid workers in the Gao region.",
                &["? at Gao region: 3"],
            ),
            (
                "On the same day, an army post was attacked in the Goundam cercle. A soldier died.",
                &["2021-03-03 at Goundam: 1"],
            ),
            ("Elsewhere, gunmen kidnapped three aid workers in the Mopti region.", &[]),
            ("On the same day, the wounded were taken to the Goundam cercle.", &[]),
            (
                "Two other villages, Oura and Tilla, were also attacked.",
                &["2021-03-03 at Oura, Tilla: "],
            ),
        ],
    );
    check(
        "",
        true,
        &[(
            "Attack\n\nGunmen attacked two villages near Hombori on 3 March 2021. The mayor counted 17 dead: fourteen in Songho and three in Gaina.",
            &["2021-03-03 at Hombori: 17, 14, 3"],
        )],
    );
}

#[test]
fn ok_vaguely_later() {
    const BACKGROUND: &str = "= Attack at Boni =\n\nInfobox\n- Place: Boni, Mopti Region, Mali\n- Date: 3 March 2021\n\nThe attack took place on 3 March 2021.\n\n== Background ==\n";
    check(
        BACKGROUND,
        false,
        &[
            (
                "On 6 May 2020, two soldiers were killed at Songho. A few weeks later, three soldiers were wounded at the camp.",
                &["2020-05-06 at Songho: 2", "? at Songho: 3"],
            ),
            (
                "On 6 May 2020, two soldiers were killed at Songho. A few weeks later, the army said that three soldiers had been wounded.",
                &["2020-05-06 at Songho: 2, 3"],
            ),
            (
                "On 6 May 2020, two soldiers were killed at Songho. Late in June, a market was closed at Dioura.",
                &["2020-05-06 at Songho: 2"],
            ),
        ],
    );
}

#[test]
fn err_places_and_totals() {
    check(
        SURVEY,
        false,
        &[
            (
                "20 January: A convoy struck a mine north of Gossi and came under fire. A UN spokesman in New York reported two dead.",
                &["2021-01-20 at Gossi: 2"],
            ),
            ("20 January: Gunmen attacked Gossi. No one was hurt.", &["2021-01-20 at Gossi: 0"]),
        ],
    );
    check(
        ENGLISH,
        false,
        &[
            (
                "Between 300 and 700 were killed in a string of massacres before the end of August.",
                &[],
            ),
            (
                "In August 2020, gunmen stormed the governor's office at Gao, and eight people were killed.",
                &["2020-08-01 at Gao: 8"],
            ),
        ],
    );
}

#[test]
fn ok_towns_that_are_taken() {
    const BACKGROUND: &str = "= Attack at Boni =\n\nInfobox\n- Place: Boni, Mopti Region, Mali\n- Date: 3 March 2021\n\nThe attack took place on 3 March 2021.\n\n== Aftermath ==\n";
    check(
        BACKGROUND,
        false,
        &[
            (
                "On 6 March, the MNLA took Ménaka without a fight, and on 8 March its fighters entered Aguelhok.",
                &["2021-03-06 at Ménaka: ", "2021-03-08 at Aguelhok: "],
            ),
            ("On 6 March, the minister entered Ménaka.", &[]),
            ("The MNLA, which took Ménaka in 2012, denied it.", &[]),
            ("On 6 March, the army took the wounded to Gao.", &[]),
        ],
    );
    check(
        "",
        false,
        &[(
            "Report on Mali\n\nOn 9 June, rebels and militias clashed in Ménaka, leaving five dead.\n\nOn 2 July, gunmen killed two soldiers at Hombori. Four days later, the CMA took control of Tin-Essako.\n\nOn 12 July, a bomb killed three civilians at Songho.",
            &["? at Ménaka: 5", "? at Hombori: 2", "? at Tin-Essako: ", "? at Songho: 3"],
        )],
    );
}

#[test]
fn ok_two_places_of_an_entry() {
    check(
        SURVEY,
        false,
        &[
            (
                "26 January – Niafunké is attacked by rebels (one dead); Andéramboukane is taken by others.",
                &["2021-01-26 at Niafunké: 1", "2021-01-26 at Andéramboukane: "],
            ),
            (
                "26 January – Gunmen attack Hombori, killing two; the wounded are taken to Gao.",
                &["2021-01-26 at Hombori: 2"],
            ),
            (
                "26 January – Rebels overrun the post of Léré without losses.",
                &["2021-01-26 at Léré: "],
            ),
        ],
    );
}

#[test]
fn ok_days_and_places_of_what_is_said() {
    check(
        ENGLISH,
        false,
        &[
            (
                "On 6 March, an air strike hit the village of Gossi, residents said.",
                &["2021-03-06 at Gossi: "],
            ),
            ("On 6 March, residents said that an air strike had hit Boni.", &[]),
            (
                "The same day, gunmen killed 40 people in two villages of western Niger, Tchoma and Zaroum.",
                &[],
            ),
        ],
    );
    check(
        "",
        true,
        &[(
            "Bandiagara : des gendarmes tués\n\nDes hommes armés ont attaqué, dans la soirée du 25 février 2021, l'escadron de gendarmerie de Bandiagara. Huit gendarmes sont morts.\n\nDeux jours plus tôt, deux soldats avaient été tués à Sévaré. Le même jour, trois infirmiers ont été enlevés à Kourou.",
            &["2021-02-25 at Bandiagara: 8"],
        )],
    );
}

#[test]
fn ok_two_incidents_of_a_sentence() {
    check(
        ENGLISH,
        false,
        &[
            (
                "On 6 March, an ambush outside Tessit killed eight soldiers, while four civilians died on a mine near Songho.",
                &["2021-03-06 at Tessit: 8", "? at Songho: 4"],
            ),
            (
                "On 6 March 2020, 20 villagers were killed in Songho, where 160 had died a year earlier.",
                &["2020-03-06 at Songho: 20", "? at Songho: 160"],
            ),
            (
                "On 6 March, an ambush outside Tessit killed eight soldiers, while four were wounded.",
                &["2021-03-06 at Tessit: 8, 4"],
            ),
            ("The U.N. mission has lost more than 170 peacekeepers in Mali.", &[]),
        ],
    );
    check(
        SURVEY,
        false,
        &[(
            "27 January: Two peacekeepers were killed at Ber and, a few hours later, six were wounded in Konna.",
            &["2021-01-27 at Ber: 2", "2021-01-27 at Konna: 6"],
        )],
    );
    check(
        ENGLISH,
        true,
        &[(
            "The U.N. mission has lost more than 170 peacekeepers in Mali.",
            &["2021-03-03 at Boni: 30"],
        )],
    );
}

#[test]
fn err_years_and_places_in_passing() {
    const BACKGROUND: &str = "= Attack at Mondoro =\n\nInfobox\n- Place: Mondoro, Mopti Region, Mali\n- Date: 3 March 2021\n\nThe attack took place on 3 March 2021.\n\n== Background ==\n";
    check(
        BACKGROUND,
        false,
        &[
            (
                "The north was occupied by rebels in 2012, and French forces entered Gao on 26 January 2013.",
                &[],
            ),
            ("In 2018, the group clashed several times with the army around Boni.", &[]),
            (
                "The G5 force, deployed in 2017, was attacked on 29 June 2018 at Sévaré, and three people died. Mondoro is 15 kilometres from the border.",
                &["2018-06-29 at Sévaré: 3"],
            ),
        ],
    );
}

#[test]
fn ok_other_people_of_the_same_day() {
    const MINE: &str = "Mali : deux Casques bleus tués à Kidal\n\nLe 3 mars 2021, deux Casques bleus ont été tués par l'explosion d'une mine à Kidal.\n\n";
    check(
        MINE,
        false,
        &[
            (
                "Le même jour, l'armée française a annoncé avoir tué quinze jihadistes dans le nord du Mali.",
                &["2021-03-03 at le nord du Mali: 15"],
            ),
            // Of the same people, and of no other place.
            (
                "Le même jour, la mission a indiqué que deux Casques bleus étaient morts à Kidal.",
                &[],
            ),
            ("Le même jour, trois Casques bleus ont été blessés dans le nord du Mali.", &[]),
            ("Le même jour, les assaillants ont perdu quinze jihadistes, selon l'armée.", &[]),
        ],
    );
}

#[test]
fn ok_other_moves_and_weeks() {
    check(
        "Attack at Boni\n\nGunmen attacked Boni, in Mopti Region, on Sunday, killing 30 people.\n\n",
        false,
        &[
            (
                "Another aggressive move by JNIM occurred on Monday with an attack in Timbuktu, where 13 militants were killed.",
                &["? at Timbuktu: 13"],
            ),
            (
                "Last week officials said more than 40 people were killed in several villages in northern Mali.",
                &["? at northern Mali: 40"],
            ),
            ("Last week officials said that 30 people had been killed at Boni.", &[]),
            (
                "The raid came a day after militants attacked Gossi and Hombori. One soldier was killed in Gossi.",
                &["? at Gossi, Hombori: 1"],
            ),
            ("The announcement came a day after militants attacked Boni.", &[]),
            (
                "The raid came five days after militants attacked Gossi, in the deadliest raid since 2013.",
                &["? at Gossi: "],
            ),
        ],
    );
}

#[test]
fn ok_attack_that_came_after_another() {
    const BACKGROUND: &str = "= Attack at Mondoro =\n\nInfobox\n- Place: Mondoro, Mopti Region, Mali\n- Date: 13 March 2021\n\nThe attack took place on 13 March 2021.\n\n== Background ==\n";
    check(
        BACKGROUND,
        false,
        &[(
            "On 2 January, 19 farmers were killed at Songho. The attack on Mondoro came ten days after one on Hombori, in which four villagers lost their lives.",
            &["2021-01-02 at Songho: 19", "2021-03-03 at Hombori: 4"],
        )],
    );
}

#[test]
fn ok_where_it_was_said() {
    check(
        "",
        true,
        &[
            (
                "Mali : un mort\n\nUn Casque bleu a été tué mercredi. Le porte-parole avait fait état à New York d'un mort dans la même attaque, dans la région de Tombouctou.",
                &["? at Tombouctou: 1, 1"],
            ),
            (
                "Mali : un village visé\n\nUne première frappe de drone a ciblé le village de Tangatta, jeudi soir. Sept personnes ont été tuées.",
                &["? at Tangatta: 7"],
            ),
            (
                "Mali : deux postes attaqués\n\nVendredi, sept soldats sont morts dans l'attaque de deux postes, dont celui de Boni.",
                &["? at Boni: 7"],
            ),
        ],
    );
    check(
        FRENCH,
        false,
        &[
            ("La mission, établie en 2013, a perdu plus de 230 de ses membres.", &[]),
            (
                "Le 9 mars 2021, l'armée a perdu quatre soldats à Gossi.",
                &["2021-03-09 at Gossi: 4"],
            ),
        ],
    );
}

#[test]
fn ok_second_strikes_and_days_of_figures() {
    check(
        FRENCH,
        false,
        &[
            (
                "Le lendemain, une seconde frappe a tué quatre femmes dans un campement à Gossi.",
                &["2021-03-04 at Gossi: 4"],
            ),
            (
                "Le lendemain, une seconde frappe de drone a visé, dans la même zone, un campement à Dia, près de Gossi. Bilan : quatre femmes tuées.",
                &["2021-03-04 at Dia: 4"],
            ),
            ("Le lendemain, une seconde frappe a visé le marché de Boni.", &[]),
            ("Une seconde frappe a touché ceux qui venaient au secours des blessés.", &[]),
            ("La gendarmerie s'est arrêtée le 5 mars au chiffre de 26 tués.", &[]),
            (
                "Le 5 mars, au village de Gossi, 26 civils ont été tués.",
                &["2021-03-05 at Gossi: 26"],
            ),
        ],
    );
}
