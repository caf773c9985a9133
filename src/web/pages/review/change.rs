//! What a form of the review page does.

use super::form::Filled;
use super::{Edit, Shown, drafts, name_of, page};
use crate::import::{Done, Step, correct};
use crate::model::incident::Draft;
use crate::model::review::Signature;
use crate::review::quote::Quoted;
use crate::review::{Fault, incident};
use crate::store::review::{Action, Listed, listed};
use crate::web::App;
use crate::web::error::PageError;
use crate::web::failure::Finished;
use crate::web::visit::Visit;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use std::str::FromStr;

/// Longest name and reason, in bytes.
const MAX_WORDS: usize = 2000;

/// A form that was sent.
struct Sent(Vec<(String, String)>);

impl Sent {
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    fn key(&self, name: &str) -> Option<i64> {
        self.get(name).parse().ok()
    }
}

/// Why nothing is kept.
enum Refused {
    /// Nobody has signed.
    Unsigned,
    /// Something is wrong with what was typed.
    Faults(Vec<Fault>),
    /// The account is not there any more.
    Outdated,
}

/// `POST /review/{source}`
pub async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let sent = Sent(sent);
    let Ok(action) = Action::from_str(sent.get("action")) else {
        return Err(PageError::NotFound);
    };
    let source = id.clone();
    let found = app.read(move |db| listed(db, &source)).await?.ok_or(PageError::NotFound)?;
    let step = match step(&app, &id, &found, action, &sent) {
        Ok(step) => step,
        Err(refused) => return Ok(again(&app, &visit, &id, &found, &sent, refused)),
    };
    let (known, folder) = (app.known.clone(), app.corrections());
    let done = app.write(move |tx| correct(tx, &step, &folder, &known)).await?;
    match done {
        Done::Kept(keys) => {
            let to = visit.urls.review(&id, None);
            let anchor = keys.first().map(|key| format!("#a-{key}")).unwrap_or_default();
            Ok(Redirect::to(&format!("{to}{anchor}")).into_response())
        }
        Done::NoSource => Err(PageError::NotFound),
        Done::Outdated => {
            let source = id.clone();
            let found = app.read(move |db| listed(db, &source)).await?;
            let found = found.ok_or(PageError::NotFound)?;
            Ok(again(&app, &visit, &id, &found, &sent, Refused::Outdated))
        }
        Done::NotWritten(reason) => {
            tracing::error!("corrections cannot be written: {reason}");
            let shown = Shown {
                notice: Some("review-not-written"),
                reason,
                edit: edit(&found, &sent),
                who: sent.get("who").to_owned(),
                ..Shown::default()
            };
            Ok(finished(StatusCode::INTERNAL_SERVER_ERROR, page(&app, &visit, &id, &found, shown)))
        }
    }
}

/// What the form asks for, checked.
fn step(app: &App, id: &str, found: &Listed, action: Action, sent: &Sent) -> Result<Step, Refused> {
    let by = sent.get("who");
    if by.is_empty() || by.len() > MAX_WORDS || sent.get("why").len() > MAX_WORDS {
        return Err(Refused::Unsigned);
    }
    let at = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let of = |key: Option<i64>| {
        let existing = found.accounts.iter().map(|(_, e)| e).find(|e| Some(e.key) == key);
        existing.ok_or(Refused::Outdated)
    };
    let account = || of(sent.key("account"));
    let (action, accounts, drafts) = match action {
        Action::Accept => (action, vec![account()?.key], vec![account()?.draft.clone()]),
        Action::Reject => (action, vec![account()?.key], Vec::new()),
        Action::Merge => {
            let (one, other) = (account()?, of(sent.key("other"))?);
            if one.key == other.key {
                return Err(Refused::Outdated);
            }
            (action, vec![one.key, other.key], vec![merged(&one.draft, &other.draft)])
        }
        Action::Correct | Action::Split => {
            let key = account()?.key;
            let filled = Filled::sent(&sent.0);
            match filled.is_split() {
                false => (Action::Correct, vec![key], vec![checked(app, found, &filled)?]),
                true => {
                    let (first, second) = filled.split(sent.get("second_title"));
                    let drafts = vec![checked(app, found, &first)?, checked(app, found, &second)?];
                    (Action::Split, vec![key], drafts)
                }
            }
        }
        Action::Add => (action, Vec::new(), vec![added(app, found, sent)?]),
    };
    let why = Some(sent.get("why")).filter(|why| !why.is_empty()).map(str::to_owned);
    let signed = Signature { by: by.to_owned(), at };
    Ok(Step { source: id.to_owned(), action, accounts, drafts, signed, why })
}

/// A new incident: one that the parser proposes, or one that was written.
fn added(app: &App, found: &Listed, sent: &Sent) -> Result<Draft, Refused> {
    let proposed = sent.get("proposal");
    if proposed.is_empty() {
        return checked(app, found, &Filled::sent(&sent.0));
    }
    let parsed = found.parsed.clone().unwrap_or_else(|| drafts(&found.review()));
    parsed.into_iter().find(|draft| name_of(draft) == proposed).ok_or(Refused::Outdated)
}

fn checked(app: &App, found: &Listed, filled: &Filled) -> Result<Draft, Refused> {
    let quoted = Quoted::new(&found.text);
    let read = filled.incident().and_then(|entry| incident(&entry, &quoted, app.known()));
    read.map_err(Refused::Faults)
}

/// One of two: what the first says, and what only the second says.
fn merged(one: &Draft, other: &Draft) -> Draft {
    fn join<T: Clone + PartialEq>(into: &mut Vec<T>, from: &[T]) {
        for item in from {
            if !into.contains(item) {
                into.push(item.clone());
            }
        }
    }
    let mut draft = one.clone();
    draft.main |= other.main;
    if draft.date.start().is_none() {
        draft.date = other.date;
        draft.date_passage.clone_from(&other.date_passage);
    }
    let places: Vec<_> =
        other.places.iter().filter(|p| one.places.iter().all(|q| p.id != q.id)).cloned().collect();
    draft.places.extend(places);
    join(&mut draft.attributions, &other.attributions);
    let victims: Vec<_> = other
        .victims
        .iter()
        .filter(|v| one.victims.iter().all(|w| v.group != w.group))
        .cloned()
        .collect();
    draft.victims.extend(victims);
    join(&mut draft.claims, &other.claims);
    draft
}

/// What stays on the page of what was typed.
fn edit(found: &Listed, sent: &Sent) -> Edit {
    if sent.get("title").is_empty() && sent.get("quote").is_empty() {
        return Edit::Nothing;
    }
    let filled = Filled::sent(&sent.0);
    let same = |(slug, existing): &&(String, crate::store::account::Existing)| {
        Some(existing.key) == sent.key("account") || slug == sent.get("incident")
    };
    match found.accounts.iter().find(same) {
        Some((_, existing)) => Edit::Typed(existing.key, filled),
        None => Edit::New(filled),
    }
}

/// The page once more, with what was typed and why it is not kept.
fn again(
    app: &App,
    visit: &Visit,
    id: &str,
    found: &Listed,
    sent: &Sent,
    refused: Refused,
) -> Response {
    let edit = edit(found, sent);
    let now = match (&refused, &edit) {
        (Refused::Outdated, Edit::Typed(key, _)) => Some(*key),
        _ => None,
    };
    let (status, notice, faults) = match refused {
        Refused::Unsigned => (StatusCode::UNPROCESSABLE_ENTITY, "review-unsigned", Vec::new()),
        Refused::Faults(faults) => (StatusCode::UNPROCESSABLE_ENTITY, "review-faults", faults),
        Refused::Outdated => (StatusCode::CONFLICT, "review-outdated", Vec::new()),
    };
    let shown = Shown {
        edit,
        faults,
        notice: Some(notice),
        now,
        second: sent.get("second_title").to_owned(),
        who: sent.get("who").to_owned(),
        ..Shown::default()
    };
    finished(status, page(app, visit, id, found, shown))
}

/// A page with a status of its own.
fn finished(status: StatusCode, mut page: Response) -> Response {
    *page.status_mut() = status;
    page.extensions_mut().insert(Finished);
    page
}
