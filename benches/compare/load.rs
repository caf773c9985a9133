//! Asks an HTTP server for pages over kept-open connections and says how fast they came; or is
//! a server itself that answers everything with the same bytes, to be compared with.
//!
//! `load ask HOST:PORT PATHS CONNECTIONS SECONDS [HEADER…]`: the lines of the file PATHS in
//! turn, from the first again after the last, as `name: value` headers say; prints one JSON
//! object. `load fixed BYTES`: prints its address and serves until it is ended.

use axum::Router;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use serde_json::json;
use std::error::Error;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

type Fallible<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// One answer.
struct Answer {
    status: u16,
    bytes: usize,
    took: Duration,
}

/// A connection that is kept open.
struct Connection {
    stream: BufReader<TcpStream>,
    head: String,
    line: Vec<u8>,
    body: Vec<u8>,
}

impl Connection {
    fn open(address: &str, headers: &[String]) -> Fallible<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let mut head = format!(" HTTP/1.1\r\nhost: {address}\r\n");
        for header in headers {
            head.push_str(header);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        Ok(Self { stream: BufReader::new(stream), head, line: Vec::new(), body: Vec::new() })
    }

    fn ask(&mut self, path: &str) -> Fallible<Answer> {
        let start = Instant::now();
        self.stream.get_mut().write_all(format!("GET {path}{}", self.head).as_bytes())?;
        let status = self.line()?.get(9..12).ok_or("no status line")?.parse()?;
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line()?.to_ascii_lowercase();
            match line.split_once(':') {
                Some(("content-length", value)) => length = value.trim().parse()?,
                Some(("transfer-encoding", value)) => chunked = value.trim() == "chunked",
                Some(_) => {}
                None => break,
            }
        }
        let bytes = match (status, chunked) {
            (304, _) => 0,
            (_, false) => self.body(length)?,
            (_, true) => self.chunks()?,
        };
        Ok(Answer { status, bytes, took: start.elapsed() })
    }

    /// The next line, without its end.
    fn line(&mut self) -> Fallible<&str> {
        self.line.clear();
        if self.stream.read_until(b'\n', &mut self.line)? == 0 {
            return Err("the connection was closed".into());
        }
        Ok(std::str::from_utf8(&self.line)?.trim_end())
    }

    fn body(&mut self, length: usize) -> Fallible<usize> {
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body)?;
        Ok(length)
    }

    fn chunks(&mut self) -> Fallible<usize> {
        let mut sum = 0;
        loop {
            let length = usize::from_str_radix(self.line()?, 16)?;
            sum += self.body(length)?;
            self.line()?;
            if length == 0 {
                return Ok(sum);
            }
        }
    }
}

fn ask(
    address: &str,
    paths: &str,
    connections: usize,
    limit: f64,
    headers: &[String],
) -> Fallible<()> {
    let text = fs::read_to_string(paths)?;
    let paths: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let next = AtomicUsize::new(0);
    let start = Instant::now();
    let end = start + Duration::from_secs_f64(limit);
    let work = || -> Fallible<Vec<Answer>> {
        let mut connection = Connection::open(address, headers)?;
        let mut answers = Vec::new();
        while Instant::now() < end {
            let path = paths[next.fetch_add(1, Ordering::Relaxed) % paths.len()];
            answers.push(connection.ask(path)?);
        }
        Ok(answers)
    };
    let answers: Vec<Answer> = thread::scope(|scope| {
        let threads: Vec<_> = (0..connections).map(|_| scope.spawn(work)).collect();
        let mut all = Vec::new();
        for thread in threads {
            all.extend(thread.join().map_err(|_| "a thread panicked")??);
        }
        Fallible::Ok(all)
    })?;
    let seconds = start.elapsed().as_secs_f64();
    let mut times: Vec<f64> = answers.iter().map(|a| a.took.as_secs_f64() * 1e3).collect();
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times.get(((times.len() - 1) as f64 * part) as usize).copied();
    let fine = answers.iter().filter(|a| matches!(a.status, 200 | 304)).count();
    let summary = json!({
        "requests": answers.len(),
        "distinct": answers.len().min(paths.len()),
        "rate": answers.len() as f64 / seconds,
        "p50_ms": at(0.5),
        "p99_ms": at(0.99),
        "max_ms": at(1.0),
        "mean_bytes": answers.iter().map(|a| a.bytes).sum::<usize>() / answers.len().max(1),
        "failed": answers.len() - fine,
    });
    writeln!(io::stdout(), "{summary}")?;
    Ok(())
}

#[tokio::main]
async fn fixed(bytes: usize) -> Fallible<()> {
    let body = bytes::Bytes::from(vec![b'x'; bytes]);
    let answer = move || {
        let body = body.clone();
        async move { ([(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], body) }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    writeln!(io::stdout(), "listening on http://{}", listener.local_addr()?)?;
    Ok(axum::serve(listener, Router::new().fallback(answer)).await?)
}

fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["fixed", bytes] => fixed(bytes.parse()?),
        ["ask", address, paths, connections, seconds, ..] => {
            ask(address, paths, connections.parse()?, seconds.parse()?, &arguments[5..])
        }
        _ => Err("see the first lines of benches/compare/load.rs".into()),
    }
}
