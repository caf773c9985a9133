//! Which list of incidents a document gets: the parser's, or the one that a person made.

use super::Given;
use crate::knowledge::Knowledge;
use crate::model::document::{ParsedDocument, Problem};
use crate::model::incident::Draft;
use crate::model::review::{Entry, Rejected, Review};
use crate::model::source::Lang;
use crate::review::difference::{Changes, reading};
use crate::review::quote::Quoted;
use crate::store::review::{self, State, fingerprint};
use crate::store::{StoreError, account};
use crate::wording::Words;
use rusqlite::Transaction;

/// What is stored of a document in place of its parse.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    /// The list.
    pub review: Review,
    /// By what it is known again.
    pub state: State,
    /// How many incidents of the file that it was taken from were refused.
    pub refused: usize,
    /// What is to be said of it.
    pub problems: Vec<Problem>,
}

impl Plan {
    fn new(review: Review, beside_sha256: Option<String>) -> Self {
        let state = State { review_sha256: Some(fingerprint(&review)), beside_sha256 };
        Self { review, state, refused: 0, problems: Vec::new() }
    }

    /// Notes what the parser says differently.
    pub fn compare(&mut self, doc: &ParsedDocument, known: &Knowledge) {
        self.problems.extend(differences(&self.review, doc, known));
    }
}

/// A list that was given with the document, unless it is the one that the database goes on
/// from already: then what was reviewed there since stands.
pub(super) fn news<'g>(given: Option<&'g Given>, state: &State) -> Option<&'g Given> {
    given.filter(|given| {
        let taken = given.beside && given.beside_sha256 == state.beside_sha256;
        !taken && Some(fingerprint(&given.review)) != state.review_sha256
    })
}

/// The list to store for a document; none when the parser's stands.
///
/// # Errors
/// The outer ones are the store's; the inner one is why the document is refused: the database
/// has a reviewed incident that it cannot keep.
pub(super) fn plan(
    tx: &Transaction,
    doc: &ParsedDocument,
    given: Option<&Given>,
    replaces: Option<i64>,
) -> Result<Result<Option<Plan>, Problem>, StoreError> {
    let state = match replaces {
        Some(key) => review::state(tx, key)?,
        None => State::default(),
    };
    let fresh = match replaces {
        Some(_) => news(given, &state),
        None => given,
    };
    if let Some(given) = fresh {
        let broken = given.problems.first().filter(|_| given.refused > 0);
        return Ok(match (broken, &state.review_sha256) {
            // Half a file would drop what the database has.
            (Some(problem), Some(_)) => Err(problem.clone()),
            _ => {
                let plan = Plan::new(given.review.clone(), given.beside_sha256.clone());
                let (refused, problems) = (given.refused, given.problems.clone());
                Ok(Some(Plan { refused, problems, ..plan }))
            }
        });
    }
    let Some(key) = replaces else {
        return Ok(Ok(None));
    };
    let accounts = account::of_source(tx, key)?;
    let rejected = review::rejected(tx, key)?;
    if accounts.iter().all(|a| a.signed.is_none()) && rejected.is_empty() {
        return Ok(Ok(None));
    }
    let entries = accounts.into_iter().map(|a| Entry { draft: a.draft, signed: a.signed });
    let carried = carry(Review { entries: entries.collect(), rejected }, doc);
    Ok(carried.map(|(review, problems)| {
        let plan = Plan::new(review, state.beside_sha256);
        Some(Plan { problems, ..plan })
    }))
}

/// A list in the words of a text that may have changed since.
fn carry(review: Review, doc: &ParsedDocument) -> Result<(Review, Vec<Problem>), Problem> {
    let quoted = Quoted::new(&doc.text);
    let (mut carried, mut problems) = (Review::default(), Vec::new());
    for entry in review.entries {
        match moved(&entry.draft, &quoted) {
            Ok(draft) => carried.entries.push(Entry { draft, ..entry }),
            Err(quote) => {
                let title = &entry.draft.title;
                let problem = Problem {
                    file: doc.file_name.clone(),
                    line: 1,
                    expected: format!("the words {quote:?}, which the incident {title:?} quotes"),
                    found: "a text without them".to_owned(),
                };
                match entry.signed {
                    Some(_) => return Err(problem),
                    None => problems.push(problem),
                }
            }
        }
    }
    let held = |mut r: Rejected| {
        r.passage = quoted.find(&r.passage.quote, None, Some(&r.passage.range())).ok()?;
        Some(r)
    };
    carried.rejected = review.rejected.into_iter().filter_map(held).collect();
    Ok((carried, problems))
}

/// A draft with its passages where their words stand now, or the words that stand nowhere.
fn moved(draft: &Draft, quoted: &Quoted<'_>) -> Result<Draft, String> {
    let mut draft = draft.clone();
    for passage in draft.passages_mut() {
        // Nothing is quoted by what has no words, and what stands still needs no search.
        if passage.quote.is_empty() || quoted.holds(passage) {
            continue;
        }
        let near = passage.range();
        *passage =
            quoted.find(&passage.quote, None, Some(&near)).map_err(|_| passage.quote.clone())?;
    }
    Ok(draft)
}

/// What the parser says differently, each with its line.
fn differences(review: &Review, doc: &ParsedDocument, known: &Knowledge) -> Vec<Problem> {
    let words = Words::new(Lang::En, known);
    let quoted = Quoted::new(&doc.text);
    let problem = |draft: &Draft, expected: String, found: String| Problem {
        file: doc.file_name.clone(),
        line: quoted.line(draft.passage.start),
        expected,
        found,
    };
    let compared = reading(review, &doc.drafts);
    let told = review.entries.iter().zip(&compared.told).filter_map(|(entry, told)| {
        let (title, listed) = (&entry.draft.title, "as the list has it");
        Some(match told {
            None => problem(
                &entry.draft,
                format!("{title:?}, {listed}"),
                "a parser that does not tell it".to_owned(),
            ),
            Some(changes) if changes.is_empty() => return None,
            Some(Changes { old, new }) => {
                let say = |all: &[_]| match all {
                    [] => "nothing".to_owned(),
                    all => words.said_all(all),
                };
                let expected = format!("{title:?} {listed}: {}", say(old));
                problem(&entry.draft, expected, format!("the parser's: {}", say(new)))
            }
        })
    });
    let only = compared.only_parsed.iter().map(|d| &doc.drafts[*d]).map(|draft| {
        let found = format!("the parser's: {:?}, {}", draft.title, words.date(&draft.date));
        problem(draft, "an incident of the list".to_owned(), found)
    });
    told.chain(only).collect()
}
