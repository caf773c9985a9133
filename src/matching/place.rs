//! How places agree: by name, and by distance where both have coordinates that stand for the
//! place itself.

use crate::model::distance::kilometres;
use crate::model::incident::{Draft, Place, PlacePrecision};
use crate::model::slug::fold;
use serde::Serialize;

/// Points closer than this, in kilometres, may be one village: gazetteers differ by as much.
const CLOSE_KM: f64 = 2.5;

/// Two spellings of one name this close, in kilometres, are one village.
const SPELLING_KM: f64 = 6.0;

/// Other names further apart than this, in kilometres, are other places.
const NEAR_KM: f64 = 10.0;

/// The same for a point that only stands close by ("within 25 km").
const AROUND_KM: f64 = 25.0;

/// One name at two points further apart than this, in kilometres: homonyms.
const HOMONYM_KM: f64 = 40.0;

/// Names this much alike, from 0 to 1, may be two spellings.
const ALIKE: f64 = 0.75;

/// The furthest, in kilometres, at which places of other names are compared at all.
pub const REACH_KM: f64 = AROUND_KM;

/// A town, village or site: a place where two incidents on one day are probably one.
pub fn is_specific(place: &Place) -> bool {
    match place.precision {
        PlacePrecision::Exact | PlacePrecision::Near => true,
        PlacePrecision::Cercle | PlacePrecision::Region => false,
        PlacePrecision::Unknown => {
            let id = Some(place.id.as_str());
            !place.id.is_empty()
                && place.region_then.as_deref() != id
                && place.region_now.as_deref() != id
        }
    }
}

/// How the places of two tellings agree: of all pairs of places the best.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceFit {
    /// One place under one name or alias, with the kilometres between the points, if both
    /// give one. `first`: it is the first place of both.
    Named {
        /// The name.
        name: String,
        /// Kilometres between the two points.
        km: Option<f64>,
        /// Whether both are filed under it.
        first: bool,
    },
    /// Two names, points that may be of one village. `alike`: perhaps two spellings.
    Close {
        /// The names.
        names: [String; 2],
        /// Kilometres between the two points.
        km: f64,
        /// Whether they may be two spellings of one name.
        alike: bool,
    },
    /// Two names, points of the same neighbourhood.
    Near {
        /// The names.
        names: [String; 2],
        /// Kilometres between the two points.
        km: f64,
    },
    /// Other places; kilometres between the nearest two, where points are known.
    Apart(Option<f64>),
}

impl PlaceFit {
    pub(super) fn of(a: &Draft, b: &Draft) -> Self {
        let all = specific(a).flat_map(|(first_a, p)| {
            specific(b).map(move |(first_b, q)| Self::of_two(p, q, first_a && first_b))
        });
        all.max_by(|x, y| x.rank().total_cmp(&y.rank())).unwrap_or(Self::Apart(None))
    }

    fn of_two(p: &Place, q: &Place, first: bool) -> Self {
        let km = distance(p, q);
        let names = || [p.name.clone(), q.name.clone()];
        let reach = match (p.precision, q.precision) {
            (PlacePrecision::Exact, PlacePrecision::Exact) => NEAR_KM,
            _ => AROUND_KM,
        };
        let named = p.id == q.id && p.country == q.country;
        match km {
            Some(km) if named && km > HOMONYM_KM => Self::Apart(Some(km)),
            None if named && in_other_regions(p, q) => Self::Apart(None),
            km if named => Self::Named { name: p.name.clone(), km, first },
            Some(km) if km <= SPELLING_KM && alike(&p.name, &q.name) => {
                Self::Close { names: names(), km, alike: true }
            }
            Some(km) if km <= CLOSE_KM && reach == NEAR_KM => {
                Self::Close { names: names(), km, alike: false }
            }
            Some(km) if km <= reach => Self::Near { names: names(), km },
            km => Self::Apart(km),
        }
    }

    /// How well they agree, from 0 to 1.
    pub fn part(&self) -> f64 {
        match self {
            Self::Named { first: true, .. } => 1.0,
            Self::Close { alike: true, .. } => 0.8,
            Self::Named { .. } => 0.6,
            Self::Close { .. } => 0.5,
            Self::Near { .. } => 0.3,
            Self::Apart(_) => 0.0,
        }
    }

    /// The better, the nearer.
    fn rank(&self) -> f64 {
        let km = match self {
            Self::Named { km, .. } | Self::Apart(km) => km.unwrap_or(HOMONYM_KM),
            Self::Close { km, .. } | Self::Near { km, .. } => *km,
        };
        self.part() + 0.01 / (1.0 + km)
    }
}

/// The specific places of a telling, each with whether it is filed under it.
fn specific(draft: &Draft) -> impl Iterator<Item = (bool, &Place)> {
    let places = draft.places.iter().filter(|p| is_specific(p));
    places.enumerate().map(|(i, place)| (i == 0, place))
}

/// Whether two places without comparable points lie in different regions, whichever stage of
/// the division each is told by.
fn in_other_regions(p: &Place, q: &Place) -> bool {
    let regions = |p: &Place| [p.region_then.clone(), p.region_now.clone()];
    let (of_p, of_q) = (regions(p), regions(q));
    let known = |r: &[Option<String>; 2]| r.iter().any(Option::is_some);
    known(&of_p) && known(&of_q) && !of_p.iter().flatten().any(|r| of_q.contains(&Some(r.clone())))
}

/// Whether two names may be spellings of one.
fn alike(a: &str, b: &str) -> bool {
    let plain = |name: &str| fold(name).replace(' ', "");
    let (a, b) = (plain(a), plain(b));
    // "Sari" and "Saré" are two villages more often than one.
    a.len().min(b.len()) >= 5 && strsim::normalized_damerau_levenshtein(&a, &b) >= ALIKE
}

/// Kilometres between two points that stand for the places themselves, on a sphere.
fn distance(p: &Place, q: &Place) -> Option<f64> {
    let point = |p: &Place| match p.precision {
        PlacePrecision::Exact | PlacePrecision::Near => Some((p.lat?, p.lon?)),
        _ => None,
    };
    Some(kilometres(point(p)?, point(q)?))
}
