//! The real binary on a port of its own, and answers as they came over the wire.

#![allow(dead_code, reason = "each test file uses a part of it")]

use socket2::{Domain, Socket, Type};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A running program, stopped when the test ends.
pub struct Running {
    pub child: Child,
    /// What it printed as `listening on http://…`, or `https`.
    pub addresses: Vec<SocketAddr>,
    /// What it said on standard error before it was asked anything.
    pub said: String,
    pub folder: TempDir,
}

/// Starts it in a folder of its own, without telling the network.
pub fn start(args: &[&str]) -> Running {
    start_in(tempfile::tempdir().unwrap(), args)
}

/// The same in a folder where something is already.
pub fn start_in(folder: TempDir, args: &[&str]) -> Running {
    start_logging(folder, args, Some("off"))
}

/// The same, logging what `level` says; what it logs by itself where nothing is said.
pub fn start_logging(folder: TempDir, args: &[&str], level: Option<&str>) -> Running {
    let mut command = command(folder.path(), &["serve", "--port", "0", "--no-mdns"]);
    match level {
        Some(level) => command.env("RUST_LOG", level),
        None => command.env_remove("RUST_LOG"),
    };
    let mut child = command
        .args(args)
        .stdout(Stdio::piped())
        .stderr(File::create(folder.path().join("err")).unwrap())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut addresses = Vec::new();
    loop {
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").expect(&line);
        let (_, address) = address.split_once("://").expect(&line);
        addresses.push(address.parse().expect("an address"));
        // The lines are written at once: what the buffer holds is all.
        if !out.buffer().contains(&b'\n') {
            break;
        }
    }
    let mut running = Running { child, addresses, said: String::new(), folder };
    // It answers only after it has said everything; what, does not matter.
    running.raw(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    running.said = std::fs::read_to_string(running.folder.path().join("err")).unwrap();
    running
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.head.lines().filter_map(|l| l.split_once(": "));
        found.filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v).next()
    }

    /// `name=value` of the cookie that it sets.
    pub fn cookie(&self) -> String {
        let cookie = self.header("set-cookie").expect("a cookie");
        cookie.split(';').next().unwrap().to_owned()
    }
}

/// What is read until the connection ends.
pub fn rest(mut stream: impl Read) -> Answer {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

impl Running {
    /// The program itself with other arguments, in its folder.
    pub fn command(&self, args: &[&str]) -> Command {
        command(self.folder.path(), args)
    }

    /// Its first address.
    pub fn local(&self) -> SocketAddr {
        self.addresses[0]
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.local()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        stream
    }

    /// The same from another address of this machine, `127.0.0.HOST`, and with so little room
    /// that what is not read waits on the other side. Nothing where there is no such address.
    pub fn connect_from(&self, host: u8) -> Option<TcpStream> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        socket.bind(&SocketAddr::from(([127, 0, 0, host], 0)).into()).ok()?;
        socket.connect(&self.local().into()).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        Some(socket.into())
    }

    /// Sends exactly these bytes.
    pub fn raw(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // An answer may come, and the connection end, before everything is sent.
        let _ = stream.write_all(bytes);
        rest(stream)
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            text += &format!("Host: {}\r\n", self.local());
        }
        for (name, value) in headers {
            text += &format!("{name}: {value}\r\n");
        }
        if method == "POST" {
            text += "Content-Type: application/x-www-form-urlencoded\r\n";
            text += &format!("Content-Length: {}\r\n", body.len());
        }
        self.raw(format!("{text}\r\n{body}").as_bytes())
    }

    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers, "")
    }

    /// The key that it printed.
    pub fn key(&self) -> String {
        let line = self.said.lines().find_map(|l| l.strip_prefix("key "));
        line.expect(&self.said).to_owned()
    }
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mali-timeline"));
    command.args(args).current_dir(folder).env_remove("MALI_TIMELINE_DB");
    command
}

/// How many addresses of its own this machine has: with IPv6 or without.
pub fn own_addresses() -> usize {
    if TcpListener::bind("[::1]:0").is_ok() { 2 } else { 1 }
}

/// A file of so many events in the layout of UCDP GED, one a day, at places in turn. Invented.
pub fn events(rows: usize) -> String {
    let mut text = "id,year,type_of_violence,dyad_name,side_a,side_b,source_original,\
        source_headline,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,country,\
        date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,\
        low\n"
        .to_owned();
    let places = [
        ("Hombori", "Mopti", "15.283,-1.7"),
        ("Gao", "Gao", "16.271,-0.044"),
        ("Niono", "Ségou", "14.252,-5.993"),
        ("Kidal", "Kidal", "18.441,1.407"),
    ];
    let first = jiff::civil::date(1997, 1, 1);
    for row in 0..rows {
        let (place, region, point) = places[row % places.len()];
        let day = first.saturating_add(jiff::Span::new().days((row / 4) as i64));
        let (sides, violence) = match row % 3 {
            0 => ("JNIM,Civilians", 3),
            1 => ("Government of Mali,JNIM", 1),
            _ => ("JNIM,IS", 2),
        };
        let (year, dead) = (day.year(), row % 17);
        text += &format!(
            "{row},{year},{violence},{},{sides},Residents,Attack at {place},1,{place} town,\
             {region} region,{place} cercle,{point},Mali,1,{day},{day},0,0,{dead},0,{dead},{dead},\
             {dead}\n",
            sides.replace(',', " - ")
        );
    }
    text
}
