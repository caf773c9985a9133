//! A deed put down to somebody in other words than those of accusing: "the work of X", "X is
//! responsible for the killings", "X est mise en cause", "a jihadist attack".

use super::{StanceFound, stated};
use crate::ingest::lexicon::{Words, any_of, one_of};
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::rules::claimant::{Scene, Speakers, Speech};
use crate::ingest::token::Token;
use crate::model::incident::Stance;

/// Words with which one of these turns begins or ends; most sentences have none.
static KEYS: Words = Words::new(&[
    "work", "handiwork", "oeuvre", "fait", "signature", "responsible", "responsable",
    "responsables", "identified", "identifie", "identifies", "doigt", "cause", "suspect",
    "suspected", "suspecte", "soupconne", "soupconnes", "soupconnee", "attaque", "raid", "assaut",
    "embuscade", "accused", "accuse", "accusent", "accuses", "blamed", "blames", "attributed",
    "fulani", "fulanis", "peul", "peuls", "dogon", "dogons",
]);

static ATTACKERS: Words = Words::new(&[
    "attackers", "assailants", "perpetrators", "assaillants", "auteurs", "gunmen", "raiders",
    "kidnappers", "ravisseurs", "killers", "tueurs", "hommes", "men", "individus", "culprits",
]);

/// Words that may stand between a turn and the name it leads to.
static BETWEEN: Words = Words::new(&[
    "the", "a", "an", "of", "le", "la", "les", "l", "de", "du", "des", "d", "un", "une",
    "fighters", "members", "militants", "men", "elements", "soldiers", "combattants", "membres",
    "hommes", "soldats", "miliciens", "jihadists", "djihadistes", "jihadistes", "terrorists",
    "terroristes", "group", "groupe", "jihadist", "jihadiste", "djihadiste", "terroriste",
    "terrorist", "armed", "arme", "being", "local", "from", "mercenaries", "mercenaires", "malien",
    "malienne", "malian", "islamiste", "islamist", "principal",
]);

/// Words that make of what follows only a guess.
const GUESS: &[&str] = &[
    "serait", "seraient", "may", "might", "could", "probably", "likely", "possibly", "apparently",
    "sans", "doute", "probablement", "vraisemblablement", "semble", "pourrait", "voit", "voient",
    "sees", "see", "suspects", "believed", "thought", "reportedly",
];

const NOT: &[&str] = &["not", "pas", "never", "jamais", "nor", "ni", "whether", "neither", "aucun"];

/// What the word at `at` says of who did it, in one of these turns.
pub(super) fn charged(
    scene: &Scene<'_>,
    at: usize,
    speeches: &[Speech],
    speakers: &mut Speakers,
    out: &mut Vec<StanceFound>,
) {
    if !KEYS.has(&scene.tokens[at]) {
        return;
    }
    work_of(scene, at, speeches, out);
    held_responsible(scene, at, speakers, out);
    identified(scene, at, speeches, speakers, out);
    pointed_at(scene, at, speakers, out);
    main_suspect(scene, at, out);
    sort_of_attack(scene, at, speeches, out);
    whom_others_accuse(scene, at, speakers, out);
    of_a_community(scene, at, speeches, out);
}

/// The actor to which only articles and words for members lead from `from`.
fn led_to<'s>(scene: &'s Scene<'_>, from: usize, within: usize) -> Option<&'s ActorFound> {
    let actor = scene.actors.iter().find(|a| a.start >= from && a.start <= from + within)?;
    let passes = |t: &Token| BETWEEN.has(t) || t.is_quote();
    scene.tokens[from..actor.start].iter().all(passes).then(|| named(scene, actor))
}

/// "combattants de la Katiba Macina": the group named behind a word for its people.
fn named<'s>(scene: &'s Scene<'_>, actor: &'s ActorFound) -> &'s ActorFound {
    let vague =
        |slug: &str| matches!(slug, "jihadists" | "unidentified" | "russian-paramilitaries");
    let next = scene.actors.iter().find(|a| a.start >= actor.end && a.start - actor.end <= 3);
    let close = |a: &&ActorFound| {
        scene.tokens[actor.end..a.start].iter().all(|t| BETWEEN.has(t) || t.is_quote())
    };
    next.filter(|a| vague(&actor.slug) && !vague(&a.slug)).filter(close).unwrap_or(actor)
}

fn any(tokens: &[Token], words: &[&str]) -> bool {
    tokens.iter().any(|t| any_of(t, words))
}

/// "The attack was the work of X", "y voit l'œuvre de X", "est le fait de X".
fn work_of(scene: &Scene<'_>, at: usize, speeches: &[Speech], out: &mut Vec<StanceFound>) {
    const OF: &[&str] = &["of", "de", "du", "des", "d"];
    const BE: &[&str] = &[
        "was", "is", "were", "est", "etait", "serait", "seraient", "sont", "be", "been", "etre",
        "voit", "voient", "ete", "porte", "bore", "bears", "sees", "see", "comme", "as",
    ];
    let tokens = scene.tokens;
    if !one_of(&tokens[at], &["work", "handiwork", "oeuvre", "fait", "signature"])
        || !tokens.get(at + 1).is_some_and(|t| one_of(t, OF))
    {
        return;
    }
    let before = &tokens[at.saturating_sub(5)..at];
    let the = before.last().is_some_and(|t| one_of(t, &["the", "l", "le", "la", "une"]));
    if !the || !any(before, BE) || any(before, NOT) {
        return;
    }
    let violence = |i: usize| {
        scene.vocabulary.events.at(tokens, i).is_some()
            || scene.vocabulary.casualty.at(tokens, i).is_some()
    };
    let sees = any(before, &["voit", "voient", "see", "sees"]);
    let Some(actor) = led_to(scene, at + 1, 7) else { return };
    if !sees && !(0..tokens.len()).any(violence) {
        return;
    }
    let guess = any(before, GUESS) || any(before, &["porte", "bore", "bears"]);
    out.push(stated(scene, actor, at..actor.end, guess, speeches));
}

/// "The report holds the army responsible", "l'ONU tient l'armée pour responsable".
fn held_responsible(
    scene: &Scene<'_>,
    at: usize,
    speakers: &mut Speakers,
    out: &mut Vec<StanceFound>,
) {
    static HOLD: Words = Words::new(&[
        "hold", "holds", "held", "holding", "tient", "tiennent", "tenu", "tenant", "found",
        "finds", "juge", "jugent", "named",
    ]);
    let tokens = scene.tokens;
    if !one_of(&tokens[at], &["responsible", "responsable", "responsables"]) {
        return;
    }
    let from = at.saturating_sub(14);
    let Some(verb) = (from..at).rev().find(|i| HOLD.has(&tokens[*i])) else { return };
    let accused: Vec<&ActorFound> =
        scene.actors.iter().filter(|a| a.start > verb && a.end <= at).collect();
    if any(&tokens[verb.saturating_sub(3)..at], NOT) {
        return;
    }
    // "was held responsible".
    let passive = any(&tokens[verb.saturating_sub(2)..verb], &["was", "were", "been", "is", "be"]);
    let by = if passive { None } else { who_before(scene, verb, speakers) };
    let subject = || scene.actors.iter().rev().find(|a| a.end <= verb && verb - a.end <= 4);
    let accused = match passive {
        true => subject().into_iter().collect(),
        false => accused,
    };
    out.extend(accused.into_iter().map(|actor| StanceFound {
        actor: actor.slug.clone(),
        stance: Stance::Accused,
        by: by.clone(),
        evidence: verb.min(actor.start)..at + 1,
    }));
}

fn who_before(
    scene: &Scene<'_>,
    verb: usize,
    speakers: &mut Speakers,
) -> Option<crate::model::claim::Claimant> {
    let start = (verb.saturating_sub(10)..verb)
        .rev()
        .find(|i| [",", ";", ".", ":"].iter().any(|sign| scene.tokens[*i].is(sign)))
        .map_or(verb.saturating_sub(10), |i| i + 1);
    scene.who(start..verb, speakers).into_iter().next()
}

/// "Armed men identified as members of X", "Villagers identified the killers as Dozo hunters".
fn identified(
    scene: &Scene<'_>,
    at: usize,
    speeches: &[Speech],
    speakers: &mut Speakers,
    out: &mut Vec<StanceFound>,
) {
    let tokens = scene.tokens;
    if !one_of(&tokens[at], &["identified", "identifie", "identifies"]) {
        return;
    }
    let end = (at + 18).min(tokens.len());
    let Some(as_what) = (at + 1..end).find(|i| one_of(&tokens[*i], &["as", "comme"])) else {
        return;
    };
    let Some(actor) = led_to(scene, as_what + 1, 6) else { return };
    let inside = tokens[at..as_what].iter().any(|t| ATTACKERS.has(t));
    let before = tokens[at.saturating_sub(6)..at].iter().any(|t| ATTACKERS.has(t));
    if !(inside || before && as_what <= at + 3) || any(&tokens[at.saturating_sub(3)..at], NOT) {
        return;
    }
    let mut found = stated(scene, actor, at..actor.end, false, speeches);
    if inside && found.by.is_none() {
        found.by = who_before(scene, at, speakers);
        found.stance = if found.by.is_some() { Stance::Accused } else { Stance::Stated };
    }
    out.push(found);
}

/// "L'armée est pointée du doigt par X", "la milice, mise en cause par les survivants".
fn pointed_at(scene: &Scene<'_>, at: usize, speakers: &mut Speakers, out: &mut Vec<StanceFound>) {
    static POINTED: Words = Words::new(&[
        "pointe", "pointee", "pointes", "pointees", "montre", "montree", "montres", "montrees",
        "mis", "mise", "mises",
    ]);
    let tokens = scene.tokens;
    if !one_of(&tokens[at], &["doigt", "cause"]) {
        return;
    }
    let verb = (at.saturating_sub(3)..at).rev().find(|i| POINTED.has(&tokens[*i]));
    let Some(verb) = verb else { return };
    let be = any(
        &tokens[verb.saturating_sub(3)..verb],
        &["est", "sont", "ete", "etait", "etaient", "etant"],
    );
    // "la milice, mise en cause": a participle behind a comma.
    let aside = verb > 0 && tokens[verb - 1].is(",");
    if !(be || aside) || any(&tokens[verb.saturating_sub(4)..verb], NOT) {
        return;
    }
    let Some(actor) = scene.actors.iter().rev().find(|a| a.end <= verb && verb - a.end <= 5) else {
        return;
    };
    // "l'absence de l'armée est montrée du doigt": what it did not do.
    static LACK: Words = Words::new(&[
        "absence", "inaction", "passivite", "lenteur", "silence", "retard", "faiblesse", "echec",
        "impuissance", "incapacite", "negligence",
    ]);
    if tokens[actor.start.saturating_sub(4)..actor.start].iter().any(|t| LACK.has(t)) {
        return;
    }
    let by = tokens.get(at + 1).filter(|t| t.norm == "par").and_then(|_| {
        let end = (at + 2..(at + 12).min(tokens.len()))
            .find(|i| !tokens[*i].is_word() || one_of(&tokens[*i], &["pour", "dans"]))
            .unwrap_or((at + 12).min(tokens.len()));
        scene.who(at + 2..end, speakers).into_iter().next()
    });
    out.push(StanceFound {
        actor: actor.slug.clone(),
        stance: Stance::Accused,
        by,
        evidence: actor.start..at + 1,
    });
}

/// "JNIM was suspected.", "JNIM is the main suspect", "le principal suspect est X", "X est
/// soupçonnée d'avoir exécuté".
fn main_suspect(scene: &Scene<'_>, at: usize, out: &mut Vec<StanceFound>) {
    let tokens = scene.tokens;
    let before = &tokens[at.saturating_sub(4)..at];
    if any(before, NOT) {
        return;
    }
    let noun = one_of(&tokens[at], &["suspect"])
        && any(before, &["main", "prime", "chief", "principal", "only", "seul"])
        && any(before, &["is", "was", "remains", "est", "reste", "etait", "remain"]);
    const BE: &[&str] = &["was", "were", "est", "sont", "is", "are", "been", "ete", "etait"];
    let ends = tokens.get(at + 1).is_none_or(|t| t.is(".") || t.is(",") || t.is(";"));
    let passive = one_of(&tokens[at], &["suspected", "soupconne", "soupconnes", "soupconnee"])
        && any(&tokens[at.saturating_sub(2)..at], BE)
        && ends;
    if !noun && !passive {
        return;
    }
    let subject = scene.actors.iter().rev().find(|a| a.end < at && at - a.end <= 4);
    out.extend(subject.map(|actor| StanceFound {
        actor: actor.slug.clone(),
        stance: Stance::Suspected,
        by: None,
        evidence: actor.start..at + 1,
    }));
}

/// "une attaque djihadiste présumée", "un raid djihadiste": one attack, and of what sort those who
/// made it are. In English the word before the attack is read as its actor.
fn sort_of_attack(scene: &Scene<'_>, at: usize, speeches: &[Speech], out: &mut Vec<StanceFound>) {
    const SORTS: &[&str] = &["jihadiste", "djihadiste", "islamiste"];
    const SUPPOSED: &[&str] = &["presumee", "presume", "supposee", "suppose"];
    const ONE: &[&str] = &["une", "un", "l", "cette", "cet", "double", "triple"];
    const COMPLEX: &[&str] = &["complexe", "armee", "meurtriere", "terroriste", "arme"];
    let tokens = scene.tokens;
    if !one_of(&tokens[at], &["attaque", "raid", "assaut", "embuscade"]) {
        return;
    }
    let sort = (at + 1..(at + 3).min(tokens.len())).find(|i| one_of(&tokens[*i], SORTS));
    let Some(last) = sort.filter(|s| tokens[at + 1..*s].iter().all(|t| one_of(t, COMPLEX))) else {
        return;
    };
    let one = at.checked_sub(1).is_some_and(|i| one_of(&tokens[i], ONE));
    let supposed = tokens.get(last + 1).is_some_and(|t| one_of(t, SUPPOSED));
    // "depuis une attaque jihadiste", "craint une attaque jihadiste": another, or none.
    const OTHER: &[&str] = &["depuis", "risque", "craint", "craignent", "apres", "prevenir"];
    let other = any(&tokens[at.saturating_sub(4)..at], OTHER)
        || any(tokens, &["dejoue", "dejouee", "dejouer", "repoussee"]);
    let hit = (0..tokens.len()).any(|i| scene.vocabulary.casualty.at(tokens, i).is_some());
    if !one || other || !hit {
        return;
    }
    let actor = ActorFound { start: at, end: last + 1, slug: "jihadists".to_owned(), short: true };
    out.push(stated(scene, &actor, at..last + 1, supposed, speeches));
}

/// "Dan Na Ambassagou, which survivors accused of the massacre", "que les habitants accusent".
fn whom_others_accuse(
    scene: &Scene<'_>,
    at: usize,
    speakers: &mut Speakers,
    out: &mut Vec<StanceFound>,
) {
    let tokens = scene.tokens;
    let accuses = ["accused", "accuse", "accusent", "accuses", "blamed", "blames"];
    let charge = tokens.get(at + 1).is_some_and(|t| one_of(t, &["of", "for", "d", "de"]));
    if !one_of(&tokens[at], &accuses) || !charge {
        return;
    }
    let which = (at.saturating_sub(8)..at.saturating_sub(1))
        .rev()
        .find(|i| one_of(&tokens[*i], &["which", "whom", "que", "qu"]));
    let Some(which) = which else { return };
    let comma = usize::from(which > 0 && tokens[which - 1].is(","));
    let close = |i: usize| tokens.get(i).is_some_and(|t| t.is(")"));
    let end = which - comma;
    let end = end - usize::from(end > 0 && close(end - 1));
    let Some(actor) = scene.actors.iter().find(|a| a.end == end) else { return };
    let by = scene.who(which + 1..at, speakers).into_iter().next();
    if by.is_none() {
        return;
    }
    let (actor, evidence) = (actor.slug.clone(), actor.start..at + 1);
    out.push(StanceFound { actor, stance: Stance::Accused, by, evidence });
}

/// "Attackers believed to be Fulani raided", "armed men, apparently Dogon": a guess at whose
/// militia they were.
fn of_a_community(scene: &Scene<'_>, at: usize, speeches: &[Speech], out: &mut Vec<StanceFound>) {
    static GUESSED: Words = Words::new(&[
        "believed", "thought", "apparently", "presumed", "vraisemblablement", "probablement",
        "presumes", "supposes", "suspected", "likely",
    ]);
    let tokens = scene.tokens;
    let slug = match &*tokens[at].norm {
        "fulani" | "fulanis" | "peul" | "peuls" => "fulani-militia",
        "dogon" | "dogons" => "dogon-militia",
        _ => return,
    };
    let named = scene.actors.iter().any(|a| a.start <= at && at < a.end);
    let near = &tokens[at.saturating_sub(4)..at];
    let passes = |t: &Token| {
        GUESSED.has(t) || one_of(t, &["to", "be", "des", "les", "the", "ethnic", "etre", "d"])
    };
    let guess = near.iter().rposition(|t| GUESSED.has(t));
    let Some(guess) = guess.filter(|g| near[*g..].iter().all(passes)) else { return };
    let guess = at - near.len() + guess;
    let who = tokens[guess.saturating_sub(4)..guess].iter().any(|t| ATTACKERS.has(t));
    // "Men believed to be Fulani were found dead", "villages": those hit.
    let next = &tokens[at + 1..(at + 3).min(tokens.len())];
    let people = ["herders", "village", "villages", "civilians", "farmers", "eleveurs", "civils"];
    let hit = any(next, &["were", "was", "ete", "found", "killed"])
        || next.first().is_some_and(|t| one_of(t, &people));
    if !who || named || hit {
        return;
    }
    let actor = ActorFound { start: at, end: at + 1, slug: slug.to_owned(), short: true };
    out.push(stated(scene, &actor, guess..at + 1, true, speeches));
}

#[cfg(test)]
mod tests {
    use crate::ingest::rules::stance::tests::check;

    #[test]
    fn ok_charges() {
        check(&[
            (
                "L'attaque est l'œuvre de la Katiba Macina, selon le gouverneur.",
                "katiba-macina accused by gouverneur",
            ),
            ("The raid was the work of fighters of JNIM.", "jnim stated"),
            (
                "L'ONU tient l'armée malienne pour responsable du massacre.",
                "malian-armed-forces accused by ONU",
            ),
            ("The report holds the Malian army responsible.", "malian-armed-forces accused"),
            (
                "Des hommes armés, identifiés comme des membres du Jnim, ont arrêté trois cars.",
                "jnim stated",
            ),
            (
                "Villagers identified the killers as Dozo hunters.",
                "dozo-hunters accused by Villagers",
            ),
            (
                "L'armée malienne est pointée du doigt par les habitants.",
                "malian-armed-forces accused by habitants",
            ),
            ("JNIM is the main suspect.", "jnim suspected"),
            ("JNIM was suspected.", "jnim suspected"),
            ("Attackers believed to be Fulani raided a village.", "fulani-militia suspected"),
            ("Men believed to be Fulani were found dead near the village.", ""),
            ("Une attaque djihadiste a fait douze morts à Boni.", "jihadists stated"),
            (
                "Dan Na Ambassagou, which survivors accused of the massacre, kept silent.",
                "dan-na-ambassagou accused by survivors",
            ),
        ]);
    }

    #[test]
    fn what_is_not_said_of_this_deed_is_no_charge() {
        check(&[
            ("The raid was not the work of JNIM.", ""),
            ("The search is the work of the Malian army.", ""),
            ("The report does not hold the Malian army responsible.", ""),
            ("The victim was identified as a member of JNIM.", ""),
            ("The prefect was identified with the Malian army.", ""),
            ("L'armée malienne a mis en cause la qualité des routes.", ""),
            ("JNIM is not suspected.", ""),
            ("Les attaques jihadistes ont fait 900 morts en 2019.", ""),
            ("Douze soldats sont morts, le pire bilan depuis une attaque jihadiste en 2019.", ""),
            ("The herders, who the army said were accused of theft, were freed.", ""),
        ]);
    }
}
