//! Under which names the program answers. A page of another site can point its own name at
//! this machine (DNS rebinding) and read what we answer; so only our names are answered.

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Uri};
use std::collections::BTreeSet;
use std::net::IpAddr;

/// The name that is advertised on the local network.
pub const MDNS_NAME: &str = "mali-timeline.local";

/// Names that are answered, besides the address that a connection came in by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosts(BTreeSet<String>);

impl Hosts {
    /// For this machine alone: `localhost` and `allowed` names. Not even this machine's own
    /// name: on many networks anybody can say where a name leads.
    pub fn local(allowed: &[String]) -> Self {
        let plain = |name: &String| name.trim_end_matches('.').to_ascii_lowercase();
        Self(allowed.iter().map(plain).chain(["localhost".to_owned()]).collect())
    }

    /// For a network: also this machine's name and [`MDNS_NAME`].
    pub fn network(machine: Option<&str>, allowed: &[String]) -> Self {
        let mut hosts = Self::local(allowed);
        hosts.0.insert(MDNS_NAME.to_owned());
        let machine = machine.unwrap_or_default().to_ascii_lowercase();
        let short = machine.split('.').next().unwrap_or_default();
        if !short.is_empty() {
            hosts.0.extend([format!("{short}.local"), short.to_owned(), machine.clone()]);
        }
        hosts
    }

    /// All of them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether a request is addressed to us. `local` is the address of our end of the
    /// connection. The port does not matter: it may be forwarded.
    pub fn answer(&self, uri: &Uri, headers: &HeaderMap, local: Option<IpAddr>) -> bool {
        let mut stated = headers.get_all(HOST).iter();
        let one = match (stated.next(), stated.next()) {
            (Some(host), None) => host.to_str().ok(),
            _ => None,
        };
        let ours = |host: &str| self.is_ours(host, local);
        one.is_some_and(ours) && uri.authority().is_none_or(|a| ours(a.as_str()))
    }

    fn is_ours(&self, host: &str, local: Option<IpAddr>) -> bool {
        let Some(name) = name_of(host) else {
            return false;
        };
        match name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
            Ok(ip) => ip.is_loopback() || Some(ip) == local || self.0.contains(name),
            Err(_) => self.0.contains(name.trim_end_matches('.').to_ascii_lowercase().as_str()),
        }
    }
}

/// `name` of `name:port`, where it is well formed.
fn name_of(host: &str) -> Option<&str> {
    let end = if host.starts_with('[') {
        host.find(']')? + 1
    } else {
        host.find(':').unwrap_or(host.len())
    };
    let (name, port) = host.split_at(end);
    let port = port.strip_prefix(':').unwrap_or(port);
    let fine = port.bytes().all(|b| b.is_ascii_digit()) && !name.is_empty();
    fine.then_some(name)
}

/// Whether a page of another site makes the request: anything but a link that is followed.
/// Browsers say so in `Sec-Fetch-*`; on plain HTTP many say nothing, and other sites cannot
/// read the answers (no CORS header is ever sent).
pub fn from_another_site(headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let foreign = matches!(said("sec-fetch-site"), "cross-site" | "same-site");
    let followed = said("sec-fetch-mode") == "navigate" && said("sec-fetch-dest") == "document";
    foreign && !followed
}

/// Whether a request names an origin, and it is ours, which we serve by `scheme` (`http` or
/// `https`), or names none, as browsers do where a page of ours reads another.
pub fn of_our_origin(headers: &HeaderMap, scheme: &str) -> bool {
    let said = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    headers.get(ORIGIN).is_none_or(|origin| {
        let origin = origin.to_str().ok().and_then(|o| o.split_once("://"));
        origin.is_some_and(|(s, o)| s == scheme && o.eq_ignore_ascii_case(said("host")))
    })
}

/// Whether a form that was sent stands on a page of ours, which we serve by `scheme` (`http`
/// or `https`): browsers name its origin.
pub fn form_of_ours(headers: &HeaderMap, scheme: &str) -> bool {
    let said = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let site = said("sec-fetch-site");
    of_our_origin(headers, scheme) && matches!(site, "" | "same-origin" | "none")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        map
    }

    #[test]
    fn only_our_names_are_answered() {
        let hosts = Hosts::network(Some("Desk.Example"), &["Timeline.Test".to_owned()]);
        let local = "192.168.1.5".parse().ok();
        let answers =
            |host: &str| hosts.answer(&Uri::from_static("/"), &headers(&[("host", host)]), local);
        for ok in [
            "localhost", "LOCALHOST:7400", "127.0.0.1:7400", "127.0.0.9", "[::1]:80",
            "192.168.1.5:7400", "desk", "desk.local:7400", "desk.example", "mali-timeline.local",
            "timeline.test.:1",
        ] {
            assert!(answers(ok), "{ok}");
        }
        for err in [
            "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.1.6",
            "0.0.0.0", "evil.example:7400", "", ":7400", "localhost:80:80", "localhost:x", "[::1",
            "user@localhost", "localhost/", "127.1", "2130706433",
        ] {
            assert!(!answers(err), "{err}");
        }
    }

    #[test]
    fn for_itself_it_has_no_name_but_localhost() {
        let alone = Hosts::local(&["desk.example".to_owned()]);
        let unnamed = Hosts::network(None, &[]);
        let answers = |hosts: &Hosts, host| {
            hosts.answer(&Uri::from_static("/"), &headers(&[("host", host)]), None)
        };
        assert!(answers(&alone, "localhost") && answers(&alone, "desk.example"));
        assert!(!answers(&alone, MDNS_NAME) && !answers(&alone, "desk"));
        assert!(answers(&unnamed, MDNS_NAME) && !answers(&unnamed, ".local"));
    }

    #[test]
    fn err_no_host_two_hosts_or_another_one_in_the_address() {
        let hosts = Hosts::local(&[]);
        let uri = Uri::from_static("/");
        assert!(!hosts.answer(&uri, &HeaderMap::new(), None));
        let two = headers(&[("host", "localhost"), ("host", "localhost")]);
        assert!(!hosts.answer(&uri, &two, None));
        let one = headers(&[("host", "localhost")]);
        assert!(!hosts.answer(&Uri::from_static("http://evil.example/"), &one, None));
        assert!(hosts.answer(&Uri::from_static("http://localhost/"), &one, None));
    }

    #[test]
    fn links_of_others_may_be_followed_and_nothing_else() {
        let sent = |site, mode, dest| {
            from_another_site(&headers(&[
                ("sec-fetch-site", site),
                ("sec-fetch-mode", mode),
                ("sec-fetch-dest", dest),
            ]))
        };
        assert!(!sent("cross-site", "navigate", "document"));
        assert!(!sent("same-origin", "no-cors", "style"));
        assert!(!sent("none", "navigate", "document"));
        for (mode, dest) in [("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe")] {
            assert!(
                sent("cross-site", mode, dest) && sent("same-site", mode, dest),
                "{mode} {dest}"
            );
        }
        assert!(!from_another_site(&HeaderMap::new()));
    }

    #[test]
    fn only_our_own_form_is_taken() {
        let host = ("host", "localhost:7400");
        for ok in [
            &[host][..],
            &[host, ("origin", "http://localhost:7400")],
            &[host, ("origin", "http://localhost:7400"), ("sec-fetch-site", "same-origin")],
        ] {
            assert!(form_of_ours(&headers(ok), "http"), "{ok:?}");
        }
        for err in [
            &[host, ("origin", "null")][..],
            &[host, ("origin", "http://evil.example")],
            &[host, ("origin", "https://localhost:7400")],
            &[host, ("origin", "http://localhost:7401")],
            &[host, ("sec-fetch-site", "cross-site")],
            &[host, ("sec-fetch-site", "same-site")],
        ] {
            assert!(!form_of_ours(&headers(err), "http"), "{err:?}");
            let names_another = err.iter().any(|(name, _)| *name == "origin");
            assert_eq!(of_our_origin(&headers(err), "http"), !names_another, "{err:?}");
        }
        let encrypted = [host, ("origin", "https://localhost:7400")];
        assert!(form_of_ours(&headers(&encrypted), "https"));
        assert!(!form_of_ours(&headers(&[host, ("origin", "http://localhost:7400")]), "https"));
    }
}
