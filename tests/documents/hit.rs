//! Whom an incident hit, where no figure says so, in stories of one or two sentences.

use super::KNOWN;
use mali_timeline::ingest::{Hints, Parser};

/// Victim groups of the first incident of a story published on Wednesday 10 May 2023.
fn hit(text: &str) -> String {
    let document = format!("---\ntitle: Mali\npublished: 2023-05-10\n---\n{text}\n");
    let parsed = Parser::new(&KNOWN).parse("a.txt", document.as_bytes(), &Hints::default());
    let drafts = parsed.expect("a text").drafts;
    let groups = drafts.first().map(|d| d.victims.iter().map(|v| v.group.as_str()));
    groups.map(|g| g.collect::<Vec<_>>().join("; ")).unwrap_or_default()
}

fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, expected)| {
            let found = hit(text);
            (found != *expected)
                .then(|| format!("{text}\n  expected {expected}\n  found    {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whose_convoy_or_post_it_was() {
    check(&[
        (
            "A patrol of UN peacekeepers hit a mine near Boni on Friday. Four Chadians were killed.",
            "peacekeepers",
        ),
        (
            "Une patrouille de la Minusma a heurté un engin explosif vendredi à Boni, faisant quatre morts.",
            "peacekeepers",
        ),
        (
            "Un véhicule de l'armée a sauté sur une mine vendredi près de Boni : quatre morts.",
            "soldiers",
        ),
        (
            "Un convoi de l'armée est tombé dans une embuscade vendredi près de Boni : quatre morts.",
            "soldiers",
        ),
        (
            "Une attaque contre les troupes maliennes à Boni vendredi a fait 53 morts, dont un civil.",
            "civilians; soldiers",
        ),
        ("JNIM militants ambushed Malian soldiers near Boni on Friday.", "soldiers"),
        ("JNIM militants ambushed a convoy of traders near Boni on Friday, killing four.", ""),
    ]);
}

#[test]
fn people_whom_no_number_counts() {
    check(&[
        ("Un massacre de civils peuls a fait au moins 135 morts vendredi à Boni.", "fulani"),
        (
            "Amnesty confirme que ce sont bien des civils qui ont été tués vendredi dans les frappes de drones à Boni.",
            "civilians",
        ),
        (
            "Des miliciens peuls ont attaqué vendredi le village dogon de Boni, faisant 12 morts.",
            "dogon",
        ),
        (
            "An attack on a village of Fulani herders at Boni on Friday left 23 people dead.",
            "civilians; fulani",
        ),
        (
            "An attack on Boni on Friday, a village inhabited by the Dogon ethnic group, left 23 people dead.",
            "civilians; dogon",
        ),
        ("On Friday, the mayor of Boni was shot dead by gunmen.", "civilians; officials"),
        ("Un car a sauté sur une mine vendredi près de Boni : onze morts.", "civilians"),
        ("The army denied on Friday the massacre of civilians at Boni.", ""),
        ("A car bomb exploded at Boni on Friday, leaving eleven dead.", ""),
    ]);
}

#[test]
fn communities_among_them_and_people_behind_the_verb() {
    check(&[
        (
            "Plusieurs civils, dont des Dogons et des Peuls, ont été tués vendredi à Boni.",
            "civilians; dogon; fulani",
        ),
        (
            "Soldiers executed and forcibly disappeared several dozen civilians at Boni on Friday, in a massacre.",
            "civilians",
        ),
        (
            "Gunmen attacked Boni on Friday, the army said; leaders, including Dogons, were informed.",
            "",
        ),
    ]);
}

#[test]
fn groups_that_no_number_counts() {
    check(&[
        (
            "Fifty people, including soldiers and civilians, were killed at Boni on Friday by JNIM.",
            "civilians; soldiers",
        ),
        (
            "Soldiers and civilians were among the dead when JNIM attacked Boni on Friday.",
            "soldiers; civilians",
        ),
        (
            "Des soldats et des civils figurent parmi les victimes de l'attaque de vendredi à Boni.",
            "soldiers; civilians",
        ),
        (
            "Douze habitants du village dogon de Boni ont été tués vendredi.",
            "civilians; villagers; dogon",
        ),
        (
            "Gunmen killed 12 civilians at Boni on Friday. Seven suspects, including soldiers, were arrested.",
            "civilians",
        ),
        ("Soldiers and civilians were not killed at Boni on Friday, the army said.", ""),
    ]);
}

#[test]
fn those_who_fell_among_the_attackers_are_no_victims() {
    check(&[
        (
            "Dozo hunters killed 36 civilians at Boni on Friday. One attacker was also killed.",
            "civilians",
        ),
        (
            "The CSP attacked the camp of Boni on Friday, killing five soldiers. The army said it had killed 30 terrorists.",
            "soldiers",
        ),
        (
            "The CSP attacked the camp of Boni on Friday, killing five soldiers. The general staff said that some thirty terrorists had been killed.",
            "soldiers",
        ),
        ("The army killed 12 attackers at Boni on Friday, it said.", "militants"),
        (
            "Ansar Dine attacked Boni on Friday, killing 11 soldiers. French helicopters struck its column.",
            "soldiers",
        ),
    ]);
}

#[test]
fn of_a_battle_the_dead_of_both_sides_are_victims() {
    check(&[
        (
            "The battle of Boni was fought on Friday between JNIM and the army. Seven soldiers and 28 jihadists were killed.",
            "soldiers; militants",
        ),
        (
            "Des affrontements ont opposé vendredi le MNLA au Mujao à Boni. Le MNLA dit avoir tué douze jihadistes et perdu deux combattants.",
            "militants; rebels",
        ),
        (
            "Fighters of the MSA defeated a group of the Islamic State at Boni on Friday. Five militants were killed.",
            "militants",
        ),
        // The army's word for rebels.
        (
            "La bataille de Boni oppose vendredi l'armée aux rebelles du CSP. Sept soldats et 28 terroristes ont été tués, selon l'armée.",
            "soldiers",
        ),
        // An attack on one side.
        (
            "The battle of Boni began on Friday. JNIM stormed the army's camp; seven soldiers and 28 jihadists were killed.",
            "soldiers",
        ),
        (
            "JNIM attacked the camp of Boni on Friday. Seven soldiers and 28 militants were killed in the fighting.",
            "soldiers",
        ),
    ]);
}

#[test]
fn those_named_among_the_dead() {
    check(&[
        (
            "Seven villages were attacked on Friday near Boni. Civilians and dozos, the traditional hunters, are among the dead, an official said.",
            "civilians; militia",
        ),
        (
            "Cinq civils ont été tués vendredi à Boni. Parmi les morts, de nationalités diverses, figure un policier.",
            "civilians; police",
        ),
        (
            "Quatre personnes ont été tuées vendredi près de Boni, a annoncé la présidence. L'adjudant Oumar Traoré figure parmi les victimes.",
            "civilians; soldiers",
        ),
        (
            "An attack killed 12 people at Boni on Friday. The dead include traders and a gendarme.",
            "civilians; traders; police",
        ),
        (
            "Positions of the Malian Armed Forces at Boni and Hombori were the target of attacks on Friday. Twelve people died, among them three civilians.",
            "civilians; soldiers",
        ),
        (
            "Twelve people were killed at Boni on Friday. No soldiers were among the dead.",
            "civilians",
        ),
        (
            "Twelve people were killed at Boni on Friday. Three attackers are among the dead.",
            "civilians",
        ),
        (
            "Twelve people were killed at Boni on Friday. Soldiers stood among the dead.",
            "civilians",
        ),
    ]);
}
