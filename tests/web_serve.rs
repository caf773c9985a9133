//! The real binary: stops when it is told to, and is reached where it says.

use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

struct Running {
    child: Child,
    /// Addresses that it printed.
    addresses: Vec<String>,
    _folder: TempDir,
}

fn start(args: &[&str]) -> Running {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_mali-timeline"))
        .args(args)
        .current_dir(folder.path())
        .env_remove("MALI_TIMELINE_DB")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut addresses = Vec::new();
    let mut read = |out: &mut BufReader<_>| {
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").expect("its address");
        addresses.push(address.to_owned());
    };
    read(&mut out);
    // The lines are written at once: what the buffer holds is all.
    while out.buffer().contains(&b'\n') {
        read(&mut out);
    }
    Running { child, addresses, _folder: folder }
}

impl Running {
    fn answers(&self, address: &str) -> bool {
        ureq::get(format!("{address}/healthz"))
            .call()
            .is_ok_and(|mut a| a.body_mut().read_to_string().unwrap() == "ok")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn it_stops_when_it_is_told_to() {
    for signal in ["-TERM", "-INT"] {
        let mut running = start(&["--port", "0"]);
        let address = running.addresses[0].clone();
        assert!(running.answers(&address));
        // A reader who has asked for half a page does not hold it up for ever.
        let socket = address.strip_prefix("http://").unwrap();
        let mut idle = std::net::TcpStream::connect(socket).unwrap();
        std::io::Write::write_all(&mut idle, b"GET / HTTP/1.1\r\nHost: x\r\n").unwrap();
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
    let running = start(&["--port", "0"]);
    assert_eq!(running.addresses.len(), 1);
    assert!(running.addresses[0].starts_with("http://127.0.0.1:"));
    assert!(Path::new(running._folder.path()).join("mali-timeline.db").exists());
}

#[test]
fn an_import_shows_no_half_file_and_holds_no_reader_up() {
    let running = start(&["--port", "0"]);
    let address = running.addresses[0].clone();
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
    let docs = running._folder.path().join("docs");
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
    let mut import = Command::new(env!("CARGO_BIN_EXE_mali-timeline"))
        .args(["import", "docs"])
        .current_dir(running._folder.path())
        .env_remove("MALI_TIMELINE_DB")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
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
