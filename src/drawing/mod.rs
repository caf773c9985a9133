//! The overview chart and the map as SVG, ready for a template: the same for a page and for an
//! exported file. Only where the parts of a drawing lead differs, and that is asked of
//! `Links`.

/// Incidents and deaths over time.
pub mod chart;
/// The same in lanes: one for each kind of perpetrator or each region.
pub mod lanes;
/// Where incidents happened, and how exactly that is known.
pub mod map;

use crate::model::date::PartialDate;
use crate::model::filter::{Dimension, Filter};
use crate::store::place::PlaceCount;
use crate::wording::Words;
use std::collections::BTreeSet;

/// Where the parts of a drawing lead; none where they lead nowhere.
pub trait Links {
    /// The incidents of `filter`, whose dates are narrowed to `date` already.
    fn period(&self, filter: &Filter, date: PartialDate) -> Option<String>;

    /// The list of `filter`.
    fn list(&self, filter: &Filter) -> Option<String>;

    /// The map of `filter`.
    fn map(&self, filter: &Filter) -> Option<String>;

    /// One incident.
    fn incident(&self, id: &str) -> Option<String>;
}

/// What is needed to draw.
#[derive(Clone, Copy)]
pub struct Canvas<'a> {
    /// Words in the reader's language.
    pub words: Words<'a>,
    /// Where things lead.
    pub links: &'a dyn Links,
}

impl Canvas<'_> {
    /// The list of the incidents of a place, or the only one.
    pub fn place(&self, place: &PlaceCount, filter: &Filter) -> Option<String> {
        if place.incidents == 1 {
            return self.links.incident(&place.incident);
        }
        let mut of_place = filter.clone();
        of_place.chosen.insert(Dimension::Place, BTreeSet::from([place.key.clone()]));
        self.links.list(&of_place)
    }
}

/// The next round number that is not below `n`: one of few, so that scales are alike.
pub fn round_up(n: u32) -> u32 {
    const STEPS: [u32; 10] = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80];
    if n <= 10 {
        return n.max(1);
    }
    let mut ten = 1_u32;
    loop {
        for step in STEPS {
            match step.checked_mul(ten) {
                Some(top) if top >= n => return top,
                Some(_) => {}
                None => return u32::MAX,
            }
        }
        ten = ten.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_round_numbers() {
        for (n, top) in [(0, 1), (1, 1), (7, 7), (13, 15), (47, 50), (501, 600), (810, 1000)] {
            assert_eq!(round_up(n), top, "{n}");
        }
        assert_eq!(round_up(u32::MAX), u32::MAX);
    }
}
