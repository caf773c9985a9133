//! Who did it by the infobox: perpetrators with whose word it is, and those who fought.

use super::KNOWN;
use mali_timeline::ingest::{Hints, Parser};

/// The perpetrators of an encyclopedia article with these lines of its infobox.
fn named(infobox: &str, lead: &str) -> String {
    let text = format!(
        "= Attack at Boni =\n\nInfobox\n- Date: 8 March 2022\n- Location: Boni, Mopti Region, Mali\n\
         {infobox}\n\n{lead}\n"
    );
    read(&text)
}

fn read(text: &str) -> String {
    let parsed = Parser::new(&KNOWN).parse("a.txt", text.as_bytes(), &Hints::default());
    let draft = parsed.expect("a text").drafts.into_iter().next().expect("an incident");
    let who = draft.attributions.iter().map(|a| {
        let by = a.by.as_ref().map(|c| format!(" by {}", c.name)).unwrap_or_default();
        format!("{} {}{by}", a.actor, a.stance.as_str())
    });
    who.collect::<Vec<_>>().join("; ")
}

#[test]
fn brackets_say_by_whose_word() {
    let lead = "On 8 March 2022, twelve civilians were killed in Boni.";
    for (line, expected) in [
        ("- Perpetrators: JNIM", "jnim stated"),
        ("- Perpetrators: JNIM (suspected)", "jnim suspected"),
        ("- Perpetrators: JNIM (claimed)", "jnim claimed by JNIM"),
        (
            "- Perpetrators: Malian Armed Forces and Dozo hunters (per Tabital Pulaaku)",
            "malian-armed-forces accused by Tabital Pulaaku; dozo-hunters accused by Tabital Pulaaku",
        ),
        (
            "- Perpetrators: Malian Armed Forces (FAMa), Wagner Group (alleged)",
            "malian-armed-forces suspected; wagner-group suspected",
        ),
        (
            "- Perpetrator: Wagner Group (denied)",
            "wagner-group stated; wagner-group denied by Wagner Group",
        ),
    ] {
        assert_eq!(named(line, lead), expected, "{line}");
    }
}

#[test]
fn those_who_fought_a_state_attacked_where_the_text_names_none() {
    let sides = "- Combatant1: Mali\n- Combatant2: MNLA, HCUA";
    let lead = "On 8 March 2022, twelve soldiers were killed in Boni.";
    for (box_, lead, expected) in [
        (sides, lead, "mnla stated; hcua stated"),
        ("- Combatant1: Mali\n- Combatant2: presumed JNIM", lead, "jnim suspected"),
        ("- Combatant1: JNIM, Mali", lead, ""),
        (
            "- Combatant1: JNIM\n- Combatant2: Islamic State in the Greater Sahara",
            "On 8 March 2022, twelve fighters were killed in Boni.",
            "jnim stated; isgs stated",
        ),
        (
            "- Combatant1: France\n- Combatant2: JNIM",
            "On 8 March 2022, an airstrike by the French army killed twelve jihadists in Boni.",
            "french-armed-forces stated",
        ),
        (
            sides,
            "On 8 March 2022, MNLA rebels attacked the camp at Boni, killing twelve soldiers.",
            "mnla stated; hcua stated",
        ),
    ] {
        assert_eq!(named(box_, lead), expected, "{box_}");
    }
}

#[test]
fn a_copied_line_without_a_label_goes_on_with_the_one_before() {
    let page = "Jump to content\n\nBoni massacre\n\nFrom Wikipedia, the free encyclopedia\n\
        Boni massacre\nPart of Mali War\nLocationBoni, Mopti Region, Mali\nDateMarch 1, 2022\n\
        Deaths35\nPerpetratorsMalian Armed Forces\nWagner Group\n\n\
        On March 1, 2022, thirty-five men were killed in Boni, Mali.\n";
    assert_eq!(read(page), "malian-armed-forces stated; wagner-group stated");
}

#[test]
fn a_line_in_brackets_claims_the_figures_above_it() {
    let text = "Battle of Boni (2012)\n\nBattle of Boni\nPart of the Malian Civil War\nDate16 November 2012\n\
                Location\nBoni, Mali\nResult Islamist victory\nBelligerents\n\nMNLA\nMUJAO\n\
                Casualties and losses\n1 killed\n4 wounded\n(according to the MNLA)\n100 killed\n\
                (according to MUJAO)\n17 killed\n(according to the ICRC)\n\n\
                The Battle of Boni took place during the war.\n";
    let parsed = Parser::new(&KNOWN).parse("a.txt", text.as_bytes(), &Hints::default());
    let draft = parsed.expect("a text").drafts.into_iter().next().expect("an incident");
    let claims = draft.claims.iter().map(|c| {
        let by = c.claimant.as_ref().map_or("nobody", |c| c.name.as_str());
        format!("{} {} by {by}", c.measure.as_str(), c.min.unwrap_or(0))
    });
    assert_eq!(
        claims.collect::<Vec<_>>(),
        ["killed 1 by MNLA", "wounded 4 by MNLA", "killed 100 by MUJAO", "killed 17 by ICRC"]
    );
}
