//! Every export of a large database, downloaded from the real program: how long until the first
//! bytes come, how long it takes, and the most memory that the program ever used. Then, whether
//! the work ends when readers leave.
//!
//! `cargo bench --bench exports -- 1000000 /tmp/large.db` makes a million incidents there, or
//! takes those that are there already. Memory is read from `/proc`: on Linux only.

#[path = "../tests/running/mod.rs"]
mod running;
#[path = "../tests/support/mod.rs"]
mod support;

use mali_timeline::export::Format;
use mali_timeline::store::Db;
use running::{Running, start_in};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Incidents when nobody says how many.
const FEW: usize = 20_000;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let incidents = args.first().and_then(|a| a.parse().ok()).unwrap_or(FEW);
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let path = args.get(1).map_or_else(|| folder.path().join("large.db"), PathBuf::from);
    if !path.exists() {
        fill(&path, incidents);
    }
    println!("{} incidents, {} MB", count(&path), megabytes(size(&path)));
    let db = path.to_str().expect("a path of letters");
    println!("{:12} {:>10} {:>10} {:>8} {:>8}", "format", "first ms", "all ms", "MB", "peak MB");
    for format in Format::ALL {
        // Each has a program of its own, so that the peak is its own.
        let running = start_in(tempfile::tempdir().expect("a folder"), &["--db", db]);
        let before = peak(&running);
        let asked = Instant::now();
        let mut stream = ask(&running, &format!("/export.{}", format.as_str()));
        let (mut bytes, mut buffer) = (0, vec![0; 1 << 16]);
        let mut first = None;
        loop {
            let n = stream.read(&mut buffer).expect("the download goes on");
            first.get_or_insert_with(|| asked.elapsed());
            if n == 0 {
                break;
            }
            bytes += n as u64;
        }
        println!(
            "{:12} {:>10} {:>10} {:>8} {:>8}   (started with {before})",
            format.as_str(),
            first.unwrap_or_default().as_millis(),
            asked.elapsed().as_millis(),
            megabytes(bytes),
            peak(&running)
        );
    }
    leave(db);
}

fn fill(path: &Path, incidents: usize) {
    let db = Db::open(path).expect("a new database");
    let began = Instant::now();
    support::large::fill(&db, 1, incidents, |done| {
        if done % 100_000 == 0 {
            eprintln!("{done} incidents in {:?}", began.elapsed());
        }
    })
    .expect("a generated incident is a good one");
}

/// Readers who leave after the first bytes: the program must come to rest.
fn leave(db: &str) {
    let running = start_in(tempfile::tempdir().expect("a folder"), &["--db", db]);
    for format in Format::ALL {
        let mut stream = ask(&running, &format!("/export.{}", format.as_str()));
        let _ = stream.read(&mut [0; 1024]).expect("the download begins");
    }
    let left = Instant::now();
    let mut before = busy(&running);
    loop {
        std::thread::sleep(Duration::from_millis(500));
        let now = busy(&running);
        if now == before {
            break;
        }
        before = now;
    }
    println!("at rest {:?} after {} readers left", left.elapsed(), Format::ALL.len());
}

fn ask(running: &Running, path: &str) -> std::net::TcpStream {
    let mut stream = running.connect();
    stream.set_read_timeout(Some(Duration::from_secs(900))).expect("a time above zero");
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it listens");
    stream
}

fn count(path: &Path) -> u64 {
    let db = Db::open_to_read(path).expect("a database");
    let filter = Default::default();
    let all = db.read(|db| mali_timeline::store::incident::overview(db, &filter));
    all.expect("it can be counted").incidents
}

/// The most memory that the program ever held, in MB.
fn peak(running: &Running) -> u64 {
    let path = format!("/proc/{}/status", running.child.id());
    let status = fs::read_to_string(path).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Ticks of processor time that it has used.
fn busy(running: &Running) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", running.child.id()));
    let stat = stat.unwrap_or_default();
    let after = stat.rsplit(") ").next().unwrap_or_default();
    after.split(' ').skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum()
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |m| m.len())
}

fn megabytes(bytes: u64) -> u64 {
    bytes / 1_000_000
}
