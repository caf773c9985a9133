//! Something that happened at a place and time, as its sources tell it.

use super::claim::{Claim, Claimant, GroupToll, Measure, Toll, group_tolls, overall_toll, words};
use super::date::DateSpan;
use super::passage::Passage;
use super::review::Signature;
use super::source::SourceRef;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What sort of event it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventType {
    /// Many unarmed people killed at one place.
    Massacre,
    /// Two armed sides fighting.
    ArmedClash,
    /// An attack on soldiers, police, peacekeepers or their bases and convoys.
    AttackOnArmedForces,
    /// An attack from the air, drones included.
    Airstrike,
    /// A bomb, mine, suicide bomber or other explosive device.
    Bombing,
    /// People taken away.
    Abduction,
    /// Prisoners or chosen persons put to death.
    Execution,
    /// A place cut off.
    Siege,
    /// None of these, or not stated.
    Other,
}
words!(EventType {
    Massacre => "massacre", ArmedClash => "armed-clash",
    AttackOnArmedForces => "attack-on-armed-forces", Airstrike => "airstrike",
    Bombing => "bombing", Abduction => "abduction", Execution => "execution",
    Siege => "siege", Other => "other",
});

/// In which way an actor is named as the perpetrator. Each is a different fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// The document itself says so.
    Stated,
    /// The actor says so of itself.
    Claimed,
    /// Somebody else says so.
    Accused,
    /// Named as a suspicion or belief.
    Suspected,
    /// The actor, or somebody for it, says it was not.
    Denied,
    /// Took part, with no direction stated (event datasets).
    Involved,
}
words!(Stance {
    Stated => "stated", Claimed => "claimed", Accused => "accused",
    Suspected => "suspected", Denied => "denied", Involved => "involved",
});

/// How exactly a point on the map stands for a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlacePrecision {
    /// The town, village or site itself.
    Exact,
    /// Close by ("near", "50 km north of").
    Near,
    /// The middle or seat of a cercle: never a point on a map.
    Cercle,
    /// The middle of a region: never a point on a map.
    Region,
    /// Known by name only.
    Unknown,
}
words!(PlacePrecision {
    Exact => "exact", Near => "near", Cercle => "cercle", Region => "region",
    Unknown => "unknown",
});

/// A place named for an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Readable id: the gazetteer's, or made from the name.
    pub id: String,
    /// Name as the source writes it.
    pub name: String,
    /// Slug of the region in which it lay on the day of the incident.
    pub region_then: Option<String>,
    /// Slug of the region in which it lies today.
    pub region_now: Option<String>,
    /// Cercle, when the source states it.
    pub cercle: Option<String>,
    /// Country (ISO 3166-1 alpha-2) when it lies outside Mali.
    pub country: Option<String>,
    /// Degrees north (WGS 84), with `precision`.
    pub lat: Option<f64>,
    /// Degrees east (WGS 84), with `precision`.
    pub lon: Option<f64>,
    /// What the coordinates stand for.
    pub precision: PlacePrecision,
    /// The words that name it.
    pub passage: Passage,
}

impl Place {
    /// Value of `place=`. A cercle or region named as such is another place than the town of
    /// the same name: `ansongo-cercle`, `mopti-region`.
    pub fn key(&self) -> String {
        match self.precision {
            PlacePrecision::Cercle => format!("{}{CERCLE}", self.id),
            PlacePrecision::Region => format!("{}{REGION}", self.id),
            _ => self.id.clone(),
        }
    }
}

/// Ends the key of a cercle named as such.
pub const CERCLE: &str = "-cercle";

/// Ends the key of a region named as such.
pub const REGION: &str = "-region";

/// An actor named as perpetrator, by whom, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// Id of the actor: the registry's, or made from the name.
    pub actor: String,
    /// Name of the actor.
    pub name: String,
    /// In which way it is named.
    pub stance: Stance,
    /// Who says so; none when the document itself does.
    pub by: Option<Claimant>,
    /// The words that say it.
    pub passage: Passage,
}

/// A group of people hit by the incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Victim {
    /// Slug in the tree of victim groups.
    pub group: String,
    /// The words that name them.
    pub passage: Passage,
}

/// What one source says of one incident: the output of parsing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Whether the document is about this incident, rather than telling it besides.
    pub main: bool,
    /// Short title: the document's own, or made from kind, place and date.
    pub title: String,
    /// When.
    pub date: DateSpan,
    /// The words that date it.
    pub date_passage: Option<Passage>,
    /// What sort of event.
    pub kind: EventType,
    /// Where; the first is the one it is filed under.
    pub places: Vec<Place>,
    /// Who.
    pub attributions: Vec<Attribution>,
    /// Whom.
    pub victims: Vec<Victim>,
    /// How many.
    pub claims: Vec<Claim>,
    /// The passage that tells it: the sentence or item it was read from.
    pub passage: Passage,
}

impl Draft {
    /// Every passage that it rests on.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> {
        std::iter::once(&self.passage)
            .chain(&self.date_passage)
            .chain(self.places.iter().map(|p| &p.passage))
            .chain(self.attributions.iter().map(|a| &a.passage))
            .chain(self.victims.iter().map(|v| &v.passage))
            .chain(self.claims.iter().map(|c| &c.passage))
    }

    /// As [`Draft::passages`], to be changed.
    pub fn passages_mut(&mut self) -> impl Iterator<Item = &mut Passage> {
        std::iter::once(&mut self.passage)
            .chain(&mut self.date_passage)
            .chain(self.places.iter_mut().map(|p| &mut p.passage))
            .chain(self.attributions.iter_mut().map(|a| &mut a.passage))
            .chain(self.victims.iter_mut().map(|v| &mut v.passage))
            .chain(self.claims.iter_mut().map(|c| &mut c.passage))
    }
}

/// Whether a person has looked at what was parsed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Parsed by rules, not reviewed.
    #[default]
    Parsed,
    /// Confirmed or corrected by a person.
    Reviewed,
}
words!(Status { Parsed => "parsed", Reviewed => "reviewed" });

/// A draft that was imported: what one source says of an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Which source.
    pub source: SourceRef,
    /// Key of the row that says it, where the source is a dataset. The passages lie in the
    /// row's text then: see [`record::text`](super::record::text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Id of the incident that it was found to tell, where a person joined that with the one as
    /// which it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<String>,
    /// Whether a person has confirmed it.
    pub status: Status,
    /// Who has, when it is reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed_by: Option<String>,
    /// When: a day, or a moment in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed_at: Option<String>,
    /// What it says.
    #[serde(flatten)]
    pub draft: Draft,
}

impl Account {
    /// Who has confirmed or corrected it, and when.
    pub fn signed(&self) -> Option<Signature> {
        let (by, at) = self.reviewed_by.clone().zip(self.reviewed_at.clone())?;
        Some(Signature { by, at })
    }
}

/// Something that happened at a place and time, with every account of it.
///
/// Title, date, kind and places are those of its leading account: a reviewed one before a
/// parsed one, a main one before a told-besides one, then the most exact date, then the
/// source imported first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Stable readable id such as `2022-04-19-hombori`.
    pub id: String,
    /// Title of the leading account.
    pub title: String,
    /// Date of the leading account.
    pub date: DateSpan,
    /// Kind of the leading account.
    pub kind: EventType,
    /// What each source says, leading account first. Never empty.
    pub accounts: Vec<Account>,
}

impl Incident {
    /// Each place once, the leading account's first.
    pub fn places(&self) -> Vec<&Place> {
        let mut seen = std::collections::BTreeSet::new();
        self.accounts
            .iter()
            .flat_map(|a| &a.draft.places)
            .filter(|p| seen.insert(p.id.as_str()))
            .collect()
    }

    /// Every claim with the account that reports it.
    pub fn claims(&self) -> impl Iterator<Item = (&Account, &Claim)> {
        self.accounts.iter().flat_map(|a| a.draft.claims.iter().map(move |c| (a, c)))
    }

    /// The tolls by measure and group.
    pub fn group_tolls(&self) -> Vec<GroupToll> {
        group_tolls(self.claims().map(|(_, claim)| claim))
    }

    /// The range over everybody's claims: see [`overall_toll`].
    pub fn toll(&self, measure: Measure) -> Option<Toll> {
        overall_toll(
            measure,
            self.claims().map(|(account, claim)| (speaker(account, claim), claim)),
        )
    }

    /// Reviewed when every account is.
    pub fn status(&self) -> Status {
        self.accounts.iter().map(|a| a.status).min().unwrap_or_default()
    }
}

/// Who answers for a claim: the claimant, known actors under one name, or the source itself.
fn speaker<'a>(account: &'a Account, claim: &'a Claim) -> &'a str {
    match &claim.claimant {
        Some(by) => by.actor.as_deref().unwrap_or(&by.name),
        None => &account.source.id,
    }
}
