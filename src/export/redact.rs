//! Views that are safe to share: without what could point to a private person. Rules cannot
//! tell for sure who is one, so more is withheld than needed, and nothing is guessed:
//!
//! - the words of sources, since they may name anybody; where they stand is kept;
//! - names of speakers and perpetrators that are no known actor, unless the name is no proper
//!   name at all ("residents"); they are numbered within an incident, so that tolls stay;
//! - who has reviewed an account;
//! - titles of incidents, which are often those of a source;
//! - title, id and publisher of sources without a web address;
//! - names of places that are in no list of ours, and ids made of them, of sources without a
//!   web address: "the farm of …";
//! - coordinates beyond hundredths of a degree, about a kilometre.
//!
//! Sources that were marked sensitive are left out altogether, with all that only they say:
//! see `store::sensitive`.

use crate::knowledge::Knowledge;
use crate::model::claim::Claimant;
use crate::model::filter::Filter;
use crate::model::id::{is_of, shortened};
use crate::model::incident::{Incident, Place, PlacePrecision};
use crate::model::slug::slug;
use crate::model::source::SourceRef;
use crate::store::place::PlaceCount;
use crate::store::{StoreError, incident, sensitive, source};
use rusqlite::Connection;
use std::cell::Cell;
use std::collections::BTreeMap;

/// Parameter that says that a view is of this kind.
pub const KEY: &str = "redact";

/// Stands for what is withheld, in every language.
pub const WITHHELD: &str = "[…]";

/// Stands for the id of a source that is left out.
pub const GONE: &str = "withheld";

/// What is left out of a view because only sensitive sources say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Sensitive sources that tell incidents of the view.
    pub sources: u64,
    /// Incidents that only they tell, or that only by them belong to the view.
    pub incidents: u64,
}

/// The database as a view that is safe to share may see it.
pub struct Safe<'a> {
    whole: &'a Connection,
    filter: &'a Filter,
    /// None where nothing is sensitive.
    copy: Option<Connection>,
}

impl<'a> Safe<'a> {
    /// Of the database `whole`, for the incidents of `filter`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of(
        whole: &'a Connection,
        filter: &'a Filter,
        known: &Knowledge,
    ) -> Result<Self, StoreError> {
        Ok(Self { whole, filter, copy: sensitive::without(whole, known)? })
    }

    /// The database without what is sensitive.
    pub fn db(&self) -> &Connection {
        self.copy.as_ref().unwrap_or(self.whole)
    }

    /// What of the view is not in it.
    ///
    /// # Errors
    /// When the database fails, or the search text has no words.
    pub fn left_out(&self) -> Result<LeftOut, StoreError> {
        let Some(copy) = &self.copy else {
            return Ok(LeftOut::default());
        };
        let cited = source::of_filter(self.whole, self.filter)?;
        let count = |db| Ok::<_, StoreError>(incident::overview(db, self.filter)?.incidents);
        Ok(LeftOut {
            sources: cited.iter().filter(|c| c.source.meta.sensitive).count() as u64,
            incidents: count(self.whole)?.saturating_sub(count(copy)?),
        })
    }
}

/// What is withheld from a view.
pub struct Redaction<'k> {
    known: &'k Knowledge,
    /// What stands in place of sources without a web address, by their id.
    sources: BTreeMap<String, SourceRef>,
    /// How many ids were withheld so far.
    ids: Cell<usize>,
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
        Ok(Self { known, sources: private.collect(), ids: Cell::default() })
    }

    /// What stands in place of the titles of sources that are withheld, by their id.
    pub fn titles(&self) -> impl Iterator<Item = (String, String)> {
        self.sources.iter().map(|(id, other)| (id.clone(), other.meta.title.clone()))
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

    /// An incident as it may be told. Ids that are withheld are numbered in the order in which
    /// incidents are given here.
    pub fn incident(&self, incident: &mut Incident) {
        let mut names = BTreeMap::new();
        if !self.may_be_said(incident) {
            self.ids.set(self.ids.get() + 1);
            incident.id = format!("{GONE}-{}", self.ids.get());
        }
        for account in &mut incident.accounts {
            let published = is_published(&account.source);
            for place in &mut account.draft.places {
                if !published && !self.is_known(place) && is_proper(&place.name) {
                    place.name = numbered(&mut names, &place.name);
                    GONE.clone_into(&mut place.id);
                }
                if place.lat.is_some() && place.precision == PlacePrecision::Exact {
                    place.precision = PlacePrecision::Near;
                }
                place.lat = place.lat.map(coarse);
                place.lon = place.lon.map(coarse);
            }
        }
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
                passage.page = None;
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

    /// Whether an incident's id says nothing but a day and a place that may be named. An id may
    /// also be made of the title of an incident.
    fn may_be_said(&self, incident: &Incident) -> bool {
        let places = incident.accounts.iter().flat_map(|account| {
            let published = is_published(&account.source);
            account.draft.places.iter().filter(move |p| published || self.is_known(p))
        });
        let digits = |c: char| c.is_ascii_digit() || c == '-';
        let undated = incident.id.strip_prefix("undated-");
        let name = undated.unwrap_or_else(|| incident.id.trim_start_matches(digits));
        let names = places.flat_map(|p| [slug(&p.id), slug(&p.name)]).map(shortened);
        names
            .chain([incident.kind.as_str().to_owned()])
            .any(|known| !known.is_empty() && is_of(name, &known))
    }

    /// Whether a place is one that maps and lists name.
    fn is_known(&self, place: &Place) -> bool {
        self.known.gazetteer.get(&place.id).is_some()
            || self.known.regions.get(&place.name).is_some()
            || self.known.countries.named(&place.name).is_some()
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
