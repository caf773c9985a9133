//! What a page can fail with. One match gives status, title, message and ways back.

use crate::model::filter::BadValue;
use crate::store::{BadDecision, StoreError};
use axum::http::StatusCode;
use axum::http::header::{HeaderName, HeaderValue, REFERRER_POLICY, RETRY_AFTER, WWW_AUTHENTICATE};
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
    /// What is to be decided cannot be.
    BadDecision(BadDecision),
    /// The request makes no sense: an address that is no text, a form that is none.
    Malformed,
    /// Only reading is possible.
    MethodNotAllowed,
    /// Something is longer than any that the program makes.
    TooLarge(Part),
    /// It took too long, or too many are asking at once.
    Busy,
    /// Our fault; logged already.
    Internal,
    /// The request names a host that is not ours.
    WrongHost,
    /// A page of another site makes the request.
    OtherSite,
    /// Only who has the key may read.
    KeyNeeded {
        /// Where to go on to with the key.
        to: String,
        /// Whether a wrong one was given.
        wrong: bool,
    },
    /// Too many wrong keys came from this address.
    TooManyKeys {
        /// How long to wait.
        seconds: u64,
    },
}

/// A part of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Path and query.
    Address,
    /// All headers together.
    Headers,
    /// What is sent.
    Body,
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
            Self::BadDecision(_) => (StatusCode::CONFLICT, "error-decision"),
            Self::Malformed => (StatusCode::BAD_REQUEST, "error-malformed"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "error-method"),
            Self::TooLarge(part) => {
                let status = match part {
                    Part::Address => StatusCode::URI_TOO_LONG,
                    Part::Headers => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
                    Part::Body => StatusCode::PAYLOAD_TOO_LARGE,
                };
                (status, "error-too-large")
            }
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "error-busy"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "error-internal"),
            Self::WrongHost => (StatusCode::MISDIRECTED_REQUEST, "error-host"),
            Self::OtherSite => (StatusCode::FORBIDDEN, "error-other-site"),
            Self::KeyNeeded { wrong: false, .. } => (StatusCode::UNAUTHORIZED, "error-key"),
            Self::KeyNeeded { wrong: true, .. } => (StatusCode::UNAUTHORIZED, "error-key-wrong"),
            Self::TooManyKeys { .. } => (StatusCode::TOO_MANY_REQUESTS, "error-keys"),
        }
    }

    /// Headers that belong to it, besides those of every answer.
    pub fn headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        match self {
            Self::Busy => vec![(RETRY_AFTER, HeaderValue::from_static("5"))],
            Self::TooManyKeys { seconds } => vec![(RETRY_AFTER, (*seconds).into())],
            // The form of the key is known as ours by its origin, which browsers withhold
            // under a stricter policy.
            Self::KeyNeeded { .. } => vec![
                (WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
                (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
            ],
            _ => Vec::new(),
        }
    }

    /// The error that an answer without a page stands for.
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge(Part::Body),
            StatusCode::BAD_REQUEST
            | StatusCode::LENGTH_REQUIRED
            | StatusCode::UNSUPPORTED_MEDIA_TYPE
            | StatusCode::UNPROCESSABLE_ENTITY => Self::Malformed,
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
            StoreError::BadDecision(bad) => Self::BadDecision(bad),
            StoreError::TooSlow => Self::Busy,
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
