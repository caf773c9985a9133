//! Answers that the browser has already are not made again.

use super::App;
use super::visit::Visit;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, ETAG, HeaderValue, IF_NONE_MATCH, VARY};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// Adds an entity tag to pages, and answers 304 where the browser's still holds. The tag
/// stands for the content of the database, this run of the program, the address and the
/// language.
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
    let mut response = if known && tagged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        next.run(request).await
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
    response
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
