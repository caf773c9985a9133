//! Who is let in: requests to our own names, not made by another site, and with the key
//! where there is one. Stands before everything else that answers.

mod host;
mod key;
mod throttle;
mod writes;

pub use host::{Hosts, MDNS_NAME};
pub use key::Key;
pub use writes::{SAYS_ORIGIN, with_writes};

use super::App;
use super::error::{PageError, Part};
use super::urls::with_pairs;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, COOKIE, HeaderValue, SET_COOKIE};
use axum::http::{HeaderMap, Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use throttle::Throttle;

/// Where the form of the key is sent; nothing else takes POST.
pub const KEY_PATH: &str = "/key";

/// The longest form, in bytes.
const MAX_FORM: usize = 4 * 1024;

/// How long the form may take to arrive.
const FORM_TIME: Duration = Duration::from_secs(10);

/// Both ends of the connection by which a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    /// Our address.
    pub local: IpAddr,
    /// The address of whoever asks.
    pub peer: IpAddr,
}

/// What is asked of every request.
pub struct Guard {
    hosts: Hosts,
    key: Option<Key>,
    cookie: String,
    encrypted: bool,
    throttle: Mutex<Throttle>,
}

impl Guard {
    /// Lets in requests to `hosts`, with `key` if there is one. Cookies are shared by all
    /// ports of a host, so the name of ours has the port in it.
    pub fn new(hosts: Hosts, key: Option<Key>, port: u16) -> Self {
        let cookie = format!("mali-timeline-{port}");
        Self { hosts, key, cookie, encrypted: false, throttle: Mutex::default() }
    }

    /// The same for HTTPS: the cookie is sent over nothing else.
    pub fn encrypted(self) -> Self {
        Self { encrypted: true, ..self }
    }

    fn scheme(&self) -> &'static str {
        if self.encrypted { "https" } else { "http" }
    }

    fn throttle(&self) -> std::sync::MutexGuard<'_, Throttle> {
        self.throttle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_cookie(&self, key: &Key, headers: &HeaderMap) -> bool {
        let pairs = headers.get_all(COOKIE).iter().filter_map(|v| v.to_str().ok());
        pairs
            .flat_map(|v| v.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(name, value)| name == self.cookie && key.is_cookie(value))
    }

    /// Looks at a key, unless too many wrong ones came from there.
    fn look(&self, key: &Key, typed: &str, peer: IpAddr, to: &str) -> Result<(), PageError> {
        let now = Instant::now();
        if let Some(wait) = self.throttle().wait(peer, now) {
            return Err(PageError::TooManyKeys { seconds: wait.as_secs() + 1 });
        }
        if key.is(typed) {
            self.throttle().succeeded(peer);
            return Ok(());
        }
        self.throttle().failed(peer, now);
        Err(PageError::KeyNeeded { to: to.to_owned(), wrong: true })
    }

    /// The answer to the right key: the cookie, and on to the page.
    fn welcome(&self, key: &Key, to: &str) -> Response {
        let (name, value) = (&self.cookie, key.cookie());
        let secure = if self.encrypted { "; Secure" } else { "" };
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}");
        let mut response = Redirect::to(to).into_response();
        let headers = response.headers_mut();
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            headers.insert(SET_COOKIE, value);
        }
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// Lets a request in or refuses it.
pub async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(guard) = app.guard() else {
        return next.run(request).await;
    };
    match admit(guard, request).await {
        Ok(Admission::In(request)) => next.run(request).await,
        Ok(Admission::Answer(response)) => response,
        Err(error) => error.into_response(),
    }
}

enum Admission {
    In(Request),
    Answer(Response),
}

async fn admit(guard: &Guard, request: Request) -> Result<Admission, PageError> {
    let ends = request.extensions().get::<Ends>().copied();
    if !guard.hosts.answer(request.uri(), request.headers(), ends.map(|e| e.local)) {
        return Err(PageError::WrongHost);
    }
    // Where browsers say nothing else of it (plain HTTP), a script of another site is known by
    // its origin: it could not read the answer, but it is not to make us work for one either.
    if host::from_another_site(request.headers())
        || !host::of_our_origin(request.headers(), guard.scheme())
    {
        return Err(PageError::OtherSite);
    }
    let peer = ends.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |e| e.peer);
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    let (to, in_link) = split_key(request.uri());
    let Some(key) = &guard.key else {
        return Ok(match in_link {
            // A link of an earlier run that had a key.
            Some(_) if reading => Admission::Answer(Redirect::to(&to).into_response()),
            _ => Admission::In(request),
        });
    };
    let known = guard.has_cookie(key, request.headers());
    if request.method() == Method::POST && request.uri().path() == KEY_PATH {
        let response = form(guard, key, request, peer).await?;
        return Ok(Admission::Answer(response));
    }
    match in_link {
        Some(typed) if reading => {
            if !known {
                guard.look(key, &typed, peer, &to)?;
            }
            Ok(Admission::Answer(guard.welcome(key, &to)))
        }
        _ if known => Ok(Admission::In(request)),
        _ => match bearer(request.headers()) {
            Some(typed) => {
                guard.look(key, typed, peer, &to)?;
                Ok(Admission::In(request))
            }
            None => Err(PageError::KeyNeeded { to, wrong: false }),
        },
    }
}

/// The key as it was typed into the form.
async fn form(
    guard: &Guard,
    key: &Key,
    request: Request,
    peer: IpAddr,
) -> Result<Response, PageError> {
    if !host::form_of_ours(request.headers(), guard.scheme()) {
        return Err(PageError::OtherSite);
    }
    let body: Body = request.into_body();
    let bytes = match tokio::time::timeout(FORM_TIME, to_bytes(body, MAX_FORM)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return Err(PageError::TooLarge(Part::Body)),
        Err(_) => return Err(PageError::Busy),
    };
    let field = |name: &str| {
        let found = form_urlencoded::parse(&bytes).find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let to = local(&field("to"));
    guard.look(key, &field("key"), peer, &to)?;
    Ok(guard.welcome(key, &to))
}

/// For programs: `Authorization: Bearer KEY`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// An address without its `key`, and the key.
fn split_key(uri: &Uri) -> (String, Option<String>) {
    let mut key = None;
    let mut rest = Vec::new();
    for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
        match name.as_ref() {
            "key" => key = Some(value.into_owned()),
            _ => rest.push((name, value)),
        }
    }
    let to = match key {
        Some(_) => with_pairs(uri.path(), rest),
        None => uri.path_and_query().map_or("/", |p| p.as_str()).to_owned(),
    };
    (local(&to), key)
}

/// An address on this server; the start page for what would lead elsewhere.
fn local(to: &str) -> String {
    let elsewhere = !to.starts_with('/')
        || to.starts_with("//")
        || to.split('?').next() == Some(KEY_PATH)
        || to.bytes().any(|b| b == b'\\' || !b.is_ascii_graphic());
    if elsewhere { "/".to_owned() } else { to.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_leaves_the_address_and_the_rest_stays() {
        for (uri, to, key) in [
            ("/?key=a-b", "/", Some("a-b")),
            ("/?region=gao&key=a%20b&q=x+y", "/?region=gao&q=x+y", Some("a b")),
            ("/sources/x%2Fy?key=", "/sources/x%2Fy", Some("")),
            ("/?keys=a", "/?keys=a", None),
            ("//evil.example/?key=a", "/", Some("a")),
        ] {
            let found = split_key(&uri.parse().unwrap());
            assert_eq!(found, (to.to_owned(), key.map(str::to_owned)), "{uri}");
        }
    }

    #[test]
    fn err_no_way_leads_elsewhere() {
        for to in [
            "", "x", "//evil.example", "/\\evil.example", "http://evil.example", "/\r\nx: y", "/é",
            "/key",
        ] {
            assert_eq!(local(to), "/", "{to:?}");
        }
        assert_eq!(local("/sources?lang=fr"), "/sources?lang=fr");
    }
}
