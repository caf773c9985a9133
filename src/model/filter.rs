//! What part of the timeline is asked for.

use super::date::PartialDate;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use super::claim::words;

/// A property of incidents that can be chosen by value. The word is the URL parameter, the
/// command-line option and the `dimension` column of the `facet` table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Region of Mali, of the day or of today.
    Region,
    /// Place, by [`Place::key`](super::incident::Place::key).
    Place,
    /// Actor named as perpetrator in any way but a denial; an actor includes its parts.
    Perpetrator,
    /// Victim group; a group includes its parts.
    Victim,
    /// Kind of event.
    Type,
    /// Source.
    Source,
    /// In which way a perpetrator is named. With [`Dimension::Perpetrator`]: in which way
    /// *that* perpetrator is named.
    Stance,
    /// Parsed or reviewed.
    Status,
}
words!(Dimension {
    Region => "region", Place => "place", Perpetrator => "perpetrator", Victim => "victim", Type => "type",
    Source => "source", Stance => "stance", Status => "status",
});

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Sort {
    /// Latest start first; undated last.
    #[default]
    Newest,
    /// Earliest start first; undated last.
    Oldest,
    /// Highest claimed number of deaths first.
    Deadliest,
}
words!(Sort { Newest => "newest", Oldest => "oldest", Deadliest => "deadliest" });

/// Which claim of deaths must reach the number asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum KilledBy {
    /// The lowest: nobody claims fewer.
    #[default]
    Low,
    /// The highest: somebody claims as many.
    High,
}
words!(KilledBy { Low => "low", High => "high" });

/// By which division of the country a region is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum RegionAs {
    /// That of the day or that of today.
    #[default]
    Either,
    /// That of the day of the incident.
    Then,
    /// That of today.
    Now,
}
words!(RegionAs { Either => "either", Then => "then", Now => "now" });

/// By what the overview chart is divided into lanes. Not a part of the filter: it changes
/// what is drawn, not what is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lanes {
    /// By the kind of the actors named as perpetrators.
    Perpetrator,
    /// By region: that of today, unless the filter means that of the day.
    Region,
}
words!(Lanes { Perpetrator => "perpetrator", Region => "region" });

impl Lanes {
    /// Its URL parameter.
    pub const KEY: &str = "lanes";

    /// Reads a value of the parameter.
    ///
    /// # Errors
    /// Any other word.
    pub fn parse(value: &str) -> Result<Self, BadValue> {
        parse_word(Self::KEY, value, Self::ALL, Self::as_str)
    }
}

/// Which incidents: any of the values of one dimension, all of the dimensions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Chosen values; a dimension without values is not in the map.
    pub chosen: BTreeMap<Dimension, BTreeSet<String>>,
    /// Incidents that may have happened on or after its first day.
    pub from: Option<PartialDate>,
    /// Incidents that may have happened on or before its last day.
    pub to: Option<PartialDate>,
    /// At least so many people killed, by the claim that `killed_by` names; incidents for which
    /// nobody gives a figure are left out.
    pub killed: Option<u32>,
    /// Which claim counts for `killed`.
    pub killed_by: KilledBy,
    /// What the values of [`Dimension::Region`] mean.
    pub region_as: RegionAs,
    /// Words that must all occur in the title, a place, an actor or a quoted passage.
    pub q: Option<String>,
    /// Order.
    pub sort: Sort,
}

/// A parameter with a value that is not allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key}={found}: expected {expected}")]
pub struct BadValue {
    /// Name of the parameter.
    pub key: String,
    /// What was given.
    pub found: String,
    /// What is allowed, in words or as a list.
    pub expected: String,
}

impl BadValue {
    /// How [`BadValue::expected`] starts for a closed list; values follow, with commas.
    pub const ONE_OF: &str = "one of ";

    /// A value outside a closed list.
    pub fn one_of<'a>(key: &str, found: &str, allowed: impl IntoIterator<Item = &'a str>) -> Self {
        let allowed: Vec<_> = allowed.into_iter().collect();
        Self {
            key: key.to_owned(),
            found: found.to_owned(),
            expected: format!("{}{}", Self::ONE_OF, allowed.join(", ")),
        }
    }
}

/// The longest search text, in characters.
pub const MAX_SEARCH: usize = 200;

impl Filter {
    /// Reads `key=value` pairs of a URL or command line. Keys that are no filter are left to
    /// the caller (`after`, `lang`); empty values are as good as absent. Whether a slug of
    /// region, actor, victim group or source exists is checked by `known`.
    ///
    /// # Errors
    /// The first value that is not allowed.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        known: impl Fn(Dimension, &str) -> Result<(), BadValue>,
    ) -> Result<Self, BadValue> {
        let mut filter = Self::default();
        for (key, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if let Ok(dimension) = Dimension::from_str(key) {
                known(dimension, value)?;
                filter.chosen.entry(dimension).or_default().insert(value.to_owned());
                continue;
            }
            match key {
                "from" => filter.from = Some(parse_date(key, value)?),
                "to" => filter.to = Some(parse_date(key, value)?),
                "killed" => filter.killed = Some(parse_number(key, value)?),
                "killed_by" => {
                    filter.killed_by = parse_word(key, value, KilledBy::ALL, KilledBy::as_str)?
                }
                "region_as" => {
                    filter.region_as = parse_word(key, value, RegionAs::ALL, RegionAs::as_str)?
                }
                "q" if value.chars().count() > MAX_SEARCH => {
                    return Err(BadValue {
                        key: key.to_owned(),
                        found: format!("{} characters", value.chars().count()),
                        expected: format!("at most {MAX_SEARCH} characters"),
                    });
                }
                "q" => filter.q = Some(value.to_owned()),
                "sort" => filter.sort = parse_word(key, value, Sort::ALL, Sort::as_str)?,
                _ => {}
            }
        }
        match (filter.from, filter.to) {
            (Some(from), Some(to)) if from.first() > to.last() => Err(BadValue {
                key: "to".to_owned(),
                found: to.to_string(),
                expected: format!("a date not before {from}"),
            }),
            _ => Ok(filter),
        }
    }

    /// The parameters that give this filter back, in a fixed order; nothing for defaults.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        for (dimension, values) in &self.chosen {
            pairs.extend(values.iter().map(|v| (dimension.as_str(), v.clone())));
        }
        if self.region_as != RegionAs::default() {
            pairs.push(("region_as", self.region_as.as_str().to_owned()));
        }
        pairs.extend(self.killed.map(|n| ("killed", n.to_string())));
        if self.killed.is_some() && self.killed_by != KilledBy::default() {
            pairs.push(("killed_by", self.killed_by.as_str().to_owned()));
        }
        pairs.extend(self.from.map(|d| ("from", d.to_string())));
        pairs.extend(self.to.map(|d| ("to", d.to_string())));
        pairs.extend(self.q.clone().map(|q| ("q", q)));
        if self.sort != Sort::default() {
            pairs.push(("sort", self.sort.as_str().to_owned()));
        }
        pairs
    }

    /// Whether nothing is left out.
    pub fn is_everything(&self) -> bool {
        self.chosen.is_empty()
            && self.killed.is_none()
            && self.from.is_none()
            && self.to.is_none()
            && self.q.is_none()
    }

    /// The word under which the `facet` table has the values of a dimension for this filter.
    pub fn facet(&self, dimension: Dimension) -> &'static str {
        match (dimension, self.region_as) {
            (Dimension::Region, RegionAs::Then) => "region_then",
            (Dimension::Region, RegionAs::Now) => "region_now",
            _ => dimension.as_str(),
        }
    }

    /// The filter that asks for one value and nothing else.
    pub fn of(dimension: Dimension, value: &str) -> Self {
        Self::default().toggled(dimension, value)
    }

    /// This filter with one value chosen, or dropped when it was chosen already.
    pub fn toggled(&self, dimension: Dimension, value: &str) -> Self {
        let mut filter = self.clone();
        let values = filter.chosen.entry(dimension).or_default();
        if !values.remove(value) {
            values.insert(value.to_owned());
        }
        if values.is_empty() {
            filter.chosen.remove(&dimension);
        }
        filter
    }
}

/// The most people that can be asked for.
const MAX_KILLED: u32 = 1_000_000;

fn parse_number(key: &str, value: &str) -> Result<u32, BadValue> {
    let number = value.parse().ok().filter(|n| (1..=MAX_KILLED).contains(n));
    number.ok_or_else(|| BadValue {
        key: key.to_owned(),
        found: value.to_owned(),
        expected: format!("a whole number from 1 to {MAX_KILLED}"),
    })
}

fn parse_word<T: Copy + FromStr>(
    key: &str,
    value: &str,
    all: &[T],
    as_str: impl Fn(T) -> &'static str,
) -> Result<T, BadValue> {
    value.parse().map_err(|_| BadValue::one_of(key, value, all.iter().map(|w| as_str(*w))))
}

fn parse_date(key: &str, value: &str) -> Result<PartialDate, BadValue> {
    value.parse().map_err(|_| BadValue {
        key: key.to_owned(),
        found: value.to_owned(),
        expected: "a date as YYYY, YYYY-MM or YYYY-MM-DD".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(query: &[(&'static str, &'static str)]) -> Result<Filter, BadValue> {
        Filter::parse(query.iter().copied(), |_, value| match value {
            "nowhere" => Err(BadValue::one_of("region", value, ["gao", "mopti"])),
            _ => Ok(()),
        })
    }

    #[test]
    fn ok_pairs_come_back() {
        let pairs = [
            ("region", "gao"),
            ("region", "mopti"),
            ("victim", "civilians"),
            ("region_as", "then"),
            ("killed", "10"),
            ("killed_by", "high"),
            ("from", "2022-04"),
            ("q", "market"),
            ("sort", "deadliest"),
        ];
        let filter = parse(&pairs).unwrap();
        let back: Vec<_> = filter.to_pairs();
        let back: Vec<_> = back.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(back, pairs);
        assert_eq!(parse(&[("region", " "), ("q", "")]).unwrap(), Filter::default());
    }

    #[test]
    fn err_values_say_what_is_allowed() {
        for (pair, text) in [
            (("region", "nowhere"), "region=nowhere: expected one of gao, mopti"),
            (("from", "May"), "from=May: expected a date as YYYY, YYYY-MM or YYYY-MM-DD"),
            (("killed", "many"), "killed=many: expected a whole number from 1 to 1000000"),
            (("killed", "0"), "killed=0: expected a whole number from 1 to 1000000"),
            (("killed_by", "me"), "killed_by=me: expected one of low, high"),
            (("region_as", "ever"), "region_as=ever: expected one of either, then, now"),
            (("sort", "up"), "sort=up: expected one of newest, oldest, deadliest"),
        ] {
            assert_eq!(parse(&[pair]).unwrap_err().to_string(), text);
        }
        let error = parse(&[("from", "2023"), ("to", "2022-12")]).unwrap_err();
        assert_eq!(error.to_string(), "to=2022-12: expected a date not before 2023");
    }

    #[test]
    fn toggling_twice_is_nothing() {
        let filter = Filter::default().toggled(Dimension::Region, "gao");
        assert!(!filter.is_everything());
        assert!(filter.toggled(Dimension::Region, "gao").is_everything());
    }
}
