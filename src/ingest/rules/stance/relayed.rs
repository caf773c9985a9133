//! Deeds that somebody documents, reports, condemns: "the killing of ten men by X was documented
//! by the UN mission", "the CSP condemns the execution of twelve men by X", "an inquiry into the
//! killing of ten civilians by X". Somebody's word, and no fact.

use super::deed::is_passive;
use super::{ATTACKS, StanceFound, is_own};
use crate::ingest::lexicon::{Words, one_of};
use crate::ingest::rules::claimant::{Scene, Speakers, Speech, is_relay};
use crate::ingest::token::{Token, span};
use crate::model::claim::Claimant;
use crate::model::incident::Stance;
use std::ops::Range;

/// What is done with a deed by those who only speak of it, as participles.
static SPOKEN_OF: Words = Words::new(&[
    "documented", "reported", "recorded", "verified", "condemned", "denounced", "deplored",
    "alleged", "described", "confirmed", "announced", "decried", "corroborated", "revealed",
    "established", "detailed", "listed", "noted", "mentioned", "criticised", "criticized",
    "relayed", "exposed", "documente", "documentee", "documentes", "documentees", "rapporte",
    "rapportee", "rapportes", "rapportees", "signale", "signalee", "signales", "signalees",
    "condamne", "condamnee", "condamnes", "condamnees", "denonce", "denoncee", "denonces",
    "denoncees", "deplore", "deploree", "confirme", "confirmee", "confirmes", "confirmees",
    "annonce", "annoncee", "annonces", "annoncees", "recense", "recensee", "recenses", "recensees",
    "verifie", "verifiee", "verifies", "verifiees", "enregistre", "enregistree", "enregistres",
    "enregistrees", "etabli", "etablie", "etablies", "relevee", "relevees", "evoquee", "evoquees",
    "mentionnee", "mentionnees", "revele", "revelee", "revelees", "decrit", "decrite", "decrites",
    "constatee", "constatees", "relatee", "relatees", "corroboree", "corroborees",
]);

/// Verbs of those who speak of a deed, behind their subject.
static SPEAKS_OF: Words = Words::new(&[
    "condemns", "condemned", "condemn", "denounces", "denounced", "denounce", "condamne",
    "condamnent", "denonce", "denoncent", "deplores", "deplored", "documents", "documented",
    "document", "records", "recorded", "reports", "reported", "report", "verified", "describes",
    "described", "describe", "details", "detailed", "lists", "listed", "cites", "cited", "cite",
    "reveals", "revealed", "exposed", "exposes", "recounts", "recounted", "recount", "recalled",
    "urged", "urges", "demanded", "demands", "documente", "documentent", "rapporte", "rapportent",
    "recense", "recensent", "signale", "signalent", "decrit", "decrivent", "revele", "revelent",
    "relate", "relatent", "called", "calls", "call", "appelle", "appellent", "shows", "show",
    "showed", "detaille", "detaillent", "mentionne", "mentionnent", "demande", "demandent",
    "reclame", "reclament", "exige", "exigent", "deplore", "deplorent",
]);

/// Deeds as nouns.
static DEEDS: Words = Words::new(&[
    "killing", "killings", "execution", "executions", "murder", "murders", "massacre", "massacres",
    "abduction", "abductions", "attack", "attacks", "assassination", "raid", "raids", "strike",
    "strikes", "bombing", "shelling", "shooting", "slaughter", "beheading", "kidnapping", "ambush",
    "assault", "abuses", "death", "deaths", "assassinat", "assassinats", "meurtre", "meurtres",
    "tuerie", "tueries", "attaque", "attaques", "enlevement", "enlevements", "frappe", "frappes",
    "bombardement", "bombardements", "mort", "exactions", "embuscade", "assaut", "lynchage",
    "decapitation", "airstrike", "airstrikes",
]);

/// Turns deeds that the sentence states into the word of whoever is said to speak of them.
pub(super) fn passed_on(
    scene: &Scene<'_>,
    speeches: &[Speech],
    speakers: &mut Speakers,
    out: &mut [StanceFound],
) {
    let stated = |s: &StanceFound| s.stance == Stance::Stated && s.by.is_none();
    for found in out.iter_mut().filter(|s| stated(s)) {
        let at = found.evidence.clone();
        let told = beside(scene, &at, speeches)
            .or_else(|| spoken_of(scene, &at, speakers))
            .or_else(|| speaks_of(scene, &at, speakers))
            .or_else(|| alleged(scene, &at, speakers))
            .or_else(|| according_to_which(scene, &at, speakers));
        let own = |by: &Claimant| is_own(scene.known, by, &found.actor) || is_relay(by);
        if let Some(by) = told
            && !by.as_ref().is_some_and(own)
        {
            found.stance = Stance::Accused;
            found.by = by;
        }
    }
}

/// "The killing of ten men by JNIM was documented by the UN mission": by whom, when the deed is
/// the subject of what is done with it.
fn spoken_of(
    scene: &Scene<'_>,
    deed: &Range<usize>,
    speakers: &mut Speakers,
) -> Option<Option<Claimant>> {
    let tokens = scene.tokens;
    DEEDS.has(&tokens[deed.start]).then_some(())?;
    let verb =
        (deed.end..(deed.end + 30).min(tokens.len())).find(|i| SPOKEN_OF.has(&tokens[*i]))?;
    // "An attack by JNIM, which was condemned by the UN, killed ten": told by the document.
    let other = |i: usize| {
        tokens[i].is(";")
            || one_of(&tokens[i], &["that", "which", "who", "qui", "que", "where", "when"])
            || ATTACKS.has(&tokens[i])
            || scene.vocabulary.casualty.at(tokens, i).is_some()
    };
    if !is_done(tokens, verb) || (deed.end..verb).any(other) {
        return None;
    }
    let by = (verb + 1..(verb + 7).min(tokens.len()))
        .take_while(|i| tokens[*i].is_word())
        .find(|i| one_of(&tokens[*i], &["by", "par"]))?;
    let end = scene.phrase_end(by + 1);
    let who = scene.who(by + 1..end, speakers).into_iter().next();
    Some(who.or_else(|| written(scene, by + 1..end)))
}

/// "JNIM, the mayor said, killed ten villagers": whoever speaks between two commas inside the deed.
fn beside(scene: &Scene<'_>, deed: &Range<usize>, speeches: &[Speech]) -> Option<Option<Claimant>> {
    let comma = |i: usize| scene.tokens.get(i).is_some_and(|t| t.is(","));
    let inside = |s: &&Speech| {
        s.words.start > deed.start
            && s.words.end < deed.end
            // "JNIM, the mayor said,": the comma before an article too.
            && [1, 2].iter().any(|n| s.words.start.checked_sub(*n).is_some_and(comma))
            && comma(s.words.end)
    };
    let speech = speeches.iter().find(inside)?;
    Some(speech.speakers.first().cloned())
}

/// "was documented", "a été documentée", "have been widely reported".
fn is_done(tokens: &[Token], verb: usize) -> bool {
    is_passive(tokens, verb)
        || tokens[..verb].iter().rev().take(3).any(|t| {
            one_of(t, &["was", "were", "been", "is", "are", "ete", "est", "sont", "fut", "furent"])
        })
}

/// "The CSP condemns the execution of twelve men by the army", "the report describes how soldiers
/// shot ten villagers": whoever does.
fn speaks_of(
    scene: &Scene<'_>,
    deed: &Range<usize>,
    speakers: &mut Speakers,
) -> Option<Option<Claimant>> {
    let tokens = scene.tokens;
    let verb = (0..deed.start).rev().find(|i| SPEAKS_OF.has(&tokens[*i]))?;
    let noun = verb > 0
        && one_of(
            &tokens[verb - 1],
            &["the", "a", "an", "le", "la", "un", "de", "of", "to", "its"],
        );
    // "condemned the violence after JNIM attacked": the document says when.
    let parted = tokens[verb + 1..deed.start].windows(2).any(|w| {
        w[0].is(";")
            || w[0].is(",") && one_of(&w[1], &["and", "et", "but", "mais", "which", "where"])
            || one_of(&w[0], &["after", "when", "apres", "lorsque", "while", "hours", "days"])
    });
    if noun || parted || is_done(tokens, verb) {
        return None;
    }
    let opens = |t: &Token| [",", ";", "-", "–", "—", ":"].iter().any(|sign| t.is(sign));
    // "in what the mayor called a JNIM attack".
    let what = |i: &usize| opens(&tokens[*i]) || tokens[*i].norm == "what";
    let from = (0..verb).rev().find(what).map_or(0, |i| i + 1);
    let who = scene.who(from..verb, speakers).into_iter().next();
    let document = || {
        let noun = (from..verb).find(|i| scene.vocabulary.documents.at(tokens, *i).is_some())?;
        written(scene, noun..noun + 1)
    };
    let by = who.or_else(document)?;
    Some(Some(by))
}

/// "allegations of executions by the army", "an inquiry into the killing of ten men by X": an
/// accusation, whoever makes it.
fn alleged(
    scene: &Scene<'_>,
    deed: &Range<usize>,
    speakers: &mut Speakers,
) -> Option<Option<Claimant>> {
    const ALLEGED: &[&str] = &[
        "allegations", "accusations", "reports", "claims", "rumours", "rumors", "inquiry",
        "investigation", "investigations", "probe", "complaint", "complaints", "enquete",
        "enquetes", "plainte", "plaintes", "allegation", "accusation", "testimony", "testimonies",
        "temoignages", "soupcons",
    ];
    const BETWEEN: &[&str] = &[
        "of", "into", "about", "over", "on", "the", "sur", "de", "des", "d", "l", "la", "les",
        "le", "a", "alleged", "mass", "summary", "pour", "an", "recent", "concerning", "regarding",
        "concernant",
    ];
    let tokens = scene.tokens;
    DEEDS.has(&tokens[deed.start]).then_some(())?;
    let led = (0..deed.start).rev().find(|i| !one_of(&tokens[*i], BETWEEN))?;
    if led + 1 == deed.start {
        return None;
    }
    if one_of(&tokens[led], ALLEGED) {
        return Some(None);
    }
    // "an inquiry by the UN into".
    let by = (led.saturating_sub(6)..led).rev().find(|i| one_of(&tokens[*i], &["by", "par"]))?;
    let noun = by.checked_sub(1).filter(|i| one_of(&tokens[*i], ALLEGED));
    noun.map(|_| scene.who(by + 1..led + 1, speakers).into_iter().next())
}

/// "a rejeté un rapport de l'ONU selon lequel l'armée a exécuté dix villageois": whose report.
fn according_to_which(
    scene: &Scene<'_>,
    deed: &Range<usize>,
    speakers: &mut Speakers,
) -> Option<Option<Claimant>> {
    const WHICH: &[&str] = &["lequel", "laquelle", "lesquels", "lesquelles", "which"];
    let tokens = scene.tokens;
    let which = (deed.start.saturating_sub(14)..deed.start)
        .rev()
        .take_while(|i| !tokens[*i].is(";"))
        .find(|i| one_of(&tokens[*i], WHICH))?;
    let led = match &*tokens[which.checked_sub(1)?].norm {
        "selon" => which - 1,
        "to" if which > 1 && tokens[which - 2].norm == "according" => which - 2,
        _ => return None,
    };
    // "un rapport de l'ONU": the document that ends there.
    let near = led.saturating_sub(9)..led;
    let noun = near.rev().find(|i| {
        scene.vocabulary.documents.at(tokens, *i).is_some()
            || one_of(&tokens[*i], &["informations", "accusations", "temoignages", "allegations"])
    });
    Some(noun.and_then(|noun| scene.who(noun..led, speakers).into_iter().next()))
}

/// A claimant by the words that stand there, without its article.
fn written(scene: &Scene<'_>, range: Range<usize>) -> Option<Claimant> {
    let article =
        |i: &usize| one_of(&scene.tokens[*i], &["the", "le", "la", "les", "l", "a", "an"]);
    let start = range.clone().find(|i| !article(i))?;
    let tokens = &scene.tokens[start..range.end];
    let named = tokens.len() <= 8 && !tokens.is_empty();
    named.then(|| Claimant { name: scene.text[span(tokens)].to_owned(), actor: None })
}

#[cfg(test)]
mod tests {
    use crate::ingest::rules::stance::tests::check;

    #[test]
    fn ok_what_somebody_documents_reports_condemns() {
        check(&[
            (
                "The killing of ten men by JNIM near Douentza was documented by the UN mission.",
                "jnim accused by UN mission",
            ),
            (
                "L'exécution de dix hommes par l'armée malienne a été documentée par la Minusma.",
                "malian-armed-forces accused by Minusma",
            ),
            (
                "The execution of ten villagers by the Malian army was reported on Friday by Human Rights Watch.",
                "malian-armed-forces accused by Human Rights Watch",
            ),
            (
                "The massacre of ten villagers by Dozo hunters was condemned by Tabital Pulaaku.",
                "dozo-hunters accused by Tabital Pulaaku",
            ),
            (
                "L'enlèvement de cinq enseignants par le JNIM a été confirmé par le maire.",
                "jnim accused by maire",
            ),
            (
                "The murder of ten villagers by the Malian army was denounced by several organisations.",
                "malian-armed-forces accused by several organisations",
            ),
            (
                "Residents reported the killing of ten villagers by JNIM.",
                "jnim accused by Residents",
            ),
            (
                "Human Rights Watch urged an investigation into the killing of ten civilians by the Malian army.",
                "malian-armed-forces accused by Human Rights Watch",
            ),
            (
                "La FIDH appelle à une enquête sur l'exécution de dix civils par l'armée malienne.",
                "malian-armed-forces accused by FIDH",
            ),
            (
                "An inquiry by the UN into the killing of ten villagers by the Malian army is under way.",
                "malian-armed-forces accused by the UN",
            ),
            (
                "The prosecutor opened an inquiry into the killing of ten men by Malian soldiers.",
                "malian-armed-forces accused",
            ),
            (
                "The report describes how Malian soldiers shot ten villagers.",
                "malian-armed-forces accused by report",
            ),
            ("JNIM, the mayor said, killed ten villagers.", "jnim accused by mayor"),
            (
                "Le maire a rejeté un rapport de l'ONU selon lequel l'armée malienne a exécuté dix villageois.",
                "malian-armed-forces accused by ONU",
            ),
            (
                "The UN said it could not confirm reports that the Malian army killed ten villagers.",
                "malian-armed-forces accused",
            ),
            (
                "Le gouvernement malien accuse le JNIM, qui dément.",
                "jnim accused by gouvernement malien; jnim denied by JNIM",
            ),
            ("Residents fled Boni, fearing an attack by JNIM.", ""),
            ("If JNIM killed ten villagers, it would be a war crime, the UN said.", ""),
            (
                "As reported by Human Rights Watch, Malian soldiers shot dead ten villagers.",
                "malian-armed-forces accused by Human Rights Watch",
            ),
            (
                "Reports that Malian soldiers executed ten villagers are false, the Malian army said.",
                "malian-armed-forces denied by Malian army",
            ),
            (
                "A UN report attributed the killing of ten villagers near Douentza to JNIM.",
                "jnim accused by UN report",
            ),
            ("L'armée malienne aurait exécuté dix villageois.", "malian-armed-forces suspected"),
        ]);
    }

    #[test]
    fn what_the_document_itself_tells_stays_stated() {
        check(&[
            ("An attack by JNIM, which was condemned by the UN, killed ten people.", "jnim stated"),
            ("An attack by JNIM on Boni killed ten and was condemned by the UN.", "jnim stated"),
            (
                "JNIM attacked Boni, killing ten; the UN documented thirty burnt houses.",
                "jnim stated",
            ),
            (
                "The UN condemned the violence hours after JNIM attacked the camp at Boni.",
                "jnim stated",
            ),
            ("AFP reported the killing of ten villagers by JNIM.", "jnim stated"),
            ("The killing of ten men by JNIM was documented in detail.", "jnim stated"),
            ("JNIM, an alliance of jihadists, killed ten villagers.", "jnim stated"),
        ]);
    }
}
