//! What is too long, too slow or too much, with the real binary on loopback: a clear answer,
//! while others are still served.

mod running;

use running::{Running, rest, start};
use std::io::{Read, Write};
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
