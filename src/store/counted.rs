//! Incidents by value.

use serde::{Serialize, Serializer};
use std::sync::Arc;

/// How many incidents each value of a dimension would list. The names are shared with whoever
/// else counts the same values, since a page asks for hundreds of them.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Every value that there is, sorted.
    names: Arc<[Box<str>]>,
    /// By the place of the value; 0 for most.
    counts: Vec<u64>,
}

impl Counted {
    /// Counts of values that are sorted, one for each.
    pub(super) fn new(names: &Arc<[Box<str>]>, counts: Vec<u64>) -> Self {
        debug_assert!(names.len() == counts.len() && names.is_sorted());
        Self { names: Arc::clone(names), counts }
    }

    /// Incidents of a value; 0 where there is no such value.
    pub fn get(&self, value: &str) -> u64 {
        self.names.binary_search_by(|name| (**name).cmp(value)).map_or(0, |at| self.counts[at])
    }

    /// The values that have any, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> + Clone {
        let all = self.names.iter().zip(&self.counts);
        all.filter(|(_, count)| **count > 0).map(|(name, count)| (&**name, *count))
    }
}

impl Default for Counted {
    fn default() -> Self {
        Self { names: Arc::new([]), counts: Vec::new() }
    }
}

impl PartialEq for Counted {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Counted {}

impl<S: Into<Box<str>>> FromIterator<(S, u64)> for Counted {
    fn from_iter<I: IntoIterator<Item = (S, u64)>>(values: I) -> Self {
        let mut all: Vec<(Box<str>, u64)> =
            values.into_iter().map(|(name, count)| (name.into(), count)).collect();
        all.sort_unstable();
        let (names, counts): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        Self { names: names.into(), counts }
    }
}

impl Serialize for Counted {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_values_with_incidents_are_told() {
        let names: Arc<[Box<str>]> = Arc::new(["gao".into(), "kidal".into(), "mopti".into()]);
        let counted = Counted::new(&names, vec![3, 0, 7]);
        assert_eq!(counted.iter().collect::<Vec<_>>(), [("gao", 3), ("mopti", 7)]);
        assert_eq!(["gao", "kidal", "mopti", "bamako"].map(|v| counted.get(v)), [3, 0, 7, 0]);
        assert_eq!(serde_json::to_string(&counted).unwrap(), r#"{"gao":3,"mopti":7}"#);
        assert_eq!(counted, [("mopti", 7), ("gao", 3)].into_iter().collect());
        assert_ne!(counted, [("mopti", 7), ("gao", 4)].into_iter().collect());
        assert_eq!(Counted::default(), Counted::new(&names, vec![0, 0, 0]));
    }
}
