//! What a page can fail with. One match gives status, title, message and ways back.

use crate::model::filter::BadValue;
use crate::store::StoreError;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Why there is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageError {
    /// Nothing stands at this address.
    NotFound,
    /// A parameter has a value that is not allowed.
    BadValue(BadValue),
    /// There is no parameter of this name here; with those that there are.
    UnknownKey {
        /// What was given.
        key: String,
        /// What is allowed.
        allowed: Vec<&'static str>,
    },
    /// Only reading is possible.
    MethodNotAllowed,
    /// The address, a header or the body is longer than any that the program makes.
    TooLarge,
    /// It took too long, or too many are asking at once.
    Busy,
    /// Our fault; logged already.
    Internal,
}

impl PageError {
    /// Logs what went wrong, once, and forgets it: nobody's browser needs to see it.
    pub fn internal(error: impl std::fmt::Display) -> Self {
        tracing::error!("{error}");
        Self::Internal
    }

    /// HTTP status and the start of the message keys (`error-not-found-title`, `-text`).
    pub fn status(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "error-not-found"),
            Self::BadValue(_) => (StatusCode::BAD_REQUEST, "error-bad-value"),
            Self::UnknownKey { .. } => (StatusCode::BAD_REQUEST, "error-unknown-key"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "error-method"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "error-too-large"),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "error-busy"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "error-internal"),
        }
    }

    /// The error that an answer without a page stands for.
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Self::Busy,
            _ => Self::Internal,
        }
    }
}

impl From<BadValue> for PageError {
    fn from(bad: BadValue) -> Self {
        Self::BadValue(bad)
    }
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        let bad = |key: &str, found: String, expected: &str| {
            Self::BadValue(BadValue { key: key.to_owned(), found, expected: expected.to_owned() })
        };
        match error {
            StoreError::BadCursor(found) => bad("after", found, "the link to the next page"),
            StoreError::BadSearch(found) => bad("q", found, "at least one letter or digit"),
            other => Self::internal(other),
        }
    }
}

/// The bare status; the error travels along and is made a page by
/// [`super::failure::render`], which knows the reader's language.
impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().0.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
