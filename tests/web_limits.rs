//! What is too long, too slow or too much, with the real binary on loopback: a clear answer,
//! while others are still served.

mod running;

use running::{Answer, Running, events, rest, start};
use std::io::{Read, Write};
use std::net::TcpStream;
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
    assert_eq!(running.get("/", &[known]).status, 200, "others are still served");
}

/// What is not even read whole is said in words too, in both languages.
#[test]
fn err_what_cannot_be_read_is_refused_in_words() {
    let running = start(&[]);
    let long = |n| "a".repeat(n);
    let lines = "X: y\r\n".repeat(2_000);
    let host = "Host: localhost\r\n";
    let headers =
        ["headers of the request are too long", "Les en-têtes de la requête sont trop longs"];
    let address = ["The address is too long", "L’adresse est trop longue"];
    let nonsense = ["This request cannot be understood", "Cette requête est incompréhensible"];
    let version = ["This server speaks HTTP/1.1", "Ce serveur parle HTTP/1.1"];
    let good = format!("GET /healthz HTTP/1.1\r\n{host}\r\n");
    for (text, status, words) in [
        (format!("GET / HTTP/1.1\r\n{host}X: {}\r\n\r\n", long(200_000)), 431, headers),
        (format!("GET / HTTP/1.1\r\n{host}{lines}\r\n"), 431, headers),
        (format!("GET /?q={} HTTP/1.1\r\n{host}\r\n", long(200_000)), 414, address),
        ("\x16\x03\x01 nonsense\r\n\r\n".to_owned(), 400, nonsense),
        (format!("GET / HTTP/1.1\r\n{host}no header\r\n\r\n"), 400, nonsense),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(), 505, version),
    ] {
        let answer = running.raw(text.as_bytes());
        assert_eq!(answer.status, status, "{answer:?}");
        assert!(words.iter().all(|words| answer.body.contains(words)), "{answer:?}");
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
        let length = answer.body.len().to_string();
        assert_eq!(answer.header("content-length"), Some(length.as_str()));
        assert_eq!(answer.header("connection"), Some("close"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert!(answer.header("server").is_none());
        // So it is where a good request went before it on the same connection.
        let answer = running.raw(format!("{good}{text}").as_bytes());
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(answer.body.contains(&format!("HTTP/1.1 {status} ")), "{answer:?}");
        assert!(words.iter().all(|words| answer.body.contains(words)), "{answer:?}");
    }
    assert_eq!(running.get("/", &[]).status, 200, "others are still served");
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

/// Somebody who asks for an export and takes it drop by drop: the status, and the connection.
fn sip(running: &Running, host: u8) -> Option<(u16, TcpStream)> {
    let mut stream = running.connect_from(host)?;
    // As a browser asks for what somebody clicks.
    let request = "GET /export.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
        Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut drop = [0; 12];
    stream.read_exact(&mut drop).unwrap();
    let status = str::from_utf8(&drop).unwrap().strip_prefix("HTTP/1.1 ").unwrap();
    Some((status.parse().unwrap(), stream))
}

#[test]
fn who_takes_exports_drop_by_drop_holds_only_the_turns_of_one_address() {
    let first = start(&[]);
    std::fs::write(first.folder.path().join("events.csv"), events(3_000)).unwrap();
    let import = first.command(&["import", "events.csv"]).stdout(Stdio::null()).status().unwrap();
    assert!(import.success());
    let db = first.folder.path().join("mali-timeline.db");
    let running = start(&["--db", db.to_str().unwrap()]);
    let rows = |answer: &Answer| {
        let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        json["incidents"].as_array().unwrap().len()
    };
    // Whole, and not in chunks.
    let whole = || {
        let text = "GET /export.json HTTP/1.0\r\nHost: localhost\r\n\r\n";
        running.raw(text.as_bytes())
    };
    let all = rows(&whole());
    assert!(all > 3_000, "{all}");

    // Six at once from one address: four have a turn, two are told to come back.
    let greedy: Option<Vec<_>> = std::thread::scope(|scope| {
        let asked: Vec<_> = (0..6).map(|_| scope.spawn(|| sip(&running, 2))).collect();
        asked.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let Some(greedy) = greedy else {
        eprintln!("this machine has one loopback address: nothing to test");
        return;
    };
    let (mut held, told): (Vec<_>, Vec<_>) =
        greedy.into_iter().partition(|(status, _)| *status == 200);
    assert_eq!((held.len(), told.len()), (4, 2));
    for (status, mut stream) in told {
        let mut rest = String::new();
        stream.read_to_string(&mut rest).unwrap();
        assert_eq!(status, 503);
        assert!(rest.contains("retry-after: 5\r\n"), "{rest}");
        assert!(rest.contains("<h1>Not just now</h1>"), "{rest}");
    }
    let drops = |held: &mut Vec<(u16, TcpStream)>| {
        held.iter_mut().for_each(|(_, stream)| stream.read_exact(&mut [0; 64]).unwrap());
    };
    for _ in 0..3 {
        drops(&mut held);
        // Another has all of it meanwhile, and whoever reads pages has them.
        assert_eq!(rows(&whole()), all);
        let (status, took) = good(&running);
        assert_eq!(status, 200);
        assert!(took < Duration::from_secs(5), "{took:?}");
    }
    // A second who does so takes the other four. Then no turn is left; pages go on.
    held.extend((0..4).map(|_| sip(&running, 3).unwrap()));
    assert!(held.iter().all(|(status, _)| *status == 200));
    let answer = whole();
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("5")));
    drops(&mut held);
    assert_eq!(good(&running).0, 200);
    // When they leave, their turns are free at once.
    held.clear();
    assert_eq!(rows(&whole()), all);
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
