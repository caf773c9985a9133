//! Headers and limits that hold for every answer.

use super::error::{PageError, Part};
use axum::extract::Request;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::Digest;

/// No script, style, frame or request but our own; nothing inline.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
     script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// [`POLICY`] for a page that carries its one style sheet: the browser applies no other.
pub fn policy_with_style(style: &str) -> String {
    let hash = BASE64_STANDARD.encode(sha2::Sha256::digest(style));
    POLICY.replace("style-src 'self'", &format!("style-src 'sha256-{hash}'"))
}

/// Longest path and query, in bytes.
const MAX_URI: usize = 16 * 1024;

/// Most headers.
const MAX_HEADERS: usize = 64;

/// Longest sum of all headers, in bytes.
const MAX_HEADER_BYTES: usize = 32 * 1024;

const HEADERS: [(HeaderName, HeaderValue); 6] = [
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// Sets the headers on every answer that has none of its own.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

/// Refuses what is longer than anything that the program's own pages send.
pub async fn limits(request: Request, next: Next) -> Response {
    let uri = request.uri().path_and_query().map_or(0, |p| p.as_str().len());
    let headers = request.headers();
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if uri > MAX_URI {
        PageError::TooLarge(Part::Address).into_response()
    } else if headers.len() > MAX_HEADERS || bytes > MAX_HEADER_BYTES {
        PageError::TooLarge(Part::Headers).into_response()
    } else {
        next.run(request).await
    }
}
