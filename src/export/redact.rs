//! Views that are safe to share: without what could point to a private person. Rules cannot
//! tell for sure who is one, so more is withheld than needed, and nothing is guessed:
//!
//! - the words of sources, since they may name anybody; where they stand is kept;
//! - names of speakers and perpetrators that are no known actor, unless the name is no proper
//!   name at all ("residents"); they are numbered within an incident, so that tolls stay;
//! - who has reviewed an account;
//! - titles of incidents, which are often those of a source;
//! - title, id and publisher of sources without a web address;
//! - coordinates beyond hundredths of a degree, about a kilometre.

use crate::knowledge::Knowledge;
use crate::model::claim::Claimant;
use crate::model::filter::Filter;
use crate::model::incident::Incident;
use crate::model::source::SourceRef;
use crate::store::place::PlaceCount;
use crate::store::{StoreError, source};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Parameter that says that a view is of this kind.
pub const KEY: &str = "redact";

/// Stands for what is withheld, in every language.
const WITHHELD: &str = "[…]";

/// What is withheld from a view.
pub struct Redaction<'k> {
    known: &'k Knowledge,
    /// What stands in place of sources without a web address, by their id.
    sources: BTreeMap<String, SourceRef>,
}

impl<'k> Redaction<'k> {
    /// For the incidents of `filter`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of(db: &Connection, filter: &Filter, known: &'k Knowledge) -> Result<Self, StoreError> {
        let cited = source::of_filter(db, filter)?.into_iter().map(|cited| cited.source);
        let private = cited.filter(|s| !is_published(s)).zip(1..).map(|(source, number)| {
            let mut other = source.clone();
            other.id = format!("withheld-{number}");
            other.meta.title = format!("[… {number}]");
            other.meta.publisher = None;
            other.meta.url = None;
            (source.id, other)
        });
        Ok(Self { known, sources: private.collect() })
    }

    /// How many sources are withheld.
    pub fn sources(&self) -> usize {
        self.sources.len()
    }

    /// A source as it may be named.
    pub fn source(&self, source: &mut SourceRef) {
        if let Some(other) = self.sources.get(&source.id) {
            *source = other.clone();
        }
    }

    /// The id under which a source may be named.
    pub fn source_id<'a>(&'a self, id: &'a str) -> &'a str {
        self.sources.get(id).map_or(id, |other| &other.id)
    }

    /// A place as it may be drawn.
    pub fn place(&self, place: &mut PlaceCount) {
        place.lat = place.lat.map(coarse);
        place.lon = place.lon.map(coarse);
    }

    /// An incident as it may be told.
    pub fn incident(&self, incident: &mut Incident) {
        let mut names = BTreeMap::new();
        let place = incident.places().first().map(|p| p.name.clone());
        let kind = incident.kind.as_str().replace('-', " ");
        incident.title = match place {
            Some(place) => format!("{kind}, {place}"),
            None => kind,
        };
        for account in &mut incident.accounts {
            self.source(&mut account.source);
            account.reviewed_by = account.reviewed_by.take().map(|_| WITHHELD.to_owned());
            let draft = &mut account.draft;
            draft.title.clone_from(&incident.title);
            for passage in draft.passages_mut() {
                passage.quote = WITHHELD.to_owned();
            }
            for place in &mut draft.places {
                place.lat = place.lat.map(coarse);
                place.lon = place.lon.map(coarse);
            }
            for attribution in &mut draft.attributions {
                if self.known.actors.get(&attribution.actor).is_none()
                    && is_proper(&attribution.name)
                {
                    attribution.name = numbered(&mut names, &attribution.name);
                    attribution.actor = "withheld".to_owned();
                }
                attribution.by.iter_mut().for_each(|by| speaker(&mut names, by));
            }
            for claim in &mut draft.claims {
                claim.claimant.iter_mut().for_each(|by| speaker(&mut names, by));
            }
        }
    }
}

/// Whether everybody can look a source up.
fn is_published(source: &SourceRef) -> bool {
    let url = source.meta.url.as_deref().unwrap_or_default();
    url.starts_with("https://") || url.starts_with("http://")
}

fn speaker(names: &mut BTreeMap<String, usize>, by: &mut Claimant) {
    if by.actor.is_none() && is_proper(&by.name) {
        by.name = numbered(names, &by.name);
    }
}

/// Whether words could be somebody's name. Scripts without capitals could always be.
fn is_proper(name: &str) -> bool {
    name.chars().any(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
}

fn numbered(names: &mut BTreeMap<String, usize>, name: &str) -> String {
    let next = names.len() + 1;
    format!("[… {}]", names.entry(name.to_owned()).or_insert(next))
}

fn coarse(degrees: f64) -> f64 {
    (degrees * 100.0).round() / 100.0
}
