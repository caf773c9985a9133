//! Who is let in, with the real binary on loopback: key, cookie, hosts, other sites, path
//! tricks.

mod running;

use running::{own_addresses, rest, start};
use std::io::Write;
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::process::Command;
use std::time::Duration;

#[test]
fn each_printed_address_answers_and_each_link_opens_it() {
    let running = start(&["--lan"]);
    assert!(running.addresses[0].ip().is_loopback());
    let links: Vec<_> =
        running.said.lines().filter_map(|l| l.strip_prefix("link with the key http://")).collect();
    assert_eq!(links.len(), running.addresses.len(), "{}", running.said);
    for (address, link) in running.addresses.iter().zip(links) {
        let path = link.strip_prefix(&address.to_string()).expect("a link to the same address");
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
            .unwrap();
        let answer = rest(stream);
        assert_eq!((answer.status, answer.header("location")), (303, Some("/")), "{address}");
        let mut stream = TcpStream::connect(address).unwrap();
        let cookie = answer.cookie();
        write!(
            stream,
            "GET / HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        assert_eq!(rest(stream).status, 200, "{address}");
    }
}

#[test]
fn without_the_key_every_path_answers_401() {
    let running = start(&["--lan"]);
    for path in [
        "/",
        "/healthz",
        "/about",
        "/sources",
        "/sources.json",
        "/timeline.json",
        "/export.csv",
        "/nothing",
        "/static/0/style.css",
        "/key",
        "/incidents/x?lang=fr",
        "/..%2f..%2fetc/passwd",
        "/../../etc/passwd",
        "//etc/passwd",
        "/static/%2e%2e/%2e%2e/Cargo.toml",
        "/static/0/..\\..\\Cargo.toml",
        "/%00",
        "/.git/config",
    ] {
        let answer = running.get(path, &[]);
        assert_eq!(answer.status, 401, "{path}: {answer:?}");
        assert!(!answer.body.contains("Hombori") && !answer.body.contains("root:"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert!(answer.header("server").is_none(), "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "X"] {
        assert_eq!(running.send(method, "/", &[], "").status, 401, "{method}");
    }
    let answer = running.get("/sources?lang=fr", &[]);
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains("style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    let page = answer.body;
    assert!(page.contains("<html lang=\"fr\">") && page.contains("name=\"key\""), "{page}");
    assert!(page.contains("name=\"to\" value=\"/sources?lang=fr\""), "{page}");
    assert!(!page.contains("<link") && !page.contains("<script"), "it stands alone");
    // It can be typed wherever somebody wanted to go; programs that say so are told as JSON.
    let browser = [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
    for headers in [&browser[..], &[("Accept", "*/*")], &[]] {
        let page = running.get("/export.json?region=gao", headers).body;
        assert!(page.contains("name=\"to\" value=\"/export.json?region=gao\""), "{page}");
    }
    let answer = running.get("/export.json?lang=fr", &[("Accept", "application/json")]);
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&json["status"], &json["error"]), (&401.into(), &"Unauthorized".into()));
    assert!(json["message"].as_str().unwrap().contains("clé"), "{json}");
}

#[test]
fn the_key_becomes_a_cookie_and_leaves_the_address() {
    let running = start(&["--lan"]);
    let key = running.key();
    let answer = running.get(&format!("/sources?lang=fr&key={key}"), &[]);
    assert_eq!((answer.status, answer.header("location")), (303, Some("/sources?lang=fr")));
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with(&format!("mali-timeline-{}=", running.local().port())), "{cookie}");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
    assert!(!cookie.contains(&key), "the cookie does not tell the key");
    let cookie = answer.cookie();
    let page = running.get("/sources", &[("Cookie", &format!("a=b; {cookie}; c=d"))]);
    assert_eq!(page.status, 200);
    assert!(!page.body.contains(&key));
    // Another name, another value: nobody.
    let (name, value) = cookie.split_once('=').unwrap();
    for wrong in [
        format!("{name}=x{}", &value[1..]),
        format!("{name}="),
        format!("x={value}"),
        format!("{name}={key}"),
    ] {
        assert_eq!(running.get("/", &[("Cookie", &wrong)]).status, 401, "{wrong}");
    }
    // Programs send the key itself.
    let bearer = format!("Bearer {key}");
    assert_eq!(running.get("/healthz", &[("Authorization", &bearer)]).body, "ok");
}

#[test]
fn the_key_can_be_typed_and_leads_where_one_wanted_to_go() {
    let running = start(&["--token", "open sesame 7"]);
    assert_eq!(running.addresses.len(), own_addresses(), "--token does not share");
    assert_eq!(running.get("/", &[]).status, 401);
    let origin = format!("http://{}", running.local());
    let type_key =
        |body: &str, headers: &[(&str, &str)]| running.send("POST", "/key", headers, body);
    let answer = type_key("key=open+sesame+7&to=%2Fabout%3Flang%3Dfr", &[("Origin", &origin)]);
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, Some("/about?lang=fr")),
        "{answer:?}"
    );
    assert_eq!(running.get("/about", &[("Cookie", &answer.cookie())]).status, 200);
    let elsewhere = type_key("key=open+sesame+7&to=%2F%2Fevil.example", &[]);
    assert_eq!((elsewhere.status, elsewhere.header("location")), (303, Some("/")));
    let wrong = type_key("key=guess&to=/about", &[]);
    assert_eq!((wrong.status, wrong.header("set-cookie")), (401, None));
    assert!(wrong.body.contains("This is not the key") && wrong.body.contains("value=\"/about\""));
    assert!(!wrong.body.contains("guess"));
    // Nothing else takes POST, key or not.
    let cookie = answer.cookie();
    for path in ["/", "/about", "/sources", "/export.csv", "/import", "/review"] {
        let status = running.send("POST", path, &[("Cookie", &cookie)], "x=y").status;
        assert!(matches!(status, 404 | 405), "{path}: {status}");
    }
}

#[test]
fn err_a_form_of_another_site_is_refused() {
    let running = start(&["--token", "open sesame 7"]);
    let body = "key=open+sesame+7";
    for header in [
        ("Origin", "http://evil.example"),
        ("Origin", "null"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
    ] {
        let answer = running.send("POST", "/key", &[header], body);
        assert_eq!((answer.status, answer.header("set-cookie")), (403, None), "{header:?}");
    }
    // Nor is anything loaded into a page of another site; a link may be followed.
    let cookie = running.send("POST", "/key", &[], body).cookie();
    let from = |mode, dest| {
        let headers = [
            ("Cookie", cookie.as_str()),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Mode", mode),
            ("Sec-Fetch-Dest", dest),
        ];
        running.get("/timeline.json", &headers).status
    };
    assert_eq!(
        [from("no-cors", "script"), from("cors", "empty"), from("navigate", "iframe")],
        [403; 3]
    );
    assert_eq!(from("navigate", "document"), 200);
    // On plain HTTP browsers say no more than the origin of a script that asks.
    let ours = format!("http://{}", running.local());
    for (origin, status) in [("http://evil.example", 403), ("null", 403), (&*ours, 200)] {
        let headers = [("Cookie", cookie.as_str()), ("Origin", origin)];
        assert_eq!(running.get("/export.csv", &headers).status, status, "{origin}");
    }
}

#[test]
fn writing_is_for_the_person_at_this_machine() {
    let post = |running: &running::Running, headers: &[(&str, &str)]| {
        let host = ("Host", "localhost");
        let all: Vec<_> = std::iter::once(host).chain(headers.iter().copied()).collect();
        running.send("POST", "/matches", &all, "action=same&a=x&b=y").status
    };
    let ours = ("Origin", "http://localhost");
    let alone = start(&[]);
    assert_eq!(post(&alone, &[ours]), 409, "looked at, and there are no such incidents");
    for headers in [
        &[][..],
        &[("Origin", "http://evil.example")],
        &[ours, ("X-Forwarded-For", "127.0.0.1")],
        &[ours, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")],
    ] {
        assert_eq!(post(&alone, headers), 403, "{headers:?}");
    }
    for shared in [&["--open-lan"][..], &["--allow-host", "desk.example"]] {
        assert_eq!(post(&start(shared), &[ours]), 405, "{shared:?}");
    }
}

#[test]
fn guessing_is_slowed_for_the_guesser() {
    let running = start(&["--token", "open sesame 7"]);
    let cookie = running.get("/?key=open+sesame+7", &[]).cookie();
    let statuses: Vec<_> =
        (0..7).map(|i| running.get(&format!("/?key=guess{i}"), &[]).status).collect();
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429, 429]);
    let held_up = running.get("/?key=open+sesame+7", &[]);
    assert_eq!(held_up.status, 429, "not even the right one is looked at");
    assert!(held_up.header("retry-after").is_some());
    assert_eq!(running.send("POST", "/key", &[], "key=x").status, 429);
    assert_eq!(running.get("/", &[("Authorization", "Bearer x")]).status, 429);
    assert_eq!(running.get("/", &[("Cookie", &cookie)]).status, 200, "readers are not held up");
    assert_eq!(running.get("/", &[]).status, 401, "nor is the page with the form");
}

#[test]
fn err_only_our_own_names_are_answered() {
    let running = start(&["--allow-host", "desk.example"]);
    let port = running.local().port();
    let status = |host: &str| running.get("/", &[("Host", host)]).status;
    for host in
        ["localhost", "127.0.0.1", &format!("localhost:{port}"), "desk.example:80", "desk.example"]
    {
        assert_eq!(status(host), 200, "{host}");
    }
    for host in
        ["evil.example", &format!("evil.example:{port}"), "127.0.0.1.evil.example", "192.0.2.7", ""]
    {
        assert_eq!(status(host), 421, "{host}");
    }
    assert_eq!(status("mali-timeline.local"), 421, "it has that name on a network only");
    let shared = start(&["--open-lan"]);
    assert_eq!(shared.get("/", &[("Host", "mali-timeline.local")]).status, 200);
    assert_eq!(shared.get("/", &[("Host", "evil.example")]).status, 421);
    let no_host = running.raw(b"GET / HTTP/1.0\r\n\r\n").status;
    let two = running.raw(
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    );
    let absolute = running
        .raw(b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    for status in [no_host, two.status, absolute.status] {
        assert!(matches!(status, 400 | 421), "{status}");
    }
    let page = running.get("/", &[("Host", "evil.example")]);
    assert!(page.body.contains("--allow-host") && !page.body.contains("evil.example"));
}

#[test]
fn sharing_without_a_key_is_said_loudly() {
    let open = start(&["--open-lan"]);
    assert!(
        open.said.contains("WARNING: --open-lan: everyone on this network can read"),
        "{}",
        open.said
    );
    assert_eq!(open.get("/", &[]).status, 200);
    // A link of an earlier run leads to the page all the same.
    assert_eq!(open.get("/?key=old&lang=fr", &[]).header("location"), Some("/?lang=fr"));
    let alone = start(&[]);
    assert_eq!((alone.said.as_str(), alone.get("/", &[]).status), ("", 200));
    let made = start(&["--token"]);
    assert_eq!((made.addresses.len(), made.get("/", &[]).status), (own_addresses(), 401));
    assert_eq!(made.get(&format!("/?key={}", made.key()), &[]).status, 303);
    let both = Command::new(env!("CARGO_BIN_EXE_mali-timeline"))
        .args(["serve", "--open-lan", "--token", "x"])
        .output()
        .unwrap();
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn for_itself_it_is_not_reached_from_elsewhere() {
    let running = start(&[]);
    let elsewhere = if_addrs::get_if_addrs().unwrap().into_iter().map(|i| i.ip());
    for ip in elsewhere.filter(|ip: &IpAddr| !ip.is_loopback()) {
        let address = SocketAddr::new(ip, running.local().port());
        assert!(TcpStream::connect_timeout(&address, Duration::from_secs(2)).is_err(), "{address}");
    }
}
