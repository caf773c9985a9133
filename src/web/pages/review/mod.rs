//! Reviewing in the browser: beside the text of a document the incidents that were read from
//! it, to be accepted, corrected, split, merged, rejected or added. Only where this program
//! may write.

mod change;
mod form;

pub use change::change;

use super::{html, json as answer};
use crate::model::incident::{Draft, Status};
use crate::model::passage::Passage;
use crate::model::review::{Review, Signature};
use crate::review::difference::{Said, facts, reading};
use crate::review::quote::Quoted;
use crate::review::{Fault, entry, file};
use crate::store::review::{Listed, Progress, last_reviewer, listed, progress};
use crate::web::App;
use crate::web::error::PageError;
use crate::web::frame::{Frame, Section};
use crate::web::guard::SAYS_ORIGIN;
use crate::web::marked::{Back, Block, Kind, Piece, Span, blocks, is_markable};
use crate::web::urls::anchor;
use crate::web::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use form::{Filled, Row};
use serde_json::json;
use std::collections::BTreeMap;

/// A document in the list of those to review.
pub struct Document {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// "3 of 5 incidents reviewed".
    pub text: String,
    /// Whether nothing is left.
    pub done: bool,
}

/// The list.
#[derive(Template)]
#[template(path = "reviews.html")]
pub struct Reviews {
    frame: Frame,
    documents: Vec<Document>,
}

/// A fact with the words that say it.
pub struct Told {
    /// "Figure: 12 people killed".
    pub text: String,
    /// Its words in the text beside; none for what has none.
    pub href: Option<String>,
}

/// An incident of the list.
pub struct Entry {
    /// Key of its account.
    pub key: i64,
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// "Parsed, not reviewed", or who has reviewed it and when.
    pub status: String,
    /// Whether a person has confirmed it.
    pub reviewed: bool,
    /// What it says.
    pub facts: Vec<Told>,
    /// What the list says and the parser does not; none where the parser does not tell it.
    pub listed: Option<Vec<String>>,
    /// What the parser says and the list does not.
    pub parsed: Vec<String>,
    /// Where it can be corrected.
    pub edit: String,
    /// Others that it may be merged with: key and title.
    pub others: Vec<(i64, String)>,
}

/// A draft of the parser that the list does not have.
pub struct Proposal {
    /// By what it is named in the form.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it says.
    pub facts: Vec<Told>,
}

/// A draft that is no incident.
pub struct Gone {
    /// Its title.
    pub title: String,
    /// The words that were read as telling it.
    pub href: String,
    /// Who rejected it, when and why.
    pub text: String,
}

/// The form of one incident.
pub struct Form {
    /// `correct` or `add`.
    pub action: &'static str,
    /// Key of the account; none for a new one.
    pub account: Option<i64>,
    /// Id of the incident; empty for a new one.
    pub incident: String,
    /// Its own fields.
    pub head: Row,
    /// Its lists.
    pub lists: Vec<(String, Vec<Row>)>,
    /// Title of the second incident of a split.
    pub second: String,
    /// Where to go without saving.
    pub back: String,
}

/// The page of a document.
#[derive(Template)]
#[template(path = "review.html")]
pub struct Desk {
    frame: Frame,
    /// All documents.
    all: String,
    /// The page of the source.
    source: String,
    /// Where forms are sent.
    action: String,
    title: String,
    /// Language of the text.
    lang: &'static str,
    body: Vec<Block>,
    entries: Vec<Entry>,
    proposals: Vec<Proposal>,
    gone: Vec<Gone>,
    form: Option<Form>,
    /// Where a new incident is written.
    new: String,
    /// What is to be said first: nothing was saved, and why.
    notice: Option<String>,
    /// What the incident says by now, where somebody was faster.
    now: Vec<String>,
    /// Who reviewed last.
    who: String,
}

/// What is shown besides the list itself.
#[derive(Default)]
struct Shown {
    edit: Edit,
    faults: Vec<Fault>,
    notice: Option<&'static str>,
    /// Why the file could not be written.
    reason: String,
    /// The account that somebody changed meanwhile.
    now: Option<i64>,
    second: String,
    who: String,
}

/// What is being edited.
#[derive(Default)]
enum Edit {
    #[default]
    Nothing,
    /// An account.
    Account(i64),
    /// What was typed for an account.
    Typed(i64, Filled),
    /// A new incident, and what was typed of it.
    New(Filled),
}

/// `GET /review` and `/review.json`
pub async fn list(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    visit.only(&[])?;
    let found = app.read(progress).await?;
    let m = Words::new(visit.lang, app.known()).messages();
    let document = |p: &Progress| Document {
        href: visit.urls.review(&p.source, None),
        title: p.title.clone(),
        text: m.text_with(
            "review-progress",
            &[("reviewed", p.reviewed.into()), ("incidents", p.incidents.into())],
        ),
        done: p.reviewed == p.incidents,
    };
    let page = Reviews {
        frame: Frame::new(&visit, Section::Other, m.text("review-title"), None),
        documents: found.iter().map(document).collect(),
    };
    Ok(html(&page))
}

/// `GET /review/{source}`
pub async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
) -> Result<Response, PageError> {
    visit.only(&["edit"])?;
    if let Some(id) = id.strip_suffix(".json") {
        let id = id.to_owned();
        let found = app.read(move |db| listed(db, &id)).await?.ok_or(PageError::NotFound)?;
        return answer(&json!({
            "sha256": found.sha256,
            "incidents": found.review().entries,
            "rejected": found.rejected,
            "parsed": found.parsed,
        }));
    }
    let (found, who) =
        app.read(move |db| Ok((listed(db, &id)?.map(|l| (id, l)), last_reviewer(db)?))).await?;
    let (id, found) = found.ok_or(PageError::NotFound)?;
    let asked = visit.pairs.iter().find(|(key, _)| key == "edit").map(|(_, value)| value.as_str());
    let edit = match asked {
        None => Edit::Nothing,
        Some("new") => Edit::New(Filled::default()),
        Some(key) => {
            let key = key.parse().ok();
            let key = key.filter(|key| found.accounts.iter().any(|(_, e)| e.key == *key));
            Edit::Account(key.ok_or(PageError::NotFound)?)
        }
    };
    let shown = Shown { edit, who: who.unwrap_or_default(), ..Shown::default() };
    Ok(page(&app, &visit, &id, &found, shown))
}

/// The page as an answer.
fn page(app: &App, visit: &Visit, id: &str, found: &Listed, shown: Shown) -> Response {
    let words = Words::new(visit.lang, app.known());
    (SAYS_ORIGIN, html(&build(visit, id, found, &shown, &words))).into_response()
}

fn build(visit: &Visit, id: &str, found: &Listed, shown: &Shown, words: &Words) -> Desk {
    let m = words.messages();
    let review = found.review();
    let parsed = found.parsed.clone().unwrap_or_else(|| drafts(&review));
    let compared = reading(&review, &parsed);
    let entries = found.accounts.iter().zip(&compared.told);
    let now = shown.now.and_then(|key| found.accounts.iter().find(|(_, e)| e.key == key));
    let notice =
        shown.notice.map(|key| m.text_with(key, &[("reason", shown.reason.as_str().into())]));
    Desk {
        frame: Frame::new(
            visit,
            Section::Other,
            m.text_with("review-of", &[("title", found.title.as_str().into())]),
            None,
        ),
        all: visit.urls.reviews(),
        source: visit.urls.source(id),
        action: visit.urls.review(id, None),
        title: found.title.clone(),
        lang: found.lang.as_str(),
        body: text(found, words),
        entries: entries
            .map(|((slug, e), told)| {
                let others = found.accounts.iter().filter(|(_, o)| o.key != e.key);
                Entry {
                    key: e.key,
                    href: visit.urls.incident(slug),
                    title: e.draft.title.clone(),
                    status: match &e.signed {
                        Some(signed) => signature(signed, words),
                        None => words.status(Status::Parsed),
                    },
                    reviewed: e.signed.is_some(),
                    facts: told_by(&e.draft, words),
                    listed: told.as_ref().map(|c| said(&c.old, words)),
                    parsed: told.as_ref().map(|c| said(&c.new, words)).unwrap_or_default(),
                    edit: format!("{}#form", visit.urls.review(id, Some(&e.key.to_string()))),
                    others: others.map(|(_, o)| (o.key, o.draft.title.clone())).collect(),
                }
            })
            .collect(),
        proposals: compared
            .only_parsed
            .iter()
            .map(|d| Proposal {
                name: name_of(&parsed[*d]),
                title: parsed[*d].title.clone(),
                facts: told_by(&parsed[*d], words),
            })
            .collect(),
        gone: found
            .rejected
            .iter()
            .map(|r| Gone {
                title: r.title.clone(),
                href: format!("#{}", anchor(&r.passage)),
                text: [Some(signature(&r.signed, words)), r.why.clone()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(": "),
            })
            .collect(),
        form: form(visit, id, found, shown, words),
        new: format!("{}#form", visit.urls.review(id, Some("new"))),
        notice,
        now: now
            .map(|(_, e)| facts(&e.draft).iter().map(|(s, _)| words.said(s)).collect())
            .unwrap_or_default(),
        who: shown.who.clone(),
    }
}

fn drafts(review: &Review) -> Vec<Draft> {
    review.entries.iter().map(|e| e.draft.clone()).collect()
}

/// By what a draft of the parser is named in a form.
fn name_of(draft: &Draft) -> String {
    format!("{}-{}-{}", draft.passage.start, draft.passage.end, draft.title)
}

fn said(all: &[Said], words: &Words) -> Vec<String> {
    all.iter().map(|said| words.said(said)).collect()
}

fn told_by(draft: &Draft, words: &Words) -> Vec<Told> {
    let facts = facts(draft)
        .into_iter()
        .filter(|(said, _)| !matches!(said, Said::Title(_) | Said::Words(_) | Said::Main(false)));
    let told = facts.map(|(said, passage)| Told {
        text: words.said(&said),
        href: passage.map(|p| format!("#{}", anchor(p))),
    });
    told.collect()
}

/// "Reviewed by A. Name, 20 November 2026".
pub fn signature(signed: &Signature, words: &Words) -> String {
    let day = signed.at.get(..10).and_then(|day| day.parse().ok());
    let day = day.map_or_else(|| signed.at.clone(), |day| words.day(day));
    words
        .messages()
        .text_with("reviewed-by", &[("who", signed.by.as_str().into()), ("day", day.into())])
}

fn form(visit: &Visit, id: &str, found: &Listed, shown: &Shown, words: &Words) -> Option<Form> {
    let (action, account, filled) = match &shown.edit {
        Edit::Nothing => return None,
        Edit::Account(key) => {
            let (_, existing) = found.accounts.iter().find(|(_, e)| e.key == *key)?;
            let quoted = Quoted::new(&found.text);
            let incident: file::Incident = entry(&existing.draft, &quoted, words.known());
            ("correct", Some(*key), Filled::of(&incident))
        }
        Edit::Typed(key, filled) => ("correct", Some(*key), filled.clone()),
        Edit::New(filled) => ("add", None, filled.clone()),
    };
    let (head, lists) = filled.rows(&shown.faults, words);
    let incident = found.accounts.iter().find(|(_, e)| Some(e.key) == account);
    Some(Form {
        action,
        account,
        incident: incident.map(|(slug, _)| slug.clone()).unwrap_or_default(),
        head,
        lists,
        second: shown.second.clone(),
        back: visit.urls.review(id, None),
    })
}

/// The text with every passage of the list marked.
fn text(found: &Listed, words: &Words) -> Vec<Block> {
    let mut passages = BTreeMap::<(usize, usize), (Vec<String>, Vec<String>, Vec<Back>)>::new();
    let rejected = found.rejected.iter().map(|r| &r.passage);
    for (number, (_, existing)) in found.accounts.iter().enumerate() {
        for (said, passage) in facts(&existing.draft) {
            let Some(passage) = passage.filter(|p| is_markable(&found.text, p)) else {
                continue;
            };
            let (classes, titles, back) = passages.entry((passage.start, passage.end)).or_default();
            classes.push(format!("fact-{}", said.word()));
            titles.push(words.said(&said));
            let href = format!("#a-{}", existing.key);
            if back.iter().all(|b| b.href != href) {
                let title = existing.draft.title.clone();
                back.push(Back { href, label: (number + 1).to_string(), title });
            }
        }
    }
    for passage in rejected.filter(|p: &&Passage| is_markable(&found.text, p)) {
        passages.entry((passage.start, passage.end)).or_default().0.push("fact-none".to_owned());
    }
    let spans = passages.into_iter().map(|((start, end), (mut classes, titles, back))| {
        classes.sort();
        classes.dedup();
        if classes.len() > 1 {
            classes.retain(|c| c != "fact-whole");
        }
        Span {
            range: start..end,
            class: classes.join(" "),
            title: titles.join("\n"),
            back,
            previous: None,
            next: None,
        }
    });
    blocks(&found.text, 0..found.text.len(), &spans.collect::<Vec<_>>())
}
