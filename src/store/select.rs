//! A filter as SQL: one `where` clause over `incident i`, every value bound.

use super::StoreError;
use crate::model::filter::{Dimension, Filter, KilledBy, Sort};
use rusqlite::types::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A piece of SQL with the values of its question marks, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Clause {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Clause {
    /// Adds `sql` with its values.
    pub fn push(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(sql);
        self.values.extend(values);
    }

    /// Adds `and column in (?, …)`.
    fn push_facet(&mut self, dimension: &str, values: impl Iterator<Item = String>) {
        let values: Vec<Value> = values.map(Value::from).collect();
        let marks = vec!["?"; values.len()].join(", ");
        self.push(
            &format!(
                " and i.incident_id in (select incident_id from facet
                   where dimension = ? and value in ({marks}))"
            ),
            std::iter::once(Value::from(dimension.to_owned())).chain(values),
        );
    }

    /// What follows `where` for the incidents of `filter`.
    pub fn of(filter: &Filter) -> Result<Self, StoreError> {
        let mut clause = Self::default();
        clause.push("i.account_count > 0", []);
        let chosen = |d: Dimension| filter.chosen.get(&d);
        let pair = (chosen(Dimension::Perpetrator), chosen(Dimension::Stance));
        if let (Some(actors), Some(stances)) = pair {
            // Together they ask in which way that very actor is named.
            let pairs = actors.iter().flat_map(|a| stances.iter().map(move |s| format!("{a}:{s}")));
            clause.push_facet("perpetrator_stance", pairs);
        }
        for &dimension in Dimension::ALL {
            let paired = matches!(dimension, Dimension::Perpetrator | Dimension::Stance)
                && pair.0.is_some()
                && pair.1.is_some();
            if let Some(values) = chosen(dimension).filter(|_| !paired) {
                clause.push_facet(filter.facet(dimension), values.iter().cloned());
            }
        }
        if let Some(killed) = filter.killed {
            let column = match filter.killed_by {
                KilledBy::Low => "killed_low",
                KilledBy::High => "killed_high",
            };
            clause.push(&format!(" and i.{column} >= ?"), [killed.into()]);
        }
        if let Some(from) = filter.from {
            clause.push(" and i.date_end >= ?", [from.first().to_string().into()]);
        }
        if let Some(to) = filter.to {
            clause.push(" and i.date_start <= ?", [to.last().to_string().into()]);
        }
        if let Some(q) = &filter.q {
            clause.push(
                " and i.incident_id in
                   (select rowid from incident_text where incident_text match ?)",
                [quoted(q)?.into()],
            );
        }
        Ok(clause)
    }
}

/// The words of a search text: runs of letters, digits and the marks on them.
pub(super) fn search_words(q: &str) -> Vec<String> {
    let composed: String = q.nfc().collect();
    composed
        .split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(str::to_owned)
        .collect()
}

/// A search text as an FTS5 query: every word must occur, the last may be unfinished. Each
/// is quoted, so that nothing typed is ever query syntax.
pub(super) fn quoted(q: &str) -> Result<String, StoreError> {
    let words = search_words(q);
    if words.is_empty() {
        return Err(StoreError::BadSearch(q.to_owned()));
    }
    let quoted: Vec<_> = words.iter().map(|w| format!("\"{w}\"")).collect();
    Ok(format!("{} *", quoted.join(" ")))
}

/// `order by` of a sort. Each ends in the unique slug.
pub(super) fn order(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => "i.sort_date desc, i.slug desc",
        Sort::Oldest => "i.sort_date = '', i.sort_date, i.slug",
        Sort::Deadliest => "i.sort_killed desc, i.sort_date desc, i.slug desc",
    }
}

/// Where a page ended: the sort keys of its last row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    pub killed: i64,
    pub date: String,
    pub slug: String,
}

impl Cursor {
    /// As text for a URL: letters, digits, `-` and `~`.
    pub fn encode(&self, sort: Sort) -> String {
        match sort {
            Sort::Newest | Sort::Oldest => {
                format!("{}~{}~{}", sort.as_str(), self.date, self.slug)
            }
            Sort::Deadliest => {
                format!("{}~{}~{}~{}", sort.as_str(), self.killed, self.date, self.slug)
            }
        }
    }

    /// Reads what [`Cursor::encode`] wrote for the same sort.
    pub fn decode(text: &str, sort: Sort) -> Result<Self, StoreError> {
        let read = || {
            let rest = text.strip_prefix(sort.as_str())?.strip_prefix('~')?;
            let (killed, rest) = match sort {
                Sort::Deadliest => {
                    let (killed, rest) = rest.split_once('~')?;
                    (killed.parse().ok()?, rest)
                }
                Sort::Newest | Sort::Oldest => (-1, rest),
            };
            let (date, slug) = rest.split_once('~')?;
            let dated = date.is_empty() || date.parse::<jiff::civil::Date>().is_ok();
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            (dated && !slug.is_empty() && slug.bytes().all(plain)).then(|| Self {
                killed,
                date: date.to_owned(),
                slug: slug.to_owned(),
            })
        };
        read().ok_or_else(|| StoreError::BadCursor(text.to_owned()))
    }

    /// ` and …` that leaves only the rows after this one.
    pub fn push_after(self, sort: Sort, clause: &mut Clause) {
        let Self { killed, date, slug } = self;
        match sort {
            Sort::Newest => {
                clause.push(" and (i.sort_date, i.slug) < (?, ?)", [date.into(), slug.into()])
            }
            Sort::Oldest => clause.push(
                " and (i.sort_date = '', i.sort_date, i.slug) > (?, ?, ?)",
                [i64::from(date.is_empty()).into(), date.into(), slug.into()],
            ),
            Sort::Deadliest => clause.push(
                " and (i.sort_killed, i.sort_date, i.slug) < (?, ?, ?)",
                [killed.into(), date.into(), slug.into()],
            ),
        }
    }
}
