//! The words by which texts tell of violence and of who says so.

use super::files::{DataError, Files};
use crate::model::claim::Measure;
use crate::model::incident::EventType;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How the grammar uses a casualty word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// "killed": passive after "were", active before its figure.
    Participle,
    /// "killing": its figure follows.
    Gerund,
    /// "kill": its figure follows.
    Active,
    /// "died": its figure stands before it.
    Intransitive,
    /// "deaths of": its figure follows.
    NounOf,
    /// "deaths": its figure stands directly before it.
    CountNoun,
    /// "dead", "missing": its figure stands before it.
    State,
    /// "death toll": its figure follows within a few words.
    Toll,
}

/// Words for what happened to people.
#[derive(Debug, Clone, Deserialize)]
pub struct CasualtyWords {
    /// What happened.
    pub measure: Measure,
    /// How the words are used.
    pub form: Form,
    /// The words.
    pub words: Vec<String>,
}

/// Words of saying.
#[derive(Debug, Clone, Deserialize)]
pub struct SpeechWords {
    /// Verbs after their speaker.
    pub verbs: Vec<String>,
    /// Regular French verbs by their infinitive; every form of theirs that tells is a verb of
    /// saying.
    #[serde(default)]
    pub regular: Vec<String>,
    /// French words for those who speak, each with its English one.
    #[serde(default)]
    pub english: BTreeMap<String, String>,
    /// Phrases before their speaker.
    pub by: Vec<String>,
    /// Nouns for what a speaker puts out.
    pub documents: Vec<String>,
}

/// A kind of event as words tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventWord {
    /// From the air.
    Airstrike,
    /// By explosives.
    Bombing,
    /// People taken.
    Abduction,
    /// People put to death.
    Execution,
    /// A place cut off.
    Siege,
    /// Many unarmed people killed.
    Massacre,
    /// Two sides fighting.
    ArmedClash,
    /// An attack: what kind depends on whom it hit.
    Attack,
    /// Destruction, pillage, mass graves.
    Other,
}

impl EventWord {
    /// The kind that the word alone gives; none for an attack on whomever.
    pub fn kind(self) -> Option<EventType> {
        Some(match self {
            Self::Airstrike => EventType::Airstrike,
            Self::Bombing => EventType::Bombing,
            Self::Abduction => EventType::Abduction,
            Self::Execution => EventType::Execution,
            Self::Siege => EventType::Siege,
            Self::Massacre => EventType::Massacre,
            Self::ArmedClash => EventType::ArmedClash,
            Self::Other => EventType::Other,
            Self::Attack => return None,
        })
    }
}

/// Words for a kind of event.
#[derive(Debug, Clone, Deserialize)]
pub struct EventWords {
    /// The kind.
    pub kind: EventWord,
    /// The words.
    pub words: Vec<String>,
}

/// All of `words.toml`.
#[derive(Debug, Clone, Deserialize)]
pub struct Words {
    /// What happened to people.
    pub casualty: Vec<CasualtyWords>,
    /// Saying.
    pub speech: SpeechWords,
    /// Kinds of events, the more telling first.
    pub event: Vec<EventWords>,
}

impl Words {
    /// Reads `words.toml`.
    pub(super) fn load(files: &Files) -> Result<Self, DataError> {
        files.toml("words.toml")
    }
}
