//! What people changed about an incident, as its page lists it.

use crate::review::difference::{By, Said, changes, facts};
use crate::store::review::{Action, Logged};
use crate::wording::Words;
use serde_json::{Value, json};

/// A change by a person.
pub struct Line {
    /// The day.
    pub day: String,
    /// The moment, for `<time datetime>`.
    pub iso: String,
    /// "corrected by A. Name".
    pub text: String,
    /// Why; empty where it was not said.
    pub why: String,
    /// What was said before and is not any more.
    pub old: Vec<String>,
    /// What is said since.
    pub new: Vec<String>,
}

/// The log of an incident in words, earliest first.
pub fn lines(log: &[Logged], words: &Words) -> Vec<Line> {
    let m = words.messages();
    let line = |logged: &Logged| {
        let day = logged.signed.at.get(..10).and_then(|day| day.parse().ok());
        let key = format!("review-log-{}", logged.action.as_str());
        let (old, new) = said(logged);
        let in_words = |all: Vec<Said>| all.iter().map(|said| words.said(said)).collect();
        Line {
            day: day.map_or_else(|| logged.signed.at.clone(), |day| words.day(day)),
            iso: logged.signed.at.clone(),
            text: m.text_with(&key, &[("who", logged.signed.by.as_str().into())]),
            why: logged.why.clone().unwrap_or_default(),
            old: in_words(old),
            new: in_words(new),
        }
    };
    log.iter().map(line).collect()
}

/// What changed: of one draft to another what differs, otherwise all of both sides.
fn said(logged: &Logged) -> (Vec<Said>, Vec<Said>) {
    match (logged.old.as_slice(), logged.new.as_slice(), logged.action) {
        (_, _, Action::Accept) => (Vec::new(), Vec::new()),
        ([old], [new], _) => {
            let changes = changes(old, new, By::Words);
            (changes.old, changes.new)
        }
        (old, new, _) => {
            let all = |drafts: &[_]| {
                drafts.iter().flat_map(facts).map(|(said, _)| said).collect::<Vec<_>>()
            };
            (all(old), all(new))
        }
    }
}

/// The same for programs.
pub fn json(log: &[Logged]) -> Value {
    let lines = log.iter().map(|l| {
        json!({
            "source": l.source,
            "incident": l.incident,
            "at": l.signed.at,
            "who": l.signed.by,
            "action": l.action.as_str(),
            "why": l.why,
            "old": l.old,
            "new": l.new,
        })
    });
    lines.collect()
}
