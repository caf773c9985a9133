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

/// A story published on Wednesday 10 May 2023.
fn story(text: &str) -> String {
    let french = text.contains(" le ") || text.contains(" des ") || text.contains(" la ");
    let lang = if french { "fr" } else { "en" };
    format!("---\ntitle: Boni\npublished: 2023-05-10\nlanguage: {lang}\n---\n{text}\n")
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

fn stories(cases: &[(&str, &'static str)]) {
    check(cases.iter().map(|(text, expected)| (story(text), *expected)));
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

#[test]
fn who_comes_is_not_who_kills() {
    stories(&[
        ("Malian soldiers arrived at Boni on Friday as a bomb exploded, killing two of them.", ""),
        ("Malian soldiers entered Boni on Friday and came under fire, killing two of them.", ""),
        ("Malian soldiers entered Boni on Friday, killing two of them.", ""),
        (
            "The French army returned to Boni on Friday following a mine blast, killing 12 passengers.",
            "",
        ),
        (
            "Malian soldiers entered a minefield in Boni on Friday, triggering a blast, killing 12 villagers.",
            "",
        ),
        ("Malian soldiers arrived in Boni on Friday after an attack, killing 12 villagers.", ""),
        (
            "Malian soldiers arrived in Boni on Friday and opened an inquiry into the death of 12 villagers.",
            "",
        ),
        (
            "Malian soldiers arrived in Boni on Friday and took control of the village, where 12 civilians had been killed.",
            "",
        ),
        ("JNIM fighters came into Boni on Friday and shot 12 civilians.", "jnim stated"),
        (
            "Malian soldiers and Wagner fighters arrived in Boni on Friday and executed 12 men.",
            "malian-armed-forces stated; wagner-group stated",
        ),
        ("JNIM fighters entered Boni on Friday, killing 12 villagers.", "jnim stated"),
        (
            "JNIM fighters entered the village of Boni on Friday and killed 12 villagers.",
            "jnim stated",
        ),
    ]);
}

#[test]
fn what_is_no_deed_of_ones_own_is_not_claimed() {
    stories(&[
        (
            "Twelve civilians were killed on Friday in Boni. “We have not killed civilians”, the Malian army said.",
            "malian-armed-forces denied by Malian army",
        ),
        ("“We never killed 12 civilians in Boni on Friday”, JNIM said.", "jnim denied by JNIM"),
        ("“We didn't kill 12 civilians in Boni on Friday”, JNIM said.", "jnim denied by JNIM"),
        (
            "Douze soldats ont été tués vendredi à Boni. « Nous avons été attaqués », a déclaré le CSP-DPA.",
            "",
        ),
        (
            "Douze civils ont été tués vendredi à Boni. Le GSIM a affirmé que son groupe n'a pas attaqué le village.",
            "jnim denied by GSIM",
        ),
        (
            "Douze civils ont été tués vendredi à Boni. L'armée malienne a affirmé que ses forces n'ont pas attaqué le village.",
            "malian-armed-forces denied by armée malienne",
        ),
        (
            "Twelve civilians were killed on Friday in Boni. The Malian army said its group of experts would attack the problem.",
            "",
        ),
        (
            "Twelve civilians were killed on Friday in Boni. The Malian army said it would attack JNIM.",
            "",
        ),
        ("Le JNIM affirme que ses combattants n'ont tué que 12 soldats vendredi à Boni.", ""),
        ("JNIM said it could not attack Boni, where 12 civilians were killed on Friday.", ""),
        (
            "Twelve civilians were killed on Friday in Boni. “We did not attack Boni”, JNIM said.",
            "",
        ),
        ("JNIM said its fighters killed 12 soldiers in Boni on Friday.", "jnim claimed by JNIM"),
        (
            "“We attacked the camp of Boni on Friday, killing 12 soldiers”, JNIM said.",
            "jnim claimed by JNIM",
        ),
        (
            "Le GSIM a affirmé que ses combattants ont tué 12 soldats vendredi à Boni.",
            "jnim claimed by GSIM",
        ),
    ]);
}

#[test]
fn words_of_strife_are_no_fighting() {
    stories(&[
        (
            "Douze civils ont été tués vendredi à Boni. L'ONU a opposé un refus à la CMA et au GATIA.",
            "",
        ),
        (
            "Douze civils ont été tués vendredi à Boni. Le différend qui oppose la CMA au GATIA dure.",
            "",
        ),
        (
            "Twelve civilians were killed on Friday in Boni, in the battle for peace between the CMA and the Platform.",
            "",
        ),
        (
            "After years of fighting between the CMA and GATIA, the Islamic State killed 12 civilians on Friday in Boni.",
            "islamic-state stated",
        ),
        (
            "Twelve civilians were killed on Friday in Boni. The CMA fought alongside France against the Islamic State in 2018.",
            "",
        ),
        (
            "Twelve civilians were killed on Friday in Boni, held by the CMA, which clashed with the Islamic State in 2022.",
            "",
        ),
        (
            "Twelve people were killed on Friday in Boni in fighting between Islamic State fighters and residents, according to GATIA.",
            "",
        ),
        (
            "Twelve fighters were killed on Friday in Boni in fighting between the CMA and GATIA.",
            "cma stated; gatia stated",
        ),
        (
            "The CMA and GATIA clashed on Friday in Boni, killing 12 fighters.",
            "cma stated; gatia stated",
        ),
        (
            "Des affrontements ont opposé vendredi la CMA au Gatia à Boni, faisant 12 morts.",
            "cma stated; gatia stated",
        ),
    ]);
}

#[test]
fn brackets_of_the_infobox_are_read_by_their_opening() {
    let cases = [
        ("Malian Armed Forces (cleared by MINUSMA)", ""),
        (
            "Malian Armed Forces (supported by Wagner Group)",
            "malian-armed-forces stated; wagner-group stated",
        ),
        ("Islamic State (led by Adnan Abu Walid)", "islamic-state stated"),
        ("JNIM (no responsibility)", ""),
        ("JNIM (not proven)", ""),
        ("JNIM (not claimed)", ""),
        ("JNIM, Malian Armed Forces (alleged)", "jnim suspected; malian-armed-forces suspected"),
        ("Unknown (JNIM suspected by the government)", "jnim suspected"),
        ("JNIM (claimed responsibility)", "jnim claimed by JNIM"),
        ("JNIM (claimed by Tabital Pulaaku)", "jnim accused by Tabital Pulaaku"),
        ("JNIM (blamed by Tabital Pulaaku)", "jnim accused by Tabital Pulaaku"),
        ("JNIM (selon Tabital Pulaaku)", "jnim accused by Tabital Pulaaku"),
    ];
    check(cases.map(|(line, expected)| {
        (article(&format!("- Perpetrators: {line}"), "twelve civilians were killed"), expected)
    }));
}

#[test]
fn verbs_of_many_senses_are_no_attack_without_their_object() {
    stories(&[
        ("La CMA lance une enquête sur l'attaque de vendredi à Boni qui a fait 12 morts.", ""),
        (
            "Douze civils ont été tués vendredi à Boni. La Minusma chasse les rumeurs sur l'attaque.",
            "",
        ),
        (
            "Les soldats maliens prennent le contrôle de Boni vendredi. Douze civils avaient été tués par le JNIM.",
            "jnim stated",
        ),
        (
            "Des soldats maliens sont arrivés vendredi à Boni et ont tiré en l'air. Douze civils ont été tués.",
            "",
        ),
        (
            "Le JNIM a lancé vendredi une attaque contre le camp de Boni, tuant 12 soldats.",
            "jnim stated",
        ),
        (
            "Le JNIM a lancé vendredi une série d'attaques contre Boni, tuant 12 soldats.",
            "jnim stated",
        ),
        (
            "Des combattants du JNIM ont tiré vendredi sur des soldats à Boni, tuant 12 soldats.",
            "jnim stated",
        ),
        (
            "Le JNIM lance une attaque contre le camp de Boni vendredi, tuant 12 soldats.",
            "jnim stated",
        ),
    ]);
}

#[test]
fn a_duty_is_no_blame() {
    stories(&[
        (
            "Douze civils ont été tués vendredi à Boni. HRW pointe la responsabilité des autorités maliennes d'enquêter sur l'attaque du JNIM.",
            "jnim stated",
        ),
        (
            "Douze civils ont été tués vendredi à Boni. HRW pointe la responsabilité de l'armée malienne de protéger les civils.",
            "",
        ),
        (
            "Douze civils ont été tués vendredi à Boni. HRW pointe la responsabilité de l'armée malienne dans le massacre.",
            "malian-armed-forces accused by HRW",
        ),
    ]);
}

#[test]
fn who_stands_near_the_accused_is_not_accused() {
    stories(&[
        (
            "Douze civils ont été tués vendredi à Boni. Des habitants accusent le JNIM, et l'armée malienne avec ses partenaires russes arrive à Boni.",
            "jnim accused by Des habitants",
        ),
        (
            "Twelve civilians were killed on Friday in Boni. Residents blamed JNIM fighters with the Malian army supported by Wagner mercenaries arriving late.",
            "jnim accused by Residents",
        ),
        (
            "Twelve civilians were killed on Friday in Boni. Residents accused the Malian army and Wagner mercenaries.",
            "malian-armed-forces accused by Residents; wagner-group accused by Residents",
        ),
    ]);
}

#[test]
fn a_rejection_is_a_denial_only_of_the_deed() {
    stories(&[
        (
            "Douze civils ont été tués vendredi à Boni. Le JNIM refuse et rejette l'accord qui impliquerait la responsabilité du groupe.",
            "",
        ),
        ("Twelve civilians were killed on Friday in Boni. The Malian army rejects abuses.", ""),
        (
            "Twelve civilians were killed on Friday in Boni. The leader of the village association denied involvement in the attack by any militia.",
            "",
        ),
        (
            "Twelve civilians were killed on Friday in Boni. The Malian army rejected the accusations.",
            "malian-armed-forces denied by Malian army",
        ),
        (
            "Twelve civilians were killed on Friday in Boni. JNIM denied any involvement.",
            "jnim denied by JNIM",
        ),
    ]);
}

#[test]
fn a_disguise_and_the_enemies_of_somebody_name_nobody() {
    stories(&[
        (
            "Twelve civilians were killed on Friday in Boni. The attackers were Malian soldiers' enemies.",
            "",
        ),
        ("Gunmen wearing Malian army uniforms attacked Boni on Friday, killing 12 civilians.", ""),
        (
            "Armed men dressed as Dozo hunters killed 12 civilians on Friday in Boni.",
            "dozo-hunters suspected",
        ),
        (
            "Twelve civilians were killed on Friday in Boni. The attackers were Malian soldiers.",
            "malian-armed-forces stated",
        ),
    ]);
}
