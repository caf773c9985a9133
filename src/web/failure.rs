//! Errors as pages, or as JSON where JSON was asked for.

use super::App;
use super::error::PageError;
use super::frame::{Frame, Section};
use super::guard::KEY_PATH;
use super::pages::compare::SIDES;
use super::pages::html;
use super::security;
use super::visit::{Visit, filter_keys};
use crate::messages::Messages;
use crate::model::filter::{BadValue, Filter};
use crate::model::source::Lang;
use crate::store::BadDecision;
use crate::wording::Words;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::header::{
    ACCEPT, ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue,
};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::collections::BTreeMap;

/// A way on from an error.
struct Way {
    href: String,
    text: String,
}

/// An allowed value.
struct Allowed {
    /// As it stands in the URL.
    value: String,
    /// Its name, where it has another.
    name: String,
    /// The page with this value in place of the bad one.
    href: String,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    /// HTTP status code.
    status: u16,
    /// What happened, in a sentence.
    text: String,
    /// `key=value` as it was given.
    found: Option<String>,
    /// What is expected in its place, in words.
    expected: Option<String>,
    /// What is allowed in its place, as a list.
    allowed: Vec<Allowed>,
    ways: Vec<Way>,
}

/// The style sheet of the page on which the key is typed, which carries it.
const KEY_STYLE: &str = include_str!("../../templates/key.css");

/// The page on which the key is typed. It stands alone: without the key nothing else is
/// answered, not even a style sheet.
#[derive(Template)]
#[template(path = "key.html")]
struct KeyPage<'a> {
    m: &'static Messages,
    /// What is the matter, in a few words.
    title: String,
    /// Where the form is sent.
    action: &'static str,
    /// Where to go on to.
    to: &'a str,
    /// Whether a wrong key was given.
    wrong: bool,
    /// The style sheet.
    style: &'static str,
}

impl<'a> KeyPage<'a> {
    fn new(lang: Lang, to: &'a str, wrong: bool) -> Self {
        let m = Messages::get(lang);
        let title = m.text(if wrong { "error-key-wrong-title" } else { "error-key-title" });
        Self { m, title, action: KEY_PATH, to, wrong, style: KEY_STYLE }
    }
}

/// Marks a failed answer that is a page already: a form with what was wrong with it.
#[derive(Clone)]
pub struct Finished;

/// Gives every failed answer its page in the reader's language.
pub async fn render(State(app): State<App>, request: Request, next: Next) -> Response {
    let visit = Visit::read(request.uri(), request.headers());
    let head = request.method() == Method::HEAD;
    let accepted = request.headers().get(ACCEPT).and_then(|v| v.to_str().ok());
    let accepts = |media: &str| accepted.is_some_and(|accepted| accepted.contains(media));
    // Somebody who follows a link in a browser reads a page, whatever the link leads to.
    let (html_wanted, json_wanted) = (accepts("text/html"), accepts("application/json"));
    let mut response = next.run(request).await;
    let status = response.status();
    let finished = response.extensions().get::<Finished>().is_some();
    if finished || (!status.is_client_error() && !status.is_server_error()) {
        return response;
    }
    let error = response
        .extensions_mut()
        .remove::<PageError>()
        .unwrap_or_else(|| PageError::of_status(status));
    let (status, _) = error.status();
    let allow = response.headers().get(ALLOW).cloned();
    // Where the key is missing everybody gets the page on which it can be typed, unless they say
    // that they want something else.
    let json_wanted = json_wanted || !matches!(error, PageError::KeyNeeded { .. });
    let mut page = if visit.path.ends_with(".json") && json_wanted && !html_wanted {
        as_json(&error, Messages::get(visit.lang))
    } else if let PageError::KeyNeeded { to, wrong } = &error {
        let policy = [(CONTENT_SECURITY_POLICY, security::policy_with_style(KEY_STYLE))];
        (policy, html(&KeyPage::new(visit.lang, to, *wrong))).into_response()
    } else {
        html(&build(&visit, &app, &error)).into_response()
    };
    *page.status_mut() = status;
    let headers = page.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.extend(error.headers());
    if let Some(allow) = allow {
        page.headers_mut().insert(ALLOW, allow);
    }
    if head {
        *page.body_mut() = axum::body::Body::empty();
    }
    page
}

fn as_json(error: &PageError, m: &Messages) -> Response {
    let (status, key) = error.status();
    let message = match error {
        PageError::KeyNeeded { .. } => m.text("key-text"),
        _ => m.text(&format!("{key}-text")),
    };
    let mut body = json!({
        "status": status.as_u16(),
        "error": status.canonical_reason(),
        "message": message,
    });
    match error {
        PageError::BadValue(bad) => {
            body["parameter"] = json!(bad.key);
            body["found"] = json!(bad.found);
            body["expected"] = json!(bad.expected);
        }
        PageError::UnknownKey { key, allowed } => {
            body["parameter"] = json!(key);
            body["expected"] = json!(allowed);
        }
        PageError::BadDecision(bad) => body["found"] = json!(bad.to_string()),
        _ => {}
    }
    ([(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

fn build(visit: &Visit, app: &App, error: &PageError) -> ErrorPage {
    let words = Words::new(visit.lang, app.known());
    let m = words.messages();
    let (status, key) = error.status();
    let title = m.text(&format!("{key}-title"));
    let (mut found, mut expected, mut allowed) = (None, None, Vec::new());
    match error {
        PageError::BadValue(bad) => {
            found = Some(format!("{}={}", bad.key, bad.found));
            allowed = values(visit, &words, bad);
            if allowed.is_empty() {
                expected = Some(in_words(&words, bad));
            }
        }
        PageError::UnknownKey { key, allowed } => {
            found = Some(key.clone());
            expected = Some(allowed.join(", "));
        }
        PageError::BadDecision(bad) => {
            found = Some(bad_decision(m, bad));
            expected = Some(m.text("error-decision-expected"));
        }
        _ => {}
    }
    let timeline =
        Way { href: visit.urls.timeline(&Filter::default()), text: m.text("way-timeline") };
    let sources = Way { href: visit.urls.sources(), text: m.text("way-sources") };
    ErrorPage {
        frame: Frame::new(visit, Section::Other, title, None),
        status: status.as_u16(),
        text: m.text(&format!("{key}-text")),
        found,
        expected,
        allowed,
        ways: vec![timeline, sources],
    }
}

fn bad_decision(m: &Messages, bad: &BadDecision) -> String {
    let (key, [a, b]) = match bad {
        BadDecision::NoIncident(id) => ("decision-no-incident", [id, id]),
        BadDecision::OneIncident(a, b) => ("decision-one-incident", [a, b]),
        BadDecision::Contradicts(a, b) => ("decision-contradicts", [a, b]),
        BadDecision::Undecided(a, b) => ("decision-undecided", [a, b]),
        BadDecision::NotJoined { id, told_by } => ("decision-not-joined", [id, told_by]),
    };
    m.text_with(key, &[("a", a.as_str().into()), ("b", b.as_str().into())])
}

/// The parameter without the side of a comparison to which it belongs.
fn plain(key: &str) -> &str {
    SIDES.iter().find_map(|side| key.strip_prefix(side)).unwrap_or(key)
}

/// What is expected, in the reader's language where the message is one of ours.
fn in_words(words: &Words, bad: &BadValue) -> String {
    let m = words.messages();
    match plain(&bad.key) {
        "from" | "to" if bad.expected.contains("YYYY") => m.text("expected-date"),
        "to" => m.text("expected-order"),
        "after" => m.text("expected-after"),
        "killed" => m.text("expected-number"),
        "as_of" => m.text("expected-day"),
        "q" if bad.expected.contains("digit") => m.text("expected-search"),
        _ => bad.expected.clone(),
    }
}

/// Every value that may stand in place of a bad one, where that is a closed list.
fn values(visit: &Visit, words: &Words, bad: &BadValue) -> Vec<Allowed> {
    let Some(list) = bad.expected.strip_prefix(BadValue::ONE_OF) else {
        return Vec::new();
    };
    let titles = BTreeMap::new();
    let name = |value: &str| match (plain(&bad.key), plain(&bad.key).parse(), value.parse()) {
        (_, Ok(dimension), _) => words.value(dimension, value, &titles),
        ("show", _, _) => words.messages().text(&format!("match-list-{value}")),
        ("sort", _, _) => words.messages().text(&format!("sort-{value}")),
        ("killed_by", _, _) => words.messages().text(&format!("killed-by-{value}")),
        ("region_as", _, _) => words.messages().text(&format!("region-as-{value}")),
        ("lang", _, Ok(lang)) => words.language(lang),
        _ => String::new(),
    };
    list.split(", ")
        .map(|value| Allowed {
            value: value.to_owned(),
            name: name(value),
            href: replaced(visit, &bad.key, &bad.found, value),
        })
        .collect()
}

/// This address with another value in place of the bad one.
fn replaced(visit: &Visit, key: &str, bad: &str, value: &str) -> String {
    let keys = filter_keys();
    let mut pairs: Vec<(&str, &str)> = visit
        .pairs
        .iter()
        .filter(|(k, _)| keys.contains(&plain(k)) && k != "after")
        .map(|(k, v)| {
            let wrong = k == key && v.trim() == bad;
            (k.as_str(), if wrong { value } else { v.as_str() })
        })
        .collect();
    if key == "lang" {
        pairs.push(("lang", value));
    } else if let Some(lang) = visit.urls.lang {
        pairs.push(("lang", lang.as_str()));
    }
    super::urls::with_pairs(&visit.path, pairs)
}
