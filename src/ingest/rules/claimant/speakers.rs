//! Who spoke before, and what pronouns and short names mean by it.

use crate::ingest::lexicon::one_of;
use crate::ingest::token::{Token, norm};
use crate::model::claim::Claimant;
use rustc_hash::FxHashMap;

/// Whom a sentence is about.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) who: Claimant,
    /// Whether that is one person, by title.
    pub(super) person: bool,
}

/// Who spoke before, for pronouns and short names.
#[derive(Debug, Default, Clone)]
pub struct Speakers {
    pub(super) last: Vec<Claimant>,
    /// The body that spoke last: whom "it" can mean.
    pub(super) body: Vec<Claimant>,
    /// The person who spoke last: whom "it" cannot mean.
    pub(super) person: Vec<Claimant>,
    /// Whether nobody has spoken in this paragraph yet.
    pub(super) stale: bool,
    /// Paragraphs begun since somebody spoke.
    pub(super) silent: usize,
    /// Whom the sentence before was about, when nobody spoke in it: "The minister visited the
    /// village on Monday. He said …".
    pub(super) subject: Option<Subject>,
    /// Who would not speak in the sentence before: "The army did not respond to a request".
    pub(super) asked: Option<Claimant>,
    /// Actors named, latest last: whom "the mission" and "the group" can mean.
    pub(super) met: Vec<Claimant>,
    /// The two armed groups named last in one breath: whom "the two movements" mean.
    pub(super) both: Vec<Claimant>,
    /// Whether the sentence before was about those two, and nobody spoke in it: whom "they" mean.
    pub(super) acted_together: bool,
    /// Whose document was cited last: whom "the text" can mean in the next paragraph.
    pub(super) wrote: Vec<Claimant>,
    /// Those described who spoke, latest last: whom "the official" can mean.
    pub(super) described: Vec<Claimant>,
    pub(super) by_surname: FxHashMap<String, Claimant>,
}

impl Speakers {
    /// Remembers who spoke; a news agency only passes on what others said.
    pub(in crate::ingest::rules) fn heard(&mut self, who: &[Claimant]) {
        let named = |c: &&Claimant| c.name.split_whitespace().nth(1).is_some();
        self.described.extend(who.iter().filter(named).cloned());
        if !who.iter().all(is_relay) {
            self.last = who.to_vec();
            self.stale = false;
            self.silent = 0;
            match who {
                [one] if is_person(one) => self.person = who.to_vec(),
                _ => self.body = who.to_vec(),
            }
        }
    }

    /// Whom "the official", "la source" mean: the latest of that description who spoke.
    pub(super) fn of_noun(&self, noun: &Token) -> Option<&Claimant> {
        let same = |c: &&Claimant| c.name.split_whitespace().any(|word| norm(word) == noun.norm);
        self.described.iter().rev().find(same)
    }

    /// "Le maire de Boni a parlé. … l'élu recense 23 morts": whoever spoke last, by an office that one is
    /// elected to.
    pub(super) fn elected(&self, noun: &Token) -> Option<&Claimant> {
        const OFFICES: &[&str] = &[
            "maire", "mayor", "depute", "deputy", "senateur", "senator", "conseiller",
            "conseillere", "councillor", "lawmaker", "adjoint",
        ];
        let [one] = self.last.as_slice() else { return None };
        let office = one.name.split_whitespace().any(|w| OFFICES.contains(&norm(w).as_str()));
        (noun.norm == "elu" && office).then_some(one)
    }

    /// Whom a pronoun means after a sentence in which nobody spoke, in a paragraph in which
    /// nobody has: its subject. A person is no group.
    pub(super) fn subject_of(&self, pronoun: &Token) -> Option<&Claimant> {
        let subject = self.subject.as_ref()?;
        let silent = self.stale || self.last.is_empty();
        let one = subject.person && one_of(pronoun, &["he", "she", "il", "elle", "lui"]);
        if !silent && !one {
            return None;
        }
        match pronoun.norm.as_str() {
            "he" | "she" | "lui" => subject.person,
            "it" => !subject.person,
            "il" | "elle" | "they" | "ils" => true,
            _ => false,
        }
        .then_some(&subject.who)
    }

    /// Whether the sentence before was about a group, and not a person, in which nobody spoke.
    pub(super) fn acted(&self) -> bool {
        self.subject.as_ref().is_some_and(|s| !s.person && s.who.actor.is_some())
    }

    /// Whom the sentence read last was about, when nobody spoke in it.
    pub fn about(&self) -> Option<&Claimant> {
        self.subject.as_ref().map(|s| &s.who)
    }

    /// Whether an actor of which this is true has been named.
    pub fn met(&self, fits: impl Fn(&str) -> bool) -> bool {
        self.met.iter().filter_map(|c| c.actor.as_deref()).any(fits)
    }

    /// Whoever spoke last, in this paragraph.
    pub fn spoke(&self) -> Option<&Claimant> {
        self.last.first().filter(|_| !self.stale)
    }

    /// The actor named last of which this is true.
    pub fn latest(&self, fits: impl Fn(&str) -> bool) -> Option<&Claimant> {
        self.met.iter().rev().find(|c| c.actor.as_deref().is_some_and(&fits))
    }

    /// A new paragraph: "the report" no longer means that of whoever spoke last.
    pub fn paragraph(&mut self) {
        self.stale = true;
        self.silent += 1;
        self.subject = None;
        self.asked = None;
        self.acted_together = false;
    }
}

/// Whether a speaker is a sort of people ("residents", "security sources") and no body.
pub(super) fn is_sort(speaker: &Claimant) -> bool {
    const SORTS: &[&str] = &[
        "governor", "prefect", "mayor", "village-chief", "local-officials", "residents",
        "witnesses", "relatives", "local-sources", "security-sources", "military-sources",
        "hospital-sources", "diplomatic-sources", "humanitarian-sources", "russian-sources",
        "analysts",
    ];
    speaker.actor.as_deref().is_some_and(|slug| SORTS.contains(&slug))
}

/// Whether a speaker is one person, by their office or by having none.
pub(super) fn is_person(speaker: &Claimant) -> bool {
    static OFFICES: &[&str] = &[
        "mayor", "maire", "governor", "gouverneur", "minister", "ministre", "president",
        "président", "spokesman", "spokeswoman", "spokesperson", "porte-parole", "chief", "chef",
        "resident", "habitant", "habitante", "official", "responsable", "élu", "witness", "témoin",
        "survivor", "rescapé", "officer", "officier", "doctor", "médecin", "elder", "deputy",
        "député", "lawmaker", "prefect", "préfet", "imam", "man", "woman", "colonel", "membre",
        "member", "general",
    ];
    // "the general staff" is none.
    static BODIES: &[&str] =
        &["staff", "état-major", "ministry", "ministère", "council", "conseil"];
    let has = |list: &[&str]| {
        let mut words = speaker.name.split_whitespace();
        words.any(|word| list.contains(&word.to_lowercase().as_str()))
    };
    has(OFFICES) && !has(BODIES)
}

/// A news agency passes on what happened: its word is the document's own.
pub fn is_relay(speaker: &Claimant) -> bool {
    const RELAYS: [&str; 15] = [
        "afp", "reuters", "associated-press", "rfi", "france-24", "bbc", "jeune-afrique",
        "le-monde", "al-jazeera", "voa", "ortm", "studio-tamani", "xinhua", "anadolu",
        "dpa-agency",
    ];
    speaker.actor.as_deref().is_some_and(|slug| RELAYS.contains(&slug))
}
