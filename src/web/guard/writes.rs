//! Who may write: a person at this machine, on a page of ours. Addresses that write are there
//! only while nobody else can reach the program, and each request is looked at besides.

use super::{Ends, Guard, host};
use crate::web::App;
use crate::web::error::PageError;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::{
    FORWARDED, HOST, HeaderName, HeaderValue, ORIGIN, REFERER, REFERRER_POLICY, VIA,
};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};

/// Somebody between the reader and us says so with one of these: the reader is not here.
const PASSED_ON: [HeaderName; 5] = [
    FORWARDED,
    VIA,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-real-ip"),
];

/// `read` with the addresses of `write` beside it where `App::writes`. Without them a form
/// that is sent all the same is answered as anywhere: 405.
pub fn with_writes(app: &App, read: Router<App>, write: Router<App>) -> Router<App> {
    match app.writes() {
        true => read.merge(write.route_layer(from_fn_with_state(app.clone(), check))),
        false => read,
    }
}

/// The header of a page with a form that writes: under the policy of the other pages browsers
/// withhold the origin by which the form is known as ours.
pub const SAYS_ORIGIN: [(HeaderName, HeaderValue); 1] =
    [(REFERRER_POLICY, HeaderValue::from_static("same-origin"))];

async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let ends = request.extensions().get::<Ends>().copied();
    let scheme = app.guard().map_or("http", Guard::scheme);
    match may_write(request.headers(), scheme, ends) {
        true => next.run(request).await,
        false => PageError::OtherSite.into_response(),
    }
}

fn may_write(headers: &HeaderMap, scheme: &str, ends: Option<Ends>) -> bool {
    ends.is_none_or(|e| e.local.is_loopback() && e.peer.is_loopback())
        && PASSED_ON.iter().all(|name| !headers.contains_key(name))
        && host::form_of_ours(headers, scheme)
        && says_where_from(headers)
}

/// Whether anything says that the form stands on a page of ours: every browser says it in one
/// of these ways. A request that says nothing may be anybody's.
fn says_where_from(headers: &HeaderMap) -> bool {
    let said = |name| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let referer = said(REFERER);
    let from = referer.split_once("://").map_or("", |(_, rest)| rest);
    let from = from.split(['/', '?', '#']).next().unwrap_or_default();
    headers.contains_key(ORIGIN)
        || said(HeaderName::from_static("sec-fetch-site")) == "same-origin"
        || (!from.is_empty() && from.eq_ignore_ascii_case(said(HOST)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::IpAddr;

    const HERE: (&str, &str) = ("host", "localhost:7400");

    fn may(pairs: &[(&'static str, &str)], peer: &str) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in [HERE].iter().chain(pairs) {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        let local = IpAddr::from([127, 0, 0, 1]);
        may_write(&headers, "http", Some(Ends { local, peer: peer.parse().unwrap() }))
    }

    #[test]
    fn a_form_of_ours_may_write() {
        for said in [
            &[("origin", "http://localhost:7400")][..],
            &[("origin", "http://localhost:7400"), ("sec-fetch-site", "same-origin")],
            &[("sec-fetch-site", "same-origin")],
            &[("referer", "http://localhost:7400/matches?lang=fr")],
        ] {
            assert!(may(said, "127.0.0.1"), "{said:?}");
        }
        assert!(may(&[("sec-fetch-site", "same-origin")], "::1"));
    }

    #[test]
    fn err_others_may_not() {
        let ours = ("origin", "http://localhost:7400");
        for said in [
            &[][..],
            &[("origin", "null")],
            &[("origin", "http://evil.example")],
            &[("origin", "http://localhost:7401")],
            &[ours, ("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("referer", "http://evil.example/localhost:7400")],
            &[("referer", "http://localhost:7400.evil.example/")],
            &[("referer", "localhost:7400")],
            &[("referer", "http://evil.example/"), ("sec-fetch-site", "cross-site")],
            &[ours, ("x-forwarded-for", "127.0.0.1")],
            &[ours, ("forwarded", "for=127.0.0.1")],
            &[ours, ("via", "1.1 proxy")],
        ] {
            assert!(!may(said, "127.0.0.1"), "{said:?}");
        }
        assert!(!may(&[ours], "192.168.1.7"), "another machine");
    }
}
