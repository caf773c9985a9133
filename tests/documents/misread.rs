//! Sentences near those that name a perpetrator, and which name none: an accusation that nobody
//! made is worse than none.

use super::KNOWN;
use mali_timeline::ingest::{Hints, Parser};

/// The perpetrators of the first incident of a text; none where it tells of none.
fn named(text: &str) -> String {
    let parsed = Parser::new(&KNOWN).parse("a.txt", text.as_bytes(), &Hints::default());
    let draft = parsed.expect("a text").drafts.into_iter().next();
    let who = draft.iter().flat_map(|d| &d.attributions).map(|a| {
        let by = a.by.as_ref().map(|c| format!(" by {}", c.name)).unwrap_or_default();
        format!("{} {}{by}", a.actor, a.stance.as_str())
    });
    who.collect::<Vec<_>>().join("; ")
}

/// An encyclopedia article with these lines of its infobox.
fn article(lines: &str, lead: &str) -> String {
    format!(
        "= Attack at Boni =\n\nInfobox\n- Date: 8 March 2022\n- Location: Boni, Mopti Region, \
         Mali\n{lines}\n\nOn 8 March 2022, {lead} in Boni.\n"
    )
}

fn check(cases: impl IntoIterator<Item = (String, &'static str)>) {
    let wrong: Vec<String> = cases
        .into_iter()
        .map(|(text, expected)| (named(&text), text, expected))
        .filter(|(found, _, expected)| found != expected)
        .map(|(found, text, expected)| format!("{text}  expected {expected}\n  found    {found}\n"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_side_of_the_infobox_did_not_kill_civilians_or_its_own() {
    let cases = [
        ("Mali, Wagner Group", "JNIM", "three hundred civilians were executed", ""),
        ("France", "JNIM", "nineteen wedding guests were killed in an air strike", ""),
        ("France", "JNIM", "twelve jihadists were killed", ""),
        ("Mali", "JNIM", "twelve villagers were massacred", ""),
        ("Mali", "JNIM", "twelve people were killed", ""),
        ("Mali", "MNLA, HCUA", "unidentified gunmen killed twelve soldiers", "unidentified stated"),
        ("Mali", "MNLA, HCUA", "armed men killed twelve soldiers", "mnla stated; hcua stated"),
        ("Mali", "JNIM", "twelve soldiers were killed", "jnim stated"),
    ];
    check(cases.map(|(one, two, lead, expected)| {
        (article(&format!("- Combatant1: {one}\n- Combatant2: {two}"), lead), expected)
    }));
}
