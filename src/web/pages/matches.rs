//! Which incidents may be one: listed for a person to decide, with what was decided and what
//! rules joined. Deciding is a form that is there only where this program may write.

use super::accounts::{Told, told};
use super::{html, json as answer};
use crate::knowledge::Knowledge;
use crate::matching::{Explanation, explain_best};
use crate::model::claim::words;
use crate::model::filter::BadValue;
use crate::model::incident::{Account, Draft};
use crate::store::StoreError;
use crate::store::decision::{self, Decision, Joined, Pair, pairs};
use crate::store::identity;
use crate::web::App;
use crate::web::error::PageError;
use crate::web::frame::{Frame, Section};
use crate::web::guard::SAYS_ORIGIN;
use crate::web::item::Show;
use crate::web::visit::Visit;
use crate::wording::{Element, Words};
use askama::Template;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Value, json};
use std::str::FromStr;

/// Pairs or incidents on one page.
const SHOWN: usize = 20;

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum List {
    /// Pairs about which nothing was decided.
    #[default]
    Open,
    /// Pairs about which a person decided.
    Decided,
    /// Incidents that rules found several sources to tell.
    Joined,
}
words!(List { Open => "open", Decided => "decided", Joined => "joined" });

/// A link to another list.
pub struct Tab {
    /// Its address.
    pub href: String,
    /// Its name.
    pub text: String,
    /// Whether it is this one.
    pub current: bool,
}

/// One of a pair.
pub struct Side {
    /// Its page.
    pub href: String,
    /// Its id.
    pub id: String,
    /// What each source tells.
    pub told: Vec<Told>,
}

/// A button that decides.
pub struct Button {
    /// Value of `action`.
    pub action: &'static str,
    /// Its text.
    pub text: String,
    /// Fields that go with it: name and value.
    pub fields: Vec<(&'static str, String)>,
}

/// A pair, or an incident with one account beside the others.
pub struct Row {
    /// "82 of 100: the kinds of event do not fit".
    pub heading: String,
    /// What was decided, and when; none while nothing was.
    pub decided: Option<String>,
    /// The two.
    pub sides: Vec<Side>,
    /// How they agree; empty where one is told no more.
    pub elements: Vec<Element>,
    /// What can be decided; empty where nothing can be written.
    pub buttons: Vec<Button>,
}

/// The page.
#[derive(Template)]
#[template(path = "matches.html")]
pub struct Matches {
    frame: Frame,
    tabs: Vec<Tab>,
    /// What this list is.
    text: String,
    rows: Vec<Row>,
    /// Where the forms are sent.
    action: String,
    /// The list, for the way back.
    list: &'static str,
    /// Whether decisions can be made here.
    writes: bool,
    /// The next page.
    next: Option<String>,
}

/// What a request asks for.
struct Asked {
    list: List,
    incident: Option<String>,
    after: Option<String>,
}

/// What is shown, read at one moment.
struct Found {
    pairs: Vec<(Pair, [Vec<Account>; 2])>,
    joined: Vec<Joined>,
    next: Option<String>,
}

fn asked(visit: &Visit) -> Result<Asked, PageError> {
    visit.only(&["show", "incident", "after"])?;
    let value = |name: &str| {
        let found = visit.pairs.iter().find(|(key, value)| key == name && !value.is_empty());
        found.map(|(_, value)| value.clone())
    };
    let list = match value("show") {
        None => List::default(),
        Some(word) => List::from_str(&word).map_err(|()| BadValue {
            key: "show".to_owned(),
            found: word,
            expected: format!(
                "{}{}",
                BadValue::ONE_OF,
                List::ALL.iter().map(|l| l.as_str()).collect::<Vec<_>>().join(", ")
            ),
        })?,
    };
    Ok(Asked { list, incident: value("incident"), after: visit.after() })
}

fn read(db: &Connection, asked: &Asked) -> Result<Found, StoreError> {
    let (mut found, mut next) = (Vec::new(), None);
    let mut joined = Vec::new();
    if asked.list == List::Joined {
        let after = asked.after.as_deref().unwrap_or_default();
        joined = decision::joined(db, asked.incident.as_deref(), after, SHOWN + 1)?;
        if joined.len() > SHOWN {
            joined.truncate(SHOWN);
            next = joined.last().map(|j| j.own.clone());
        }
        return Ok(Found { pairs: found, joined, next });
    }
    let mut all = pairs(db)?;
    all.retain(|pair| (pair.decision == Decision::Open) == (asked.list == List::Open));
    if let Some(id) = &asked.incident {
        all.retain(|pair| [&pair.a, &pair.b].contains(&id) || pair.shown.contains(id));
    }
    let from = match &asked.after {
        None => 0,
        Some(after) => {
            let at = all.iter().position(|pair| cursor(pair) == *after);
            1 + at.ok_or_else(|| StoreError::BadCursor(after.clone()))?
        }
    };
    let more = all.len() > from + SHOWN;
    for pair in all.into_iter().skip(from).take(SHOWN) {
        let told_by = |id: &str| match identity::find(db, id)? {
            Some(key) => identity::accounts(db, key),
            None => Ok(Vec::new()),
        };
        let sides = [told_by(&pair.a)?, told_by(&pair.b)?];
        found.push((pair, sides));
    }
    if more {
        next = found.last().map(|(pair, _)| cursor(pair));
    }
    Ok(Found { pairs: found, joined, next })
}

/// Where a list of pairs goes on. No id has a tilde.
fn cursor(pair: &Pair) -> String {
    format!("{}~{}", pair.a, pair.b)
}

/// `GET /matches`
pub async fn list(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let asked = asked(&visit)?;
    let (found, asked) = look(&app, asked).await?;
    let words = Words::new(visit.lang, app.known());
    let show = Show { words, urls: visit.urls, known: app.known() };
    Ok((SAYS_ORIGIN, html(&build(&visit, &asked, &found, &show, app.writes()))).into_response())
}

/// `GET /matches.json`
pub async fn json(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let asked = asked(&visit)?;
    let (found, asked) = look(&app, asked).await?;
    let words = Words::new(visit.lang, app.known());
    let pairs: Vec<_> = found.pairs.iter().map(|found| pair_json(found, &words)).collect();
    let joined = found.joined.iter().map(|joined| {
        json!({ "incident": joined.id, "accounts": joined.accounts.iter().map(|a| &a.source.id).collect::<Vec<_>>() })
    });
    answer(&json!({
        "show": asked.list.as_str(),
        "pairs": pairs,
        "joined": joined.collect::<Vec<_>>(),
        "next": found.next,
    }))
}

async fn look(app: &App, asked: Asked) -> Result<(Found, Asked), PageError> {
    app.read(move |db| Ok((read(db, &asked)?, asked))).await
}

fn pair_json((pair, sides): &(Pair, [Vec<Account>; 2]), words: &Words) -> Value {
    let explained = explanation(&sides[0], &sides[1], words.known());
    let elements = explained.map(|e| {
        let elements = words.explanation(&e).into_iter();
        elements
            .map(|el| json!({ "element": el.name, "text": el.text, "points": el.points }))
            .collect::<Vec<_>>()
    });
    json!({
        "a": pair.a,
        "b": pair.b,
        "shown": pair.shown,
        "score": pair.score,
        "reason": pair.reason.as_str(),
        "decision": pair.decision.as_str(),
        "decided_at": pair.decided_at,
        "parted": pair.parted,
        "explanation": elements,
    })
}

/// How what is told of two incidents agrees.
pub fn explanation(a: &[Account], b: &[Account], known: &Knowledge) -> Option<Explanation> {
    let wholes = |actor: &str| -> Vec<String> {
        known.actors.with_wholes(actor).into_iter().map(str::to_owned).collect()
    };
    let drafts = |accounts: &[Account]| -> Vec<Draft> {
        accounts.iter().map(|account| account.draft.clone()).collect()
    };
    explain_best(&drafts(a), &drafts(b), &wholes)
}

fn build(visit: &Visit, asked: &Asked, found: &Found, show: &Show, writes: bool) -> Matches {
    let m = show.words.messages();
    let incident = asked.incident.as_deref();
    let tab = |list: &List| Tab {
        href: visit.urls.matches(list.as_str(), incident, None),
        text: m.text(&format!("match-list-{}", list.as_str())),
        current: *list == asked.list,
    };
    let rows = match asked.list {
        List::Joined => found.joined.iter().flat_map(|j| joined_rows(j, show, writes)).collect(),
        _ => found.pairs.iter().map(|(pair, sides)| row(pair, sides, show, writes)).collect(),
    };
    let next = found.next.as_deref();
    Matches {
        frame: Frame::new(
            visit,
            Section::Sources,
            m.text("matches-title"),
            Some(visit.urls.matches_json(asked.list.as_str(), incident)),
        ),
        tabs: List::ALL.iter().map(tab).collect(),
        text: m.text(&format!("match-list-{}-text", asked.list.as_str())),
        rows,
        action: visit.urls.matches(List::default().as_str(), None, None),
        list: asked.list.as_str(),
        writes,
        next: next.map(|next| visit.urls.matches(asked.list.as_str(), incident, Some(next))),
    }
}

fn side(id: &str, shown: &str, accounts: &[Account], show: &Show) -> Side {
    Side {
        href: show.urls.incident(shown),
        id: id.to_owned(),
        told: accounts.iter().map(|account| told(account, show)).collect(),
    }
}

fn row(pair: &Pair, sides: &[Vec<Account>; 2], show: &Show, writes: bool) -> Row {
    let words = &show.words;
    let m = words.messages();
    let explained = explanation(&sides[0], &sides[1], show.known);
    let score = explained.as_ref().map_or(pair.score, Explanation::score);
    let decided = (pair.decision != Decision::Open).then(|| {
        let key = match pair.parted {
            Some(_) => "match-decided-parted".to_owned(),
            None => format!("match-decided-{}", pair.decision.as_str()),
        };
        let day = pair.decided_at.as_deref().and_then(|at| at.get(..10)?.parse().ok());
        m.text_with(&key, &[("day", day.map_or(String::new(), |day| words.day(day)).into())])
    });
    let ids = || vec![("a", pair.a.clone()), ("b", pair.b.clone())];
    let button = |action, text: &str| Button { action, text: m.text(text), fields: ids() };
    let buttons = match pair.decision {
        _ if !writes => Vec::new(),
        Decision::Open => {
            vec![button("same", "match-same"), button("different", "match-different")]
        }
        _ => vec![button("undo", "match-undo")],
    };
    Row {
        heading: m.text_with(
            "match-heading",
            &[
                ("score", words.match_score(score).into()),
                ("doubt", words.doubt(pair.reason).into()),
            ],
        ),
        decided,
        sides: vec![
            side(&pair.a, &pair.shown[0], &sides[0], show),
            side(&pair.b, &pair.shown[1], &sides[1], show),
        ],
        elements: explained.map(|e| words.explanation(&e)).unwrap_or_default(),
        buttons,
    }
}

/// The account of each source beside those of the others.
fn joined_rows(joined: &Joined, show: &Show, writes: bool) -> Vec<Row> {
    let words = &show.words;
    let m = words.messages();
    let mut rows = Vec::new();
    let mut sources: Vec<&str> = Vec::new();
    for account in &joined.accounts {
        let source = account.source.id.as_str();
        if sources.contains(&source) {
            continue;
        }
        sources.push(source);
        let (of_it, others): (Vec<_>, Vec<_>) =
            joined.accounts.iter().cloned().partition(|a| a.source.id == source);
        // Of two, parting the second is parting the first.
        if sources.len() == 1 {
            continue;
        }
        let explained = explanation(&of_it, &others, show.known);
        let score = explained.as_ref().map_or(0.0, Explanation::score);
        let fields = vec![("incident", joined.id.clone()), ("source", source.to_owned())];
        let part = Button { action: "part", text: m.text("match-part"), fields };
        rows.push(Row {
            heading: m.text_with("match-joined", &[("score", words.match_score(score).into())]),
            decided: None,
            sides: vec![
                side(&joined.id, &joined.id, &others, show),
                side(&joined.id, &joined.id, &of_it, show),
            ],
            elements: explained.map(|e| words.explanation(&e)).unwrap_or_default(),
            buttons: if writes { vec![part] } else { Vec::new() },
        });
    }
    rows
}

/// The form of a decision.
#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Sent {
    action: String,
    a: String,
    b: String,
    incident: String,
    source: String,
    show: String,
}

/// `POST /matches`: only for a person at this machine, see [`crate::web::guard`].
pub async fn decide(
    State(app): State<App>,
    visit: Visit,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let known = app.known.clone();
    let list = List::from_str(&sent.show).unwrap_or_default();
    let bad = BadValue {
        key: "action".to_owned(),
        found: sent.action.clone(),
        expected: "same, different, part, undo".to_owned(),
    };
    app.write(move |tx| {
        let pair = [sent.a.as_str(), sent.b.as_str()];
        match sent.action.as_str() {
            "same" => decision::decide(tx, &known, pair, Decision::Same)?,
            "different" => decision::decide(tx, &known, pair, Decision::Different)?,
            "undo" => decision::undo(tx, &known, pair)?,
            "part" => {
                decision::part(tx, &known, &sent.incident, &sent.source)?;
            }
            _ => return Ok(Err(bad)),
        }
        Ok(Ok(()))
    })
    .await??;
    Ok(Redirect::to(&visit.urls.matches(list.as_str(), None, None)).into_response())
}
