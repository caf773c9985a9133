//! Style sheet and pictures, embedded in the binary. The URL carries a hash of the content,
//! so that a browser may keep it for ever.

use super::error::PageError;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "static/"]
struct Static;

const FOREVER: &str = "public, max-age=31536000, immutable";

/// Address of a file of `static/`.
pub fn url(name: &str) -> String {
    match Static::get(name) {
        Some(file) => format!("/static/{}/{name}", hash(&file)),
        None => format!("/static/-/{name}"),
    }
}

/// Gives a file. A wrong hash is no file: its browser has a page of another version.
pub async fn show(Path((asked, name)): Path<(String, String)>) -> Result<Response, PageError> {
    let file = Static::get(&name).ok_or(PageError::NotFound)?;
    if asked != hash(&file) {
        return Err(PageError::NotFound);
    }
    let content_type = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("js") => "text/javascript; charset=utf-8",
        _ => "application/octet-stream",
    };
    let headers = [(CONTENT_TYPE, content_type), (CACHE_CONTROL, FOREVER)];
    Ok((headers, file.data.into_owned()).into_response())
}

fn hash(file: &rust_embed::EmbeddedFile) -> String {
    let digest = file.metadata.sha256_hash();
    digest[..6].iter().map(|b| format!("{b:02x}")).collect()
}
