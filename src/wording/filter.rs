//! The active filter as one sentence, for page titles and exports.

use super::Words;
use crate::model::filter::{Dimension, Filter, RegionAs, Sort};
use crate::model::incident::{EventType, Stance, Status};
use std::borrow::Cow;
use std::collections::BTreeMap;

impl<'k> Words<'k> {
    /// Name of one filter value: "Mopti" for `region=mopti`. `titles` gives the titles of
    /// sources by id.
    pub fn value(
        &self,
        dimension: Dimension,
        value: &str,
        titles: &BTreeMap<String, String>,
    ) -> String {
        self.value_name(dimension, value, titles).into_owned()
    }

    /// The same without a copy, where there is one already.
    pub fn value_name<'a>(
        &self,
        dimension: Dimension,
        value: &'a str,
        titles: &'a BTreeMap<String, String>,
    ) -> Cow<'a, str>
    where
        'k: 'a,
    {
        let known = match dimension {
            Dimension::Region => return self.region_name(value).into(),
            Dimension::Place => return self.place_name(value),
            // An actor that is not in the registry has its name as id.
            Dimension::Perpetrator => match self.actor_name(value) {
                Some(name) => return name.into(),
                None => Some(value.replace('-', " ")),
            },
            Dimension::Victim => return self.victim_name(value).into(),
            Dimension::Type => value.parse::<EventType>().ok().map(|v| self.kind(v)),
            Dimension::Source => {
                return titles.get(value).map_or(value, String::as_str).into();
            }
            Dimension::Stance => value.parse::<Stance>().ok().map(|v| self.stance(v)),
            Dimension::Status => value.parse::<Status>().ok().map(|v| self.status(v)),
        };
        known.map_or(value.into(), Cow::from)
    }

    /// The filter as one sentence without a full stop: "Incidents in Mopti; with JNIM named as
    /// perpetrator; from 2022", or "All incidents".
    pub fn filter(&self, filter: &Filter, titles: &BTreeMap<String, String>) -> String {
        let join = self.text("sentence-join");
        let mut clauses = Vec::new();
        for (dimension, values) in &filter.chosen {
            let names: Vec<_> = values
                .iter()
                .map(|v| match dimension {
                    Dimension::Source => {
                        let title = self.value(*dimension, v, titles);
                        self.with("quoted", &[("text", &title)])
                    }
                    Dimension::Region | Dimension::Place | Dimension::Perpetrator => {
                        self.value(*dimension, v, titles)
                    }
                    _ => lower_first(&self.value(*dimension, v, titles)),
                })
                .collect();
            let key = match (dimension, filter.region_as) {
                (Dimension::Region, RegionAs::Then) => "sentence-region-then".to_owned(),
                (Dimension::Region, RegionAs::Now) => "sentence-region-now".to_owned(),
                _ => format!("sentence-{}", dimension.as_str()),
            };
            clauses.push(self.with(&key, &[("values", &self.or(&names))]));
        }
        clauses.extend(filter.killed.map(|n| {
            let key = format!("sentence-killed-{}", filter.killed_by.as_str());
            self.messages().text_with(&key, &[("count", n.into())])
        }));
        clauses.extend(self.period(filter));
        if let Some(q) = &filter.q {
            clauses.push(self.with("sentence-q", &[("text", q)]));
        }
        let mut sentence = if clauses.is_empty() {
            self.text("sentence-all")
        } else {
            self.with("sentence-some", &[("clauses", &clauses.join(&join))])
        };
        if filter.sort != Sort::default() {
            sentence.push_str(&join);
            sentence.push_str(&self.text(&format!("sentence-sort-{}", filter.sort.as_str())));
        }
        sentence
    }

    fn period(&self, filter: &Filter) -> Option<String> {
        let from = filter.from.map(|d| self.partial_date(d));
        let to = filter.to.map(|d| self.partial_date(d));
        match (from, to) {
            (Some(from), Some(to)) if from == to => {
                Some(self.with("sentence-in", &[("date", &from)]))
            }
            (Some(from), Some(to)) => {
                Some(self.with("sentence-from-to", &[("from", &from), ("to", &to)]))
            }
            (Some(from), None) => Some(self.with("sentence-from", &[("date", &from)])),
            (None, Some(to)) => Some(self.with("sentence-to", &[("date", &to)])),
            (None, None) => None,
        }
    }
}

/// "Civilians" as it stands inside a sentence; abbreviations ("UN") stay.
fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(a), Some(b)) if b.is_lowercase() => {
            let mut out: String = a.to_lowercase().collect();
            out.push_str(&name[a.len_utf8()..]);
            out
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::model::source::Lang;

    fn sentences(pairs: &[(&'static str, &'static str)]) -> (String, String) {
        let known = Knowledge::embedded();
        let filter = Filter::parse(pairs.iter().copied(), |_, _| Ok(())).unwrap();
        let titles = BTreeMap::from([("moura".to_owned(), "Moura <massacre>".to_owned())]);
        (
            Words::new(Lang::En, &known).filter(&filter, &titles),
            Words::new(Lang::Fr, &known).filter(&filter, &titles),
        )
    }

    #[test]
    fn a_filter_is_one_sentence() {
        for (pairs, en, fr) in [
            (vec![], "All incidents", "Tous les incidents"),
            (
                vec![("region", "mopti"), ("region", "gao"), ("perpetrator", "jnim")],
                "Incidents in the region Gao or Mopti; with JNIM named as perpetrator",
                "Incidents : région Gao ou Mopti ; auteur désigné : JNIM",
            ),
            (
                vec![("victim", "civilians"), ("from", "2022"), ("to", "2022")],
                "Incidents with civilians among the victims; in 2022",
                "Incidents : victimes : civils ; date : 2022",
            ),
            (
                vec![("region", "gao"), ("region_as", "then"), ("killed", "10")],
                "Incidents in the region Gao of the day; with at least 10 people killed by the lowest claim",
                "Incidents : région du jour : Gao ; au moins 10 morts selon le bilan le plus bas",
            ),
            (
                vec![("place", "ansongo-cercle"), ("killed", "1"), ("killed_by", "high")],
                "Incidents at Ansongo (cercle); with at least 1 person killed by the highest claim",
                "Incidents : lieu : Ansongo (cercle) ; au moins 1 mort selon le bilan le plus élevé",
            ),
            (
                vec![("source", "moura"), ("q", "market"), ("sort", "oldest")],
                "Incidents told in “Moura <massacre>”; mentioning “market”; oldest first",
                "Incidents : source : « Moura <massacre> » ; mentionnant « market » ; du plus ancien au plus récent",
            ),
        ] {
            let (said, dit) = sentences(&pairs);
            assert_eq!(said, en);
            assert_eq!(dit.replace(['\u{a0}', '\u{202f}'], " "), fr);
        }
    }

    #[test]
    fn every_dimension_and_order_has_its_words() {
        for lang in Lang::ALL {
            let messages = crate::messages::Messages::get(lang);
            for dimension in Dimension::ALL {
                let key = format!("sentence-{}", dimension.as_str());
                assert!(messages.has(&key), "{lang:?} lacks {key}");
            }
            for sort in Sort::ALL {
                for start in ["sentence-sort", "sort"] {
                    let key = format!("{start}-{}", sort.as_str());
                    assert!(messages.has(&key), "{lang:?} lacks {key}");
                }
            }
        }
    }
}
