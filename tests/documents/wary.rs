//! Sentences that look like a figure, a claim or a date and are none: better silent than wrong.

use super::KNOWN;
use super::telling::{check, incident, told};
use mali_timeline::ingest::{Hints, Parser};

#[test]
fn its_men_are_those_of_whoever_lost_them() {
    check(
        "en",
        &[
            (
                "The army said JNIM lost 12 of its fighters at Boni on Friday.",
                &["2023-05-05 boni, killed militants 12 by Malian Armed Forces"],
            ),
            (
                "JNIM said the army lost 12 of its men at Boni on Friday.",
                &["2023-05-05 boni, killed soldiers 12 by JNIM"],
            ),
            (
                "MINUSMA said the CMA lost three of its members at Boni on Friday.",
                &["2023-05-05 boni, killed rebels 3 by MINUSMA"],
            ),
            (
                "The army said that two of its men had died at Boni on Friday.",
                &["2023-05-05 boni, killed soldiers 2 by Malian Armed Forces"],
            ),
        ],
    );
    check(
        "fr",
        &[(
            "L'armée a perdu 12 de ses hommes vendredi à Boni, a affirmé le JNIM.",
            &["2023-05-05 boni, killed soldiers 12 by JNIM"],
        )],
    );
}

#[test]
fn victims_of_something_else_are_no_dead() {
    let nothing: &[&str] = &[];
    check(
        "en",
        &[
            (
                "Human Rights Watch documented 47 victims of sexual violence at Boni in March 2023.",
                nothing,
            ),
            ("The UN recorded 12 victims of torture at Boni on Friday.", nothing),
            ("MSF counted 40 victims treated for burns at Boni on Friday.", nothing),
            (
                "The attack on Boni on Friday claimed 53 victims.",
                &["2023-05-05 boni, killed total 53"],
            ),
        ],
    );
    check(
        "fr",
        &[
            ("La protection civile a recensé 300 victimes d'inondations à Boni vendredi.", nothing),
            (
                "Les villageois ont dénombré 14 victimes après l'attaque de Boni vendredi.",
                &["2023-05-05 boni, killed total 14 by villageois"],
            ),
        ],
    );
}

#[test]
fn a_group_of_another_sort_is_another_speaker() {
    let jnim = "JNIM said it killed 12 soldiers at Boni on Friday. ";
    let hrw = "Human Rights Watch said 12 civilians were killed at Boni on Friday. ";
    let mut wrong = Vec::new();
    for (before, text, expected) in [
        (jnim, "The rights group said 20 civilians had died.", "by rights group"),
        (jnim, "A rebel group said 20 civilians had died.", "by rebel group"),
        (jnim, "The jihadist group said 20 civilians had died.", "by JNIM"),
        (hrw, "The militant group said 20 civilians had died.", "by militant group"),
        (hrw, "The armed group said 20 civilians had died.", "by armed group"),
        (hrw, "A rights group said 20 civilians had died.", "by rights group"),
        (hrw, "The rights group said 20 civilians had died.", "by Human Rights Watch"),
    ] {
        let found = told("en", &format!("{before}{text}"));
        let expected = format!("killed civilians 20 {expected}");
        if found.len() != 1 || !found[0].ends_with(&expected) {
            wrong.push(format!("{text}\n  expected {expected}\n  found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_of_death_in_another_sense() {
    for (lang, text) in [
        ("en", "Two hundred soldiers had fallen back to Boni on Friday."),
        ("en", "Forty villagers have fallen ill at Boni since Friday."),
        ("en", "Three villagers were buried under rubble at Boni on Friday but rescued alive."),
        ("en", "Four hundred villagers are buried under debt in Boni."),
        ("en", "The army said twelve terrorists were put out of action, captured alive, at Boni."),
        ("en", "Fatal injuries to 12 soldiers were reported at Boni on Friday."),
        ("fr", "Douze terroristes ont été mis hors de combat, capturés vivants, à Boni vendredi."),
        ("fr", "Des civils ont été enlevés à Boni. Le chiffre des otages est ramené à 5."),
        ("fr", "Les frappes de la monnaie ont cessé à Boni vendredi."),
    ] {
        let found = told(lang, text);
        let counts = found.iter().any(|line| line.contains("killed") || line.contains("wounded"));
        assert!(!counts, "{text}: {found:?}");
    }
    check(
        "en",
        &[
            (
                "Gunmen attacked Boni on Friday. 15 bodies were found and 20 victims were buried.",
                &["2023-05-05 boni, killed total 15"],
            ),
            (
                "Gunmen attacked Boni on Friday. Twelve victims were buried on Saturday.",
                &["2023-05-05 boni, killed total 12"],
            ),
            (
                "The army said twelve terrorists were put out of action at Boni on Friday.",
                &["2023-05-05 boni, killed militants 12 by Malian Armed Forces"],
            ),
        ],
    );
    check(
        "fr",
        &[
            (
                "Deux enfants fauchés par un véhicule ont été blessés vendredi à Boni.",
                &["2023-05-05 boni, wounded children 2"],
            ),
            (
                "Une attaque vendredi à Boni a tué douze civils. Le bilan a été ramené à 5.",
                &["2023-05-05 boni, killed civilians 12, killed civilians 5"],
            ),
        ],
    );
}

#[test]
fn the_day_of_an_attack_told_behind_its_toll() {
    check(
        "en",
        &[
            (
                "Gunmen attacked a bus at Boni: thirty people were wounded and 12 died on Friday.",
                &["2023-05-05 boni, wounded total 30, killed total 12"],
            ),
            (
                "Gunmen attacked the hospital in Boni, where 12 people died on Friday.",
                &["2023-05-05 boni, killed total 12"],
            ),
            (
                "The death toll rose to 12 after gunmen attacked Boni on Friday.",
                &["2023-05-05 boni, killed total 12"],
            ),
            (
                "On Friday, a large number of gunmen entered Boni and killed 12 civilians.",
                &["2023-05-05 boni, killed civilians 12"],
            ),
            (
                "Gunmen attacked Boni on Thursday, killing 12 civilians. The number of dead rose to 14 on Friday.",
                &["2023-05-04 boni, killed civilians 12, killed civilians 14"],
            ),
            (
                "Gunmen attacked Boni on Thursday, wounding 12 civilians, one of whom died on Friday.",
                &["2023-05-04 boni, wounded civilians 12, killed civilians 1"],
            ),
        ],
    );
    check(
        "fr",
        &[(
            "Le bilan passe à 12 morts après l'attaque de Boni vendredi.",
            &["2023-05-05 boni, killed total 12"],
        )],
    );
}

#[test]
fn wounded_and_dead_counted_together_are_neither() {
    check(
        "en",
        &[
            (
                "Gunmen attacked Boni on Friday. JNIM put the army's wounded and dead at 40.",
                &["2023-05-05 boni"],
            ),
            (
                "Gunmen attacked Boni on Friday. JNIM put the army's dead at 40.",
                &["2023-05-05 boni, killed soldiers 40 by JNIM"],
            ),
        ],
    );
}

#[test]
fn whoever_acted_has_not_spoken() {
    check(
        "fr",
        &[
            (
                "Le JNIM a tué 12 civils vendredi à Boni. « Nous avons compté 14 corps », a-t-il indiqué.",
                &["2023-05-05 boni, killed civilians 12, killed total 14"],
            ),
            (
                "Douze civils ont été tués vendredi à Boni, a annoncé le maire. Le JNIM a attaqué le village. « 20 soldats ont été tués », a-t-il ajouté.",
                &["2023-05-05 boni, killed civilians 12 by maire, killed soldiers 20 by maire"],
            ),
            (
                "Des hommes armés ont tué 12 civils vendredi à Boni, selon un notable. Le maire s'est rendu sur place. « 20 personnes ont été blessées », a-t-il dit.",
                &["2023-05-05 boni, killed civilians 12 by notable, wounded total 20 by maire"],
            ),
        ],
    );
}

#[test]
fn a_claim_of_nobody_has_no_claimant() {
    for (line, expected) in [
        ("54 killed (disputed claim)", "killed total 54"),
        ("30 killed (initial claim)", "killed total 30"),
        ("30 killed (Malian claim)", "killed total 30 by Malian Armed Forces"),
        ("30 killed (per JNIM)", "killed total 30 by JNIM"),
    ] {
        let text = format!(
            "= Attack at Boni =\n\nInfobox\n- Date: 8 March 2022\n- Location: Boni, Mopti Region, \
             Mali\n- Deaths: {line}\n\nOn 8 March 2022, gunmen attacked Boni.\n"
        );
        let parsed = Parser::new(&KNOWN).parse("a.txt", text.as_bytes(), &Hints::default());
        let found: Vec<_> = parsed.expect("a text").drafts.iter().map(incident).collect();
        assert!(found[0].ends_with(expected), "{line}: {found:?}");
    }
}

#[test]
fn to_know_of_dead_is_not_to_have_them() {
    check(
        "fr",
        &[
            (
                "L'armée a eu connaissance de 12 morts vendredi à Boni.",
                &["2023-05-05 boni, killed total 12"],
            ),
            (
                "L'armée a eu au moins 12 morts et 4 blessés vendredi à Boni.",
                &["2023-05-05 boni, killed soldiers 12, wounded soldiers 4"],
            ),
        ],
    );
}

#[test]
fn two_ambushes_at_one_base_stay_two() {
    let before = "The strike at Boni on 20 March came days after an ambush in Amasrakad killed 14 \
                  soldiers. ";
    for (text, last) in [
        (
            "On 3 March 13 soldiers were killed in an ambush at Amasrakad.",
            "2023-03-03 amasrakad, killed soldiers 13",
        ),
        (
            "On 17 March 14 civilians were killed in a strike at Amasrakad.",
            "2023-03-17 amasrakad, killed civilians 14",
        ),
    ] {
        let found = told("en", &format!("{before}{text}"));
        assert_eq!(found[1..], ["undated amasrakad, killed soldiers 14", last], "{text}");
    }
    let same = "On 17 March 14 soldiers were killed in an ambush at Amasrakad.";
    assert_eq!(told("en", &format!("{before}{same}")).len(), 2);
}

#[test]
fn a_description_names_no_one_group() {
    let text = "AQIM attacked Boni on Friday, killing 12. Al Qaeda's branch in the Sahel claimed \
                the attack.";
    let document =
        format!("---\ntitle: Violence\npublished: 2023-05-10\nlanguage: en\n---\n{text}\n");
    let parsed = Parser::new(&KNOWN).parse("a.txt", document.as_bytes(), &Hints::default());
    let drafts = parsed.expect("a text").drafts;
    let jnim = drafts.iter().flat_map(|d| &d.attributions).any(|a| a.actor == "jnim");
    assert!(!jnim, "{drafts:?}");
    let notable = "Gunmen attacked Boni on Friday, killing 12 soldiers. A notable report said 20 \
                   were wounded.";
    assert!(told("en", notable).iter().all(|line| !line.ends_with("by notable")));
}
