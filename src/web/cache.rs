//! Answers that the browser has already are not made again, and those that are asked for again
//! and again are kept.

use super::App;
use super::kept::Kept;
use super::visit::Visit;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, ETAG, HeaderValue, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// Most memory of pages that are kept, in bytes.
const PAGES: usize = 4 << 20;

/// Pages of which it is known that they were asked for, in bytes of their keys.
const ASKED: usize = 256 << 10;

/// The longest `Accept-Encoding` that a page is kept for: those of browsers are far shorter.
const MAX_ENCODINGS: usize = 128;

/// Entity tag and `Accept-Encoding`: what a finished answer depends on. The tag stands for the
/// content of the database, this run, address and language.
type Key = (String, String);

/// Finished pages, compressed or not. Whoever may not see a page does not get here: the guard
/// stands before.
pub struct Pages {
    finished: Kept<Key, (HeaderMap, Bytes)>,
    /// Pages that were asked for once: only what is asked for again is kept, so that looking
    /// around once does not fill the memory.
    asked: Kept<Key, ()>,
}

impl Default for Pages {
    fn default() -> Self {
        Self { finished: Kept::new(PAGES), asked: Kept::new(ASKED) }
    }
}

/// Adds an entity tag to pages, answers 304 where the browser's still holds, and answers with
/// what is kept. Every request asks for the present content first: nothing old is shown.
pub async fn conditional(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reading || path.starts_with("/static/") || path == "/healthz" {
        return next.run(request).await;
    }
    let Ok(version) = app.read(crate::store::version).await else {
        // The page itself will meet the error and say so.
        return next.run(request).await;
    };
    let visit = Visit::read(request.uri(), request.headers());
    let tag = tag(app.started(), version, visit.lang.as_str(), &request);
    let known = request
        .headers()
        .get(IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|t| t.trim() == tag));
    // An export carries the time at which it was made.
    let tagged = !path.starts_with("/export.");
    let key = key(&request, &tag).filter(|_| tagged);
    let mut response = match &key {
        _ if known && tagged => StatusCode::NOT_MODIFIED.into_response(),
        Some(key) => match app.pages().finished.get(key) {
            Some((headers, body)) => return (headers, body).into_response(),
            None => next.run(request).await,
        },
        None => next.run(request).await,
    };
    let fine = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("accept-language"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if fine
        && tagged
        && let Ok(value) = HeaderValue::from_str(&tag)
    {
        headers.insert(ETAG, value);
    }
    match key {
        Some(key) if response.status() == StatusCode::OK => keep(&app, key, response).await,
        _ => response,
    }
}

/// What an answer would be kept under; none where it may not be: pages with forms that write are
/// made for one visit.
fn key(request: &Request, tag: &str) -> Option<Key> {
    let path = request.uri().path();
    let writes = ["/review", "/matches"].iter().any(|page| path.starts_with(page));
    let encodings = match request.headers().get(ACCEPT_ENCODING) {
        Some(value) => value.to_str().ok()?,
        None => "",
    };
    let short = encodings.len() <= MAX_ENCODINGS;
    let plain = *request.method() == Method::GET && !writes && short;
    plain.then(|| (tag.to_owned(), encodings.to_owned()))
}

/// Keeps an answer that is asked for again.
async fn keep(app: &App, key: Key, response: Response) -> Response {
    let pages = app.pages();
    if pages.asked.get(&key).is_none() {
        let bytes = key.0.len() + key.1.len() + size_of::<Key>();
        pages.asked.put(key, (), bytes);
        return response;
    }
    let (parts, body) = response.into_parts();
    // A page is in memory as a whole before its first byte is sent.
    match to_bytes(body, usize::MAX).await {
        Ok(body) => {
            // A copy, which is no longer than the page: what it was written to is used again.
            let body = Bytes::copy_from_slice(&body);
            let bytes = body.len() + key.0.len() + key.1.len() + size_of::<(Key, HeaderMap)>();
            pages.finished.put(key, (parts.headers.clone(), body.clone()), bytes);
            Response::from_parts(parts, Body::from(body))
        }
        Err(error) => {
            tracing::error!("a page broke off: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A weak tag: compressed or not, it is the same page.
fn tag(started: u128, version: u64, lang: &str, request: &Request) -> String {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(started.to_le_bytes());
    hash.update(version.to_le_bytes());
    hash.update(lang);
    hash.update(request.uri().to_string());
    let digest = hash.finalize();
    let hex: String = digest[..12].iter().map(|b| format!("{b:02x}")).collect();
    format!("W/\"{hex}\"")
}
