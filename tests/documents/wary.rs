//! Sentences that look like a figure, a claim or a date and are none: better silent than wrong.

use super::KNOWN;
use super::telling::{incident, told};
use mali_timeline::ingest::{Hints, Parser};

fn check(lang: &str, cases: &[(&str, &[&str])]) {
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
