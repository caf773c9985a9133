//! One file for each page: a template struct, a pure function that builds it, and a handler.

pub mod about;
pub mod accounts;
mod codes;
pub mod compare;
pub mod dataset;
pub mod export;
/// What people changed about an incident.
mod history;
pub mod incident;
pub mod map;
pub mod matches;
pub mod record;
pub mod review;
pub mod source;
pub mod sources;
pub mod subject;
pub mod subjects;
pub mod timeline;

use super::App;
use super::error::PageError;
use askama::Template;
use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;

/// A page.
pub fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => Html(text).into_response(),
        Err(error) => {
            tracing::error!("a template failed: {error}");
            axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A page that is long and asked for often.
fn large_html(page: &impl Template, app: &App) -> Result<Response, PageError> {
    let mut buffer = app.buffers().take();
    page.render_into(&mut buffer.text).map_err(PageError::internal)?;
    Ok(Html(Body::from(Bytes::from_owner(buffer))).into_response())
}

/// The same as JSON, indented for people who open it in a browser.
fn json(value: &impl Serialize) -> Result<Response, PageError> {
    let text = serde_json::to_string_pretty(value).map_err(PageError::internal)?;
    Ok(([(CONTENT_TYPE, "application/json")], text).into_response())
}
