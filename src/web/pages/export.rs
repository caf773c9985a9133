//! The filtered view as a file.

use super::timeline::asked;
use crate::web::App;
use crate::web::error::PageError;
use crate::web::visit::Visit;
use axum::extract::State;
use axum::response::Response;

/// Formats that can be asked for, by file name ending.
pub const FORMATS: [&str; 3] = ["html", "csv", "json"];

/// `GET /export.FORMAT`
pub async fn export(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let _filter = asked(&app, &visit).await?;
    Err(PageError::NotFound)
}
