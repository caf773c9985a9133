//! Connections and their limits. Whoever is slow or asks for too much loses their own
//! connection; others are still served.

/// Requests that cannot be read.
mod refusing;
/// Readers who take nothing.
mod stalling;
/// Which connections wait and which are at work.
mod waiting;

use super::guard::Ends;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use futures_util::future::join_all;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use refusing::{Refusal, Refusing};
use socket2::SockRef;
use stalling::Stalling;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tower::ServiceExt;
use waiting::{Busy, Line, Sent, Waiting};

/// Connections at once. One more takes the place of the one that has said nothing for longest.
pub const CONNECTIONS: usize = 512;

/// How long the line and headers of a request may take, and how long a connection may wait
/// for its next one.
const HEADER_TIME: Duration = Duration::from_secs(10);

/// How long the two sides may take to agree on encryption.
const HANDSHAKE_TIME: Duration = Duration::from_secs(10);

/// How long a reader may take nothing of what is sent.
const STALL_TIME: Duration = Duration::from_secs(30);

/// Bytes that the system keeps for a reader until they are taken. Left to itself it keeps
/// megabytes: then hundreds of readers who take nothing take much, and one who takes little seems
/// to take nothing, since the system asks for more only once a third of it is gone.
const SEND_BUFFER: usize = 256 * 1024;

/// Headers of one request; fewer are refused with a page (see `security`).
const HEADERS: usize = 256;

/// The longest line and headers together, in bytes; fewer are refused with a page.
const HEADER_BYTES: usize = 64 * 1024;

/// The system's words for "too many open files", of a process and of a machine (on Unix).
const EMFILE: i32 = 24;
const ENFILE: i32 = 23;

/// Connections that are told at once why they are not served; more are only closed.
const REFUSALS: usize = 64;

/// First byte of whoever wants to speak TLS.
const TLS_HANDSHAKE: u8 = 0x16;

/// An answer that is given without looking at a page: status line with further headers, and
/// words in both languages, since nobody has looked at which the reader wants.
type Short = (&'static str, &'static str);

const FULL: Short = (
    "503 Service Unavailable\r\nretry-after: 5",
    "Too many are asking at once. Try again in a moment.\r\n\
     Trop de demandes en même temps. Réessayez dans un instant.\r\n",
);
const SLOW: Short = (
    "408 Request Timeout",
    "The request took too long to arrive. Try again.\r\n\
     La requête a mis trop de temps à arriver. Réessayez.\r\n",
);
const NOT_ENCRYPTED: Short = (
    "400 Bad Request",
    "This port speaks HTTPS: begin the address with https://\r\n\
     Ce port parle HTTPS : commencez l’adresse par https://\r\n",
);
const MALFORMED: Short = (
    "400 Bad Request",
    "This request cannot be understood: it is not valid HTTP/1.1.\r\n\
     Cette requête est incompréhensible : elle n’est pas du HTTP/1.1 valide.\r\n",
);
const LONG_ADDRESS: Short = (
    "414 URI Too Long",
    "The address is too long: at most 16 KiB. Shorten the search or choose fewer filters.\r\n\
     L’adresse est trop longue : 16 Kio au plus. Raccourcissez la recherche ou choisissez moins \
     de filtres.\r\n",
);
const LONG_HEADERS: Short = (
    "431 Request Header Fields Too Large",
    "The headers of the request are too long: at most 32 KiB, in 64 lines. If a browser sent \
     them, delete the cookies of this site and try again.\r\n\
     Les en-têtes de la requête sont trop longs : 32 Kio au plus, en 64 lignes. Si un navigateur \
     les a envoyés, supprimez les cookies de ce site et réessayez.\r\n",
);
const OTHER_VERSION: Short = (
    "505 HTTP Version Not Supported",
    "This server speaks HTTP/1.1.\r\nCe serveur parle HTTP/1.1.\r\n",
);

/// What all connections share.
struct Shared {
    app: Router,
    tls: Option<TlsAcceptor>,
    slots: Arc<Semaphore>,
    refusals: Arc<Semaphore>,
    waiting: Arc<Waiting>,
}

/// Answers on `listeners` until `stop`, and then what is under way; encrypted with `tls`.
pub async fn accept(
    listeners: Vec<TcpListener>,
    app: Router,
    tls: Option<TlsAcceptor>,
    stop: watch::Receiver<bool>,
) {
    let shared = Arc::new(Shared {
        app,
        tls,
        slots: Arc::new(Semaphore::new(CONNECTIONS)),
        refusals: Arc::new(Semaphore::new(REFUSALS)),
        waiting: Arc::default(),
    });
    join_all(listeners.into_iter().map(|l| entrance(l, shared.clone(), stop.clone()))).await;
    // All slots are free once every connection has ended.
    let _ = shared.slots.acquire_many(CONNECTIONS as u32).await;
}

/// Takes the connections of one listener until `stop`.
async fn entrance(listener: TcpListener, shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // One connection that broke at once, or no more files to be had for now: then
                // one that only waits makes room.
                tracing::debug!("accepting: {error}");
                if matches!(error.raw_os_error(), Some(EMFILE | ENFILE)) {
                    shared.waiting.close_oldest();
                }
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        match slot(&shared).await {
            Some(slot) => {
                let task = one(stream, peer, shared.clone(), stop.clone());
                tokio::spawn(async move {
                    task.await;
                    drop(slot);
                });
            }
            // What is not encrypted would be gibberish to whoever waits for TLS.
            None if shared.tls.is_some() => {}
            None => {
                if let Ok(turn) = shared.refusals.clone().try_acquire_owned() {
                    tokio::spawn(async move {
                        dismiss(stream, FULL).await;
                        drop(turn);
                    });
                }
            }
        }
    }
}

/// A place for one more connection, if need be that of one that only waits.
async fn slot(shared: &Shared) -> Option<OwnedSemaphorePermit> {
    if let Ok(slot) = shared.slots.clone().try_acquire_owned() {
        return Some(slot);
    }
    if !shared.waiting.close_oldest() {
        return None;
    }
    timeout(Duration::from_secs(1), shared.slots.clone().acquire_owned()).await.ok()?.ok()
}

/// Says why nothing is served, and closes. What was sent is read first, since closing over it
/// would take the answer away from the other side.
async fn dismiss(mut stream: impl AsyncRead + AsyncWrite + Unpin, (status, text): Short) {
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {}\r\n\
         x-content-type-options: nosniff\r\ncache-control: no-store\r\nconnection: close\r\n\
         \r\n{text}",
        text.len()
    );
    let said = async {
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await?;
        let mut rest = [0; 4096];
        while stream.read(&mut rest).await? > 0 {}
        Ok::<_, io::Error>(())
    };
    let _ = timeout(Duration::from_secs(1), said).await;
}

fn ends(stream: &TcpStream, peer: SocketAddr) -> Option<Ends> {
    let plain = |ip: IpAddr| ip.to_canonical();
    let local = stream.local_addr().ok()?;
    Some(Ends { local: plain(local.ip()), peer: plain(peer.ip()) })
}

/// Serves one connection to its end.
async fn one(
    stream: TcpStream,
    peer: SocketAddr,
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let _ = SockRef::from(&stream).set_send_buffer_size(SEND_BUFFER);
    let ends = ends(&stream, peer);
    let line = Arc::new(Line::new(shared.waiting.clone()));
    match &shared.tls {
        None => {
            let stream = Stalling::new(stream, STALL_TIME);
            answer(stream, ends, &shared.app, line.clone(), stop).await;
        }
        Some(tls) => {
            let opened = tokio::select! {
                opened = timeout(HANDSHAKE_TIME, open(stream, tls)) => opened,
                () = line.told_to_close() => Ok(None),
                _ = stop.wait_for(|stop| *stop) => Ok(None),
            };
            if let Ok(Some(stream)) = opened {
                answer(stream, ends, &shared.app, line.clone(), stop).await;
            }
        }
    }
    line.leave();
}

/// The encrypted stream; none where the other side does not encrypt, which it is told.
async fn open(stream: TcpStream, tls: &TlsAcceptor) -> Option<TlsStream<Stalling>> {
    let mut first = [0];
    if stream.peek(&mut first).await.ok()? == 1 && first[0] != TLS_HANDSHAKE {
        dismiss(stream, NOT_ENCRYPTED).await;
        return None;
    }
    match tls.accept(Stalling::new(stream, STALL_TIME)).await {
        Ok(stream) => Some(stream),
        Err(error) => {
            tracing::debug!("no encryption was agreed on: {error}");
            None
        }
    }
}

/// Answers the requests of one connection.
async fn answer(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    ends: Option<Ends>,
    app: &Router,
    line: Arc<Line>,
    mut stop: watch::Receiver<bool>,
) {
    let service = service_fn(|request: hyper::Request<Incoming>| {
        let (app, busy) = (app.clone(), Busy::new(line.clone()));
        async move {
            let mut request: Request = request.map(Body::new);
            if let Some(ends) = ends {
                request.extensions_mut().insert(ends);
            }
            let Ok(response) = app.oneshot(request).await;
            Ok::<_, Infallible>(response.map(|body| Sent::new(body, busy)))
        }
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_headers(HEADERS)
        .max_buf_size(HEADER_BYTES)
        .serve_connection(TokioIo::new(Refusing::new(stream, line.clone())), service);
    let mut stopping = false;
    let ended = loop {
        tokio::select! {
            ended = Pin::new(&mut connection) => break ended,
            () = line.told_to_close() => return,
            _ = stop.wait_for(|stop| *stop), if !stopping => {
                if line.is_waiting() {
                    return;
                }
                stopping = true;
                Pin::new(&mut connection).graceful_shutdown();
            }
        }
    };
    let Err(error) = ended else { return };
    tracing::debug!("a connection ended: {error}");
    let parts = connection.into_parts();
    let (stream, refusal) = parts.io.into_inner().into_parts();
    let answer = match refusal {
        Some(Refusal::Malformed) => MALFORMED,
        Some(Refusal::Address) => LONG_ADDRESS,
        // All that is read is one line.
        Some(Refusal::Headers) if !parts.read_buf.contains(&b'\n') => LONG_ADDRESS,
        Some(Refusal::Headers) => LONG_HEADERS,
        None if error.is_parse_version_h2() => OTHER_VERSION,
        // One that only waited for its next request is told nothing.
        None if error.is_timeout() && !parts.read_buf.is_empty() => SLOW,
        None => return,
    };
    dismiss(stream, answer).await;
}
