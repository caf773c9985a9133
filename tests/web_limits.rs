//! What is too long, too slow or too much, with the real binary on loopback: a clear answer,
//! while others are still served.

mod running;

use running::{Running, events, rest, start};
use std::io::{Read, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

#[test]
fn err_what_is_too_long_is_refused_with_a_page() {
    let running = start(&["--token", "open sesame 7"]);
    let cookie = running.get("/?key=open+sesame+7", &[]).cookie();
    let known = ("Cookie", cookie.as_str());
    let long = |n| "a".repeat(n);
    let many: Vec<_> = (0..70).map(|i| format!("X-{i}")).collect();
    let mut many: Vec<_> = many.iter().map(|name| (name.as_str(), "y")).collect();
    many.push(known);
    for (answer, status) in [
        (running.get(&format!("/?q={}", long(20_000)), &[known]), 414),
        (running.get("/", &[known, ("X", &long(40_000))]), 431),
        (running.get("/", &[known, ("Cookie", &long(40_000))]), 431),
        (running.get("/", &many), 431),
        (running.send("POST", "/key", &[], &format!("key={}", long(10_000))), 413),
        (running.send("POST", "/", &[known], &long(10_000)), 413),
    ] {
        assert_eq!(answer.status, status, "{answer:?}");
        assert!(answer.body.contains("<h1>This is too long</h1>"), "{answer:?}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    // What would not even be read whole gets a bare status.
    assert_eq!(running.get("/", &[known, ("X", &long(200_000))]).status, 431);
    let lines = "X: y\r\n".repeat(2_000);
    let lines = running.raw(format!("GET / HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n").as_bytes());
    assert_eq!(lines.status, 431, "{lines:?}");
    assert_eq!(running.raw(b"\x16\x03\x01 nonsense\r\n\r\n").status, 400);
    assert_eq!(running.get("/", &[known]).status, 200, "others are still served");
}

/// A good reader's page, and how long it took.
fn good(running: &Running) -> (u16, Duration) {
    let asked = Instant::now();
    (running.get("/", &[]).status, asked.elapsed())
}

#[test]
fn slow_clients_lose_their_connection_and_others_are_served() {
    let running = start(&[]);
    let mut slow: Vec<_> = (0..200).map(|_| running.connect()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n").unwrap();
    }
    let (status, took) = good(&running);
    assert_eq!(status, 200);
    assert!(took < Duration::from_secs(5), "{took:?}");
    // Each drips on; none may go on for ever.
    let began = Instant::now();
    let mut one = slow.pop().unwrap();
    one.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    loop {
        let dripped = one.write_all(b"X: y\r\n");
        let ended = match one.read(&mut [0; 256]) {
            Ok(n) => n == 0,
            Err(e) => {
                !matches!(e.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut)
            }
        };
        if ended || dripped.is_err() {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(30), "it still waits");
    }
    for stream in slow {
        let answer = rest(stream);
        assert_eq!(answer.status, 408, "they are let go and told why");
        assert!(answer.body.contains("too long to arrive"), "{answer:?}");
    }
}

#[test]
fn a_flood_of_connections_takes_nobodys_place() {
    let running = start(&[]);
    // More than there is room for: the oldest that wait make room.
    let flood: Vec<_> = (0..700)
        .map(|_| {
            let mut stream = running.connect();
            let _ = stream.write_all(b"GET / HTTP/1.1\r\n");
            stream
        })
        .collect();
    for _ in 0..3 {
        let (status, took) = good(&running);
        assert_eq!(status, 200);
        assert!(took < Duration::from_secs(5), "{took:?}");
    }
    drop(flood);
    assert_eq!(good(&running).0, 200);
}

#[test]
fn a_reader_who_takes_nothing_holds_nobody_up() {
    let running = start(&[]);
    // Many begin a download and never read it.
    let idle: Vec<_> = (0..40)
        .map(|_| {
            let mut stream = running.connect();
            stream.write_all(b"GET /export.html HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            stream
        })
        .collect();
    let (status, took) = good(&running);
    assert_eq!(status, 200);
    assert!(took < Duration::from_secs(10), "{took:?}");
    drop(idle);
}

/// What somebody sends who looks for a way in. Nothing of it is an error of ours, nothing is a
/// file of this machine, and nothing is a second request.
#[test]
fn err_nonsense_is_refused_and_is_no_error_of_ours() {
    let running = start(&[]);
    let get = |path: &[u8]| {
        let rest = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        running.raw(&[b"GET ", path, rest].concat())
    };
    for (path, statuses) in [
        (&b"/../../etc/passwd"[..], &[404][..]),
        (b"/%2e%2e/%2e%2e/etc/passwd", &[404]),
        (b"/%252e%252e/etc/passwd", &[404]),
        (b"/static/x/..%5c..%5cCargo.toml", &[404]),
        (b"/sources/%ff%fe", &[400]),
        (b"/incidents/%ff", &[400]),
        (b"/incidents/%00", &[404]),
        (b"/incidents/..%2f..%2fetc%2fpasswd", &[404]),
        (b"//evil.example/", &[404]),
        (b"/?q=%00", &[400]),
        (b"/?q=%ff%fe", &[400, 200]),
        (b"/?after=newest~2022-01-01~x%27--", &[400]),
        (b"/?from=99999999999999", &[400]),
        (b"/?killed=99999999999999999999", &[400]),
        (b"/?lang=%00", &[400]),
        (b"/export.csv%00.html", &[404]),
        (b"/\xc3\xa9", &[404]),
        (b"/\0", &[400]),
        (b"/ /x", &[400]),
        (b"*", &[404]),
        (b"http://evil.example/", &[421]),
    ] {
        let answer = get(path);
        let path = String::from_utf8_lossy(path);
        assert!(statuses.contains(&answer.status), "{path}: {answer:?}");
        assert!(!answer.body.contains("root:") && !answer.body.contains("[package]"), "{path}");
        assert!(answer.header("location").is_none(), "{path}");
    }
    let whole = |text: &str| running.raw(text.as_bytes()).status;
    let close = "Host: localhost\r\nConnection: close\r\n";
    for (text, status) in [
        (format!("TRACE / HTTP/1.1\r\n{close}\r\n"), 405),
        (format!("OPTIONS / HTTP/1.1\r\n{close}\r\n"), 405),
        (format!("CONNECT evil.example:443 HTTP/1.1\r\n{close}\r\n"), 421),
        (format!("GET / HTTP/1.0\r\n{close}\r\n"), 200),
        ("GET /\r\n".to_owned(), 400),
        (format!("GET / HTTP/3.0\r\n{close}\r\n"), 400),
        (format!("GET / HTTP/1.1\r\n{close}X: a\0b\r\n\r\n"), 400),
        (format!("GET / HTTP/1.1\r\n{close} evil.example\r\n\r\n"), 400),
        (format!("POST / HTTP/1.1\r\n{close}Content-Length: -1\r\n\r\n"), 400),
        (format!("POST / HTTP/1.1\r\n{close}Content-Length: 5\r\nContent-Length: 6\r\n\r\n"), 400),
        (format!("POST / HTTP/1.1\r\n{close}Transfer-Encoding: xchunked\r\n\r\n"), 400),
        (format!("POST / HTTP/1.1\r\n{close}Transfer-Encoding : chunked\r\n\r\n"), 400),
    ] {
        assert_eq!(whole(&text), status, "{text}");
    }
    // Other protocols are not taken up: these are plain requests.
    for upgrade in ["websocket", "h2c"] {
        let text = format!(
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close, Upgrade\r\n\
             Upgrade: {upgrade}\r\n\r\n"
        );
        assert_eq!(whole(&text), 200, "{upgrade}");
    }
    assert_eq!(whole("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 0, "closed");
    // What one request carries is never taken for another.
    for text in [
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 44\r\n\r\nGET /about HTTP/1.1\r\nHost: localhost\r\n\r\n..",
        "POST /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /about HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ] {
        let answer = running.raw(text.as_bytes());
        assert!(!answer.body.contains("HTTP/1.1 "), "{answer:?}");
    }
    // Requests one after the other, sent at once, are answered one after the other.
    let one = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let last = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let answer = running.raw(format!("{one}{one}{last}").as_bytes());
    assert_eq!(answer.body.matches("HTTP/1.1 200 OK").count(), 2, "and the first: {answer:?}");
    assert_eq!(running.get("/", &[]).status, 200);
}

#[test]
fn a_search_that_is_too_slow_is_broken_off_and_others_are_served() {
    let first = start(&[]);
    std::fs::write(first.folder.path().join("events.csv"), events(3_000)).unwrap();
    let import = first.command(&["import", "events.csv"]).stdout(Stdio::null()).status().unwrap();
    assert!(import.success());
    let db = first.folder.path().join("mali-timeline.db");
    let hasty = start(&["--db", db.to_str().unwrap(), "--time-limit", "0"]);
    // No time at all: what looks through thousands of incidents is too slow, every time.
    let slow = "/map.json?q=attack&perpetrator=jnim";
    let answer = first.get(slow, &[]);
    assert!(answer.status == 200 && answer.body.contains("hombori"), "{answer:?}");
    let answer = hasty.get(slow, &[]);
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("5")));
    let answer = hasty.get("/map?q=attack&perpetrator=jnim", &[]);
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("<h1>Not just now</h1>"), "{answer:?}");
    assert!(answer.body.contains("narrower filter"), "{answer:?}");
    // What needs little is still served, while others ask for much.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..5).for_each(|_| assert_eq!(hasty.get(slow, &[]).status, 503)));
        }
        for _ in 0..10 {
            assert_eq!(hasty.get("/healthz", &[]).status, 200);
            assert_eq!(hasty.get("/incidents/no-such", &[]).status, 404);
        }
    });
}
