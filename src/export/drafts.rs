//! Drafts as `parse --format json` prints them: names in place of ids, for people and for
//! programs that know nothing of ours. Others rely on this shape; extend it, never break it.

use crate::knowledge::Knowledge;
use crate::model::claim::{Claim, Claimant};
use crate::model::document::ParsedDocument;
use crate::model::incident::{Attribution, Draft, EventType, Place, Stance};
use crate::model::source::{Lang, SourceMeta};
use serde::{Serialize, Serializer};
use std::cell::RefCell;

/// A document and what was parsed from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DraftDocument<I = Vec<DraftIncident>> {
    /// Name of the file.
    pub doc: String,
    /// Title.
    pub title: String,
    /// Day of publication, `YYYY-MM-DD`; shorter where no more is known.
    pub published: Option<String>,
    /// `en` or `fr`.
    pub lang: &'static str,
    /// SHA-256 of the text, lower-case hex.
    pub sha256: String,
    /// Its incidents.
    pub incidents: I,
}

/// Incidents that are made while they are written, and can be written once.
pub struct Streamed<I>(RefCell<I>);

impl<I: Iterator<Item = DraftIncident>> Serialize for Streamed<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.borrow_mut().by_ref())
    }
}

/// An incident as the document tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DraftIncident {
    /// Whether the document is about it.
    pub main: bool,
    /// Short title.
    pub title: String,
    /// First possible day, `YYYY-MM-DD`, included.
    pub date_start: Option<String>,
    /// Last possible day, `YYYY-MM-DD`, included.
    pub date_end: Option<String>,
    /// `day`, `range`, `month`, `year` or `unknown`.
    pub date_precision: &'static str,
    /// Where.
    pub places: Vec<DraftPlace>,
    /// Kind of event.
    pub event_type: &'static str,
    /// Who, by whose word.
    pub perpetrators: Vec<DraftPerpetrator>,
    /// Whom.
    pub victims: Vec<String>,
    /// How many, by whose word.
    pub claims: Vec<DraftClaim>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DraftPlace {
    /// Name as written.
    pub name: String,
    /// Region on the day of the incident (today's where that is not known), in French.
    pub region: Option<String>,
    /// Cercle, where the text states it.
    pub cercle: Option<String>,
}

/// A perpetrator named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DraftPerpetrator {
    /// Name of the actor.
    pub actor: String,
    /// `stated`, `claimed`, `alleged`, `suspected`, `denied` or `involved`.
    pub attribution: &'static str,
    /// Who says so; null for the document itself.
    pub by: Option<String>,
}

/// A casualty figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DraftClaim {
    /// `killed`, `wounded`, `detained`, `abducted` or `missing`.
    pub measure: &'static str,
    /// Whom it counts.
    pub group: &'static str,
    /// Lowest number, included.
    pub min: Option<u32>,
    /// Highest number, included.
    pub max: Option<u32>,
    /// `exact`, `at least`, `about`, `up to`, `range` or `dozens`.
    pub qualifier: &'static str,
    /// Who says so; null for the document itself.
    pub claimant: Option<String>,
    /// Exact words of the document.
    pub quote: String,
}

/// A parsed document in this shape.
pub fn draft_document(doc: &ParsedDocument, sha256: String, known: &Knowledge) -> DraftDocument {
    DraftDocument {
        doc: doc.file_name.clone(),
        title: doc.meta.title.clone(),
        published: doc.meta.published.map(|d| d.to_string()),
        lang: doc.meta.lang.as_str(),
        sha256,
        incidents: doc.drafts.iter().map(|d| incident(d, doc.meta.lang, known)).collect(),
    }
}

/// A dataset in this shape, its rows in the order of `drafts`; `sha256` is that of the file.
pub fn draft_dataset<I: Iterator<Item = Draft>>(
    file_name: &str,
    meta: &SourceMeta,
    sha256: String,
    known: &Knowledge,
    drafts: I,
) -> DraftDocument<Streamed<impl Iterator<Item = DraftIncident>>> {
    let lang = meta.lang;
    DraftDocument {
        doc: file_name.to_owned(),
        title: meta.title.clone(),
        published: meta.published.map(|d| d.to_string()),
        lang: lang.as_str(),
        sha256,
        incidents: Streamed(RefCell::new(drafts.map(move |d| incident(&d, lang, known)))),
    }
}

fn incident(draft: &Draft, lang: Lang, known: &Knowledge) -> DraftIncident {
    DraftIncident {
        main: draft.main,
        title: draft.title.clone(),
        date_start: draft.date.start().map(|d| d.to_string()),
        date_end: draft.date.end().map(|d| d.to_string()),
        date_precision: draft.date.precision().as_str(),
        places: draft.places.iter().map(|p| place(p, known)).collect(),
        event_type: event_type(draft.kind),
        perpetrators: draft.attributions.iter().map(|a| perpetrator(a, lang, known)).collect(),
        victims: victims(draft, known),
        claims: draft.claims.iter().map(|c| claim(c, lang, known)).collect(),
    }
}

/// The coarse groups, and the ethnic communities among them by name.
fn victims(draft: &Draft, known: &Knowledge) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for victim in &draft.victims {
        let group = known.victims.get(&victim.group);
        let coarse = group.map_or(victim.group.as_str(), |g| g.counts_as.as_str());
        let community = group.filter(|g| g.community).map(|g| g.en.clone());
        for name in [Some(coarse.to_owned()), community].into_iter().flatten() {
            if !out.contains(&name) {
                out.push(name);
            }
        }
    }
    out
}

/// A speaker's name: as the text has it; in a document that is not in English a known actor
/// by its canonical name, since this format speaks English.
fn speaker(by: &Claimant, lang: Lang, known: &Knowledge) -> String {
    let actor = by.actor.as_deref().and_then(|slug| known.actors.get(slug));
    match (lang, actor) {
        (Lang::Fr, Some(actor)) => actor.name.clone(),
        (Lang::Fr, None) => english(&by.name, known).unwrap_or_else(|| by.name.clone()),
        _ => by.name.clone(),
    }
}

/// "maire de Sangha" as "mayor of Sangha"; none where a word is not known.
fn english(name: &str, known: &Knowledge) -> Option<String> {
    let words = &known.words.speech.english;
    let name = name.replace('’', "'");
    if let Some(rest) = name.strip_prefix("Premier ministre") {
        return Some(format!("Prime Minister{rest}")).filter(|_| !rest.contains(" de"));
    }
    let mut out: Vec<&str> = Vec::new();
    let mut told = false;
    // "de l'Assemblée": what stands behind an article is no name, and has to be known.
    let mut article = false;
    for word in name.split_whitespace() {
        let of = word.strip_prefix("d'").or_else(|| word.strip_prefix("D'"));
        if of.is_some() {
            out.push("of");
        }
        let bare = of.unwrap_or(word);
        let led = bare.strip_prefix("l'").or_else(|| bare.strip_prefix("L'"));
        article |= led.is_some();
        let bare = led.unwrap_or(bare);
        match bare {
            "la" | "le" | "les" | "un" | "une" => {
                article |= !out.is_empty();
                continue;
            }
            "de" | "du" | "des" => {
                article |= bare != "de";
                out.push("of");
                continue;
            }
            _ => {}
        }
        let named = bare.starts_with(char::is_uppercase) && !article;
        match words.get(&bare.to_lowercase()).map(String::as_str) {
            Some(english) => {
                told = true;
                out.push(english);
            }
            None if named => out.push(bare),
            None => return None,
        }
        article = false;
    }
    told.then(|| out.join(" "))
}

fn place(place: &Place, known: &Knowledge) -> DraftPlace {
    let region = place.region_then.as_ref().or(place.region_now.as_ref());
    DraftPlace {
        name: place.name.clone(),
        region: region.map(|slug| match known.regions.get(slug) {
            Some(region) => region.fr.clone(),
            None => slug.clone(),
        }),
        cercle: place.cercle.clone(),
    }
}

fn perpetrator(attribution: &Attribution, lang: Lang, known: &Knowledge) -> DraftPerpetrator {
    DraftPerpetrator {
        actor: attribution.name.clone(),
        attribution: match attribution.stance {
            Stance::Accused => "alleged",
            other => other.as_str(),
        },
        by: attribution.by.as_ref().map(|by| speaker(by, lang, known)),
    }
}

fn claim(claim: &Claim, lang: Lang, known: &Knowledge) -> DraftClaim {
    DraftClaim {
        measure: claim.measure.as_str(),
        group: claim.group.as_str(),
        min: claim.min,
        max: claim.max,
        qualifier: claim.qualifier.as_str(),
        claimant: claim.claimant.as_ref().map(|by| speaker(by, lang, known)),
        quote: claim.passage.quote.clone(),
    }
}

fn event_type(kind: EventType) -> &'static str {
    match kind {
        EventType::ArmedClash => "armed clash",
        EventType::AttackOnArmedForces => "attack on armed forces",
        EventType::Bombing => "bombing/IED",
        EventType::Massacre => "massacre",
        EventType::Airstrike => "airstrike",
        EventType::Abduction => "abduction",
        EventType::Execution => "execution",
        EventType::Siege => "siege",
        EventType::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::english;
    use crate::knowledge::Knowledge;

    #[test]
    fn speakers_are_put_into_english_whole_or_not_at_all() {
        let known = Knowledge::embedded();
        for (french, expected) in [
            ("maire de Sangha", Some("mayor of Sangha")),
            ("maire d'Ansongo", Some("mayor of Ansongo")),
            ("président de l'Assemblée", None),
            ("maire du Gourma", None),
            ("Premier ministre Boubou Cissé", Some("Prime Minister Boubou Cissé")),
            ("Abdel'karim Maiga", None),
        ] {
            assert_eq!(english(french, &known).as_deref(), expected, "{french}");
        }
    }
}
