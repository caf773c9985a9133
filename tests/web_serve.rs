//! The real binary: stops when it is told to, is reached where it says, and is read while it
//! imports.

mod running;

use jiff::civil::Date;
use running::{events, own_addresses, rest, start, start_logging};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

#[cfg(unix)]
#[test]
fn it_stops_when_it_is_told_to() {
    for signal in ["-TERM", "-INT"] {
        let mut running = start(&[]);
        assert_eq!(running.get("/healthz", &[]).body, "ok");
        // A reader who has asked for half a page does not hold it up for ever.
        let mut idle = running.connect();
        idle.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n").unwrap();
        let id = running.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let asked = Instant::now();
        let status = running.child.wait().unwrap();
        assert!(status.success(), "{signal}: {status}");
        assert!(asked.elapsed() < Duration::from_secs(15), "{signal}");
        let mut rest = Vec::new();
        let _ = idle.read_to_end(&mut rest);
    }
}

#[test]
fn for_itself_it_listens_on_this_machine_alone() {
    let running = start(&[]);
    assert_eq!(running.addresses.len(), own_addresses());
    assert!(running.local().is_ipv4(), "old scripts know only that");
    assert!(running.addresses.iter().all(|a| a.ip().is_loopback()));
    assert!(running.folder.path().join("mali-timeline.db").exists());
    // `localhost` is either of them, and not everywhere the same one.
    for address in ("localhost", running.local().port()).to_socket_addrs().unwrap() {
        let mut stream = TcpStream::connect(address).unwrap();
        let host = format!("localhost:{}", address.port());
        write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        assert_eq!(rest(stream).status, 200, "{address}");
    }
}

#[test]
fn its_log_tells_what_a_reader_wants_to_know_in_plain_text() {
    let said = start_logging(tempfile::tempdir().unwrap(), &[], None).said.clone();
    assert!(said.contains("imported 5 bundled documents"), "{said}");
    assert!(!said.contains('\u{1b}'), "no colours where it is no terminal: {said:?}");
    assert!(!said.contains("migrat"), "{said}");
}

#[test]
fn two_who_filter_at_once_do_not_disturb_each_other() {
    let running = start(&[]);
    let paths = [
        "/timeline.json?region=mopti&lang=fr",
        "/timeline.json?perpetrator=jnim&sort=deadliest",
        "/?from=2022&lang=fr",
        "/map.json?victim=civilians",
        "/export.csv?region=mopti",
        "/?q=no+such+word",
    ];
    let ask = |path: &str| {
        let mut answer = ureq::get(format!("http://{}{path}", running.local())).call().unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        // The moment at which an export was made, and its seal, are its own.
        let lasting =
            |line: &&str| !line.starts_with("# exported") && !line.starts_with("# sha256");
        text.lines().filter(lasting).collect::<Vec<_>>().join("\n")
    };
    let alone = paths.map(ask);
    for (i, a) in alone.iter().enumerate() {
        assert!(alone.iter().skip(i + 1).all(|b| a != b), "{} tells something", paths[i]);
    }
    std::thread::scope(|scope| {
        for reader in 0..paths.len() {
            let (ask, alone) = (&ask, &alone);
            scope.spawn(move || {
                for turn in 0..10 {
                    let i = (reader + turn * (reader + 1)) % paths.len();
                    assert_eq!(ask(paths[i]), alone[i], "{}", paths[i]);
                }
            });
        }
    });
}

#[test]
fn an_import_shows_no_half_file_and_holds_no_reader_up() {
    let running = start(&[]);
    let address = format!("http://{}", running.local());
    // Incidents of each source, as one reader sees them at one moment.
    let told = || {
        let mut answer = ureq::get(format!("{address}/export.json")).call().unwrap();
        let export: serde_json::Value =
            serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap();
        let mut told = BTreeMap::<String, usize>::new();
        for incident in export["incidents"].as_array().unwrap() {
            for account in incident["accounts"].as_array().unwrap() {
                let id = account["source"]["id"].as_str().unwrap();
                *told.entry(id.to_owned()).or_default() += 1;
            }
        }
        told
    };
    let before = told();
    let docs = running.folder.path().join("docs");
    std::fs::create_dir(&docs).unwrap();
    for file in 0..8 {
        let mut text =
            format!("---\ntitle: Story {file}\npublished: 2024-01-01\nkind: news\n---\n\n");
        for (month, day) in (1..=12).flat_map(|m| [(m, 3), (m, 13), (m, 23)]) {
            let (year, dead) = (2013 + file, month + day);
            let month = Date::new(year, month, 1).unwrap().strftime("%B");
            text += &format!(
                "On {day} {month} {year}, soldiers killed at least {dead} civilians in Hombori.\n\n"
            );
        }
        std::fs::write(docs.join(format!("{file}.md")), text).unwrap();
    }
    let mut import = running.command(&["import", "docs"]).stdout(Stdio::null()).spawn().unwrap();
    let mut seen = Vec::new();
    let status = loop {
        let asked = Instant::now();
        seen.push(told());
        assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
        if let Some(status) = import.try_wait().unwrap() {
            break status;
        }
    };
    assert!(status.success());
    let after = told();
    assert_eq!(after.len(), before.len() + 8);
    assert!(after.iter().all(|(id, n)| before.contains_key(id) || *n > 20), "{after:?}");
    for (id, n) in seen.iter().flatten() {
        assert_eq!(n, &after[id], "{id} is seen whole or not at all");
    }
}

/// What one reader sees who pages through a filter again and again.
#[derive(Debug, Default)]
struct Seen {
    /// How many incidents each page said that there are, in the order of asking.
    totals: Vec<u64>,
    /// Pages asked for before the import was done.
    during: usize,
    /// The longest that a page took.
    slowest: Duration,
    /// Ids on the pages of the last time through.
    ids: Vec<String>,
}

/// Pages through a filter until `done`, and once more.
fn page_through(address: &str, filter: &str, done: &AtomicBool) -> Seen {
    let mut seen = Seen::default();
    loop {
        let last = done.load(Ordering::SeqCst);
        seen.ids.clear();
        let mut next = Some(format!("/timeline.json?{filter}"));
        while let Some(path) = next {
            let asked = Instant::now();
            let mut answer = ureq::get(format!("{address}{path}")).call().unwrap();
            let page: serde_json::Value =
                serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap();
            seen.slowest = seen.slowest.max(asked.elapsed());
            seen.during += usize::from(!done.load(Ordering::SeqCst));
            seen.totals.push(page["total"].as_u64().unwrap());
            let incidents = page["incidents"].as_array().unwrap();
            seen.ids.extend(incidents.iter().map(|i| i["id"].as_str().unwrap().to_owned()));
            // A thousand are enough to see whether any comes twice.
            next = page["next"].as_str().filter(|_| seen.ids.len() < 1_000).map(str::to_owned);
        }
        let different: BTreeSet<_> = seen.ids.iter().collect();
        assert_eq!(different.len(), seen.ids.len(), "{filter}: one came twice");
        if last {
            return seen;
        }
    }
}

#[test]
fn two_who_read_while_many_rows_are_imported_see_all_of_them_or_none() {
    let running = start(&[]);
    let address = format!("http://{}", running.local());
    let filters = ["region=gao&sort=oldest", "perpetrator=jnim&lang=fr&sort=deadliest"];
    let total = |filter: &str| -> u64 {
        let mut answer = ureq::get(format!("{address}/timeline.json?{filter}")).call().unwrap();
        let page: serde_json::Value =
            serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap();
        page["total"].as_u64().unwrap()
    };
    let before = filters.map(total);
    std::fs::write(running.folder.path().join("events.csv"), events(8_000)).unwrap();
    let done = AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        let (address, done) = (&address, &done);
        let readers =
            filters.map(|filter| scope.spawn(move || page_through(address, filter, done)));
        let import = running.command(&["import", "events.csv"]).stdout(Stdio::null()).status();
        done.store(true, Ordering::SeqCst);
        assert!(import.unwrap().success());
        readers.map(|reader| reader.join().unwrap())
    });
    let after = filters.map(total);
    // Each fourth is at Gao; two of three name JNIM, of which some were there already.
    assert!(after[0] >= before[0] + 2_000 && after[1] > before[1] + 5_000, "{after:?}");
    for ((seen, filter), (before, after)) in
        seen.iter().zip(filters).zip(before.into_iter().zip(after))
    {
        assert!(seen.during > 2, "{filter} was read while rows came in: {}", seen.during);
        assert!(seen.slowest < Duration::from_secs(5), "{filter}: {:?}", seen.slowest);
        let whole = |total: &u64| *total == before || *total == after;
        assert!(seen.totals.iter().all(whole), "{filter}: half a file in {:?}", seen.totals);
        assert!(seen.totals.is_sorted(), "{filter}: {:?}", seen.totals);
        assert_eq!(seen.totals.first(), Some(&before), "{filter}");
        assert_eq!(seen.totals.last(), Some(&after), "{filter}");
        assert!(seen.ids.len() >= 1_000, "{filter}: {}", seen.ids.len());
    }
}
