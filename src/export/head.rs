//! What a file says of itself.

use super::redact::{self, LeftOut};
use super::{PROGRAM, View};
use crate::messages::Messages;
use crate::model::filter::Dimension;
use crate::query;
use crate::store::source::{Cited, of_filter, titles};
use crate::store::{StoreError, incident};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// What a file says of itself before anything was counted.
#[derive(Debug, Clone)]
pub struct Head {
    /// The filter in words.
    pub sentence: String,
    /// The parameters that give the filter back; nothing for all incidents.
    pub parameters: BTreeMap<String, Vec<String>>,
    /// When it was made (UTC, to the second).
    pub exported: String,
    /// Language of its words.
    pub lang: &'static str,
}

/// What a file says of its incidents. Some formats need it before the first of them; the others
/// ask for it when all are written, so that a download need not wait for it.
#[derive(Debug, Clone)]
pub struct Tally {
    /// How many incidents.
    pub count: u64,
    /// The sources of its incidents, by title.
    pub sources: Vec<Cited>,
    /// What their publishers ask of whoever uses it, each once.
    pub terms: Vec<String>,
}

impl Head {
    pub(super) fn read(
        db: &Connection,
        view: &View,
        left_out: LeftOut,
    ) -> Result<Self, StoreError> {
        let mut titles = titles(db)?;
        // Its sentence says how many sources are withheld, so they are counted first.
        let redaction = view.redaction(db)?;
        let mut parameters: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, mut value) in view.filter.to_pairs() {
            if let (Some(redaction), "source") = (&redaction, key) {
                let known = titles.contains_key(&value);
                value = if known { redaction.source_id(&value) } else { redact::GONE }.to_owned();
            }
            parameters.entry(key.to_owned()).or_default().push(value);
        }
        if let Some(redaction) = &redaction {
            parameters.insert(redact::KEY.to_owned(), vec!["1".to_owned()]);
            titles.extend(redaction.titles());
            for id in view.filter.chosen.get(&Dimension::Source).into_iter().flatten() {
                titles.entry(id.clone()).or_insert_with(|| redact::WITHHELD.to_owned());
            }
        }
        let m = view.words.messages();
        let mut sentence = view.words.filter(view.filter, &titles);
        if let Some(day) = view.as_of.map(|day| day.to_string()) {
            sentence.push_str(&m.text("sentence-join"));
            sentence.push_str(&m.text_with("export-as-of", &[("day", day.as_str().into())]));
            parameters.insert(query::AS_OF.to_owned(), vec![day]);
        }
        if let Some(redaction) = &redaction {
            let mut add = |key: &str, values: &[(&str, u64)]| {
                let values: Vec<_> = values.iter().map(|(key, n)| (*key, (*n).into())).collect();
                sentence.push_str(&m.text("sentence-join"));
                sentence.push_str(&m.text_with(key, &values));
            };
            add("export-redacted", &[("sources", redaction.sources() as u64)]);
            if left_out.sources > 0 {
                add("export-left-out-sources", &[("sources", left_out.sources)]);
            }
            if left_out.incidents > 0 {
                add("export-left-out-incidents", &[("incidents", left_out.incidents)]);
            }
        }
        Ok(Self {
            sentence,
            parameters,
            exported: view.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            lang: view.words.lang().as_str(),
        })
    }

    /// When and with what it was made, in words.
    pub fn made(&self, m: &Messages) -> String {
        let parts = [("date", self.exported.as_str().into()), ("program", PROGRAM.into())];
        m.text_with("export-made", &parts)
    }

    /// The parameters as they stand in an address; empty for all incidents.
    pub fn query(&self) -> String {
        let pairs = self.parameters.iter();
        let pairs = pairs.flat_map(|(key, values)| values.iter().map(move |v| (key, v)));
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }
}

impl Tally {
    pub(super) fn read(db: &Connection, view: &View) -> Result<Self, StoreError> {
        let mut sources = of_filter(db, view.filter)?;
        if let Some(redaction) = view.redaction(db)? {
            sources.iter_mut().for_each(|cited| redaction.source(&mut cited.source));
        }
        let (known, lang) = (view.words.known(), view.words.lang());
        let asked = sources.iter().filter_map(|s| known.terms.of(&s.source.meta, lang));
        let terms: BTreeSet<&str> = asked.collect();
        Ok(Self {
            count: incident::count(db, view.filter)?,
            terms: terms.into_iter().map(str::to_owned).collect(),
            sources,
        })
    }

    /// How many incidents and sources, in words.
    pub fn numbers(&self, m: &Messages) -> String {
        let parts = [("incidents", self.count.into()), ("sources", self.sources.len().into())];
        m.text_with("export-numbers", &parts)
    }
}
