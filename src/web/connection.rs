//! Connections and their limits. Whoever is slow or asks for too much loses their own
//! connection; others are still served.

use super::guard::Ends;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Sleep, sleep, timeout};
use tower::ServiceExt;

/// Connections at once. One more takes the place of the one that has said nothing for longest.
pub const CONNECTIONS: usize = 512;

/// How long the line and headers of a request may take, and how long a connection may wait
/// for its next one.
const HEADER_TIME: Duration = Duration::from_secs(10);

/// How long a reader may take nothing of what is sent.
const STALL_TIME: Duration = Duration::from_secs(30);

/// Headers of one request.
const HEADERS: usize = 64;

/// The longest line and headers together, in bytes; pages refuse less with a better answer.
const HEADER_BYTES: usize = 64 * 1024;

/// The system's words for "too many open files", of a process and of a machine (on Unix).
const EMFILE: i32 = 24;
const ENFILE: i32 = 23;

/// The answer when every connection is at work.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain\r\n\
    content-length: 41\r\nretry-after: 5\r\nconnection: close\r\n\r\n\
    Too many are asking at once. Try again.\r\n";

/// Answers on `listener` until `stop`, and then what is under way.
pub async fn accept(listener: TcpListener, app: Router, mut stop: watch::Receiver<bool>) {
    let slots = Arc::new(Semaphore::new(CONNECTIONS));
    let waiting = Arc::new(Waiting::default());
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
                    waiting.close_oldest();
                }
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        match slot(&slots, &waiting).await {
            Some(slot) => {
                let ends = ends(&stream, peer);
                let task = one(stream, app.clone(), ends, waiting.clone(), stop.clone());
                tokio::spawn(async move {
                    task.await;
                    drop(slot);
                });
            }
            None => {
                tokio::spawn(refuse(stream));
            }
        }
    }
    // All slots are free once every connection has ended.
    let _ = slots.acquire_many(CONNECTIONS as u32).await;
}

/// A place for one more connection, if need be that of one that only waits.
async fn slot(slots: &Arc<Semaphore>, waiting: &Waiting) -> Option<OwnedSemaphorePermit> {
    if let Ok(slot) = slots.clone().try_acquire_owned() {
        return Some(slot);
    }
    if !waiting.close_oldest() {
        return None;
    }
    timeout(Duration::from_secs(1), slots.clone().acquire_owned()).await.ok()?.ok()
}

async fn refuse(mut stream: TcpStream) {
    let _ = timeout(Duration::from_secs(1), stream.write_all(FULL)).await;
}

fn ends(stream: &TcpStream, peer: SocketAddr) -> Option<Ends> {
    let plain = |ip: IpAddr| ip.to_canonical();
    let local = stream.local_addr().ok()?;
    Some(Ends { local: plain(local.ip()), peer: plain(peer.ip()) })
}

/// Serves one connection to its end.
async fn one(
    stream: TcpStream,
    app: Router,
    ends: Option<Ends>,
    waiting: Arc<Waiting>,
    mut stop: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let close = Arc::new(Notify::new());
    let line = Arc::new(Line { waiting, close: close.clone(), place: Mutex::new(None) });
    line.wait();
    let service = {
        let line = line.clone();
        service_fn(move |request: hyper::Request<Incoming>| {
            let (app, line) = (app.clone(), line.clone());
            async move {
                let busy = Busy::new(line);
                let mut request: Request = request.map(Body::new);
                if let Some(ends) = ends {
                    request.extensions_mut().insert(ends);
                }
                let Ok(response) = app.oneshot(request).await;
                Ok::<_, Infallible>(response.map(|body| Sent { body, _busy: busy }))
            }
        })
    };
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_headers(HEADERS)
        .max_buf_size(HEADER_BYTES)
        .serve_connection(TokioIo::new(Stalling::new(stream, STALL_TIME)), service);
    let mut connection = pin!(connection);
    let mut stopping = false;
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!("a connection ended: {error}");
                }
                break;
            }
            () = close.notified() => break,
            _ = stop.wait_for(|stop| *stop), if !stopping => {
                if line.is_waiting() {
                    break;
                }
                stopping = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
    line.leave();
}

/// Connections that wait for a request, those that began to wait first in front.
#[derive(Default)]
struct Waiting(Mutex<(u64, BTreeMap<u64, Arc<Notify>>)>);

impl Waiting {
    fn lock(&self) -> MutexGuard<'_, (u64, BTreeMap<u64, Arc<Notify>>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, close: Arc<Notify>) -> u64 {
        let mut all = self.lock();
        all.0 += 1;
        let place = all.0;
        all.1.insert(place, close);
        place
    }

    fn leave(&self, place: u64) {
        self.lock().1.remove(&place);
    }

    /// Tells the one in front to close; false when nobody waits.
    fn close_oldest(&self) -> bool {
        let first = self.lock().1.pop_first();
        first.is_some_and(|(_, close)| {
            close.notify_one();
            true
        })
    }
}

/// A connection's place among those that wait.
struct Line {
    waiting: Arc<Waiting>,
    close: Arc<Notify>,
    place: Mutex<Option<u64>>,
}

impl Line {
    fn wait(&self) {
        let place = self.waiting.enter(self.close.clone());
        let mut mine = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = mine.replace(place) {
            self.waiting.leave(before);
        }
    }

    fn is_waiting(&self) -> bool {
        self.place.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    fn leave(&self) {
        let mut mine = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = mine.take() {
            self.waiting.leave(place);
        }
    }
}

/// While it lives a connection is at work; afterwards it waits again.
struct Busy(Arc<Line>);

impl Busy {
    fn new(line: Arc<Line>) -> Self {
        line.leave();
        Self(line)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.wait();
    }
}

/// The body of an answer: its connection is at work until it is sent.
struct Sent {
    body: Body,
    _busy: Busy,
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A stream that fails when its reader takes nothing for too long.
struct Stalling {
    stream: TcpStream,
    /// How long is too long.
    limit: Duration,
    /// Runs while nothing is taken.
    patience: Option<Pin<Box<Sleep>>>,
}

impl Stalling {
    fn new(stream: TcpStream, limit: Duration) -> Self {
        Self { stream, limit, patience: None }
    }

    fn limit<T>(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.patience = None;
            return written;
        }
        let limit = self.limit;
        let patience = self.patience.get_or_insert_with(|| Box::pin(sleep(limit)));
        ready!(patience.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Stalling {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Stalling {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.limit(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.limit(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn err_a_reader_who_takes_nothing_is_let_go() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let reader = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        let mut stalling = Stalling::new(stream, Duration::from_millis(50));
        let error = loop {
            // More than any buffer in between can hold.
            if let Err(error) = stalling.write_all(&[0; 1 << 20]).await {
                break error;
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        drop(reader);
    }

    #[test]
    fn the_one_that_has_waited_longest_makes_room() {
        let waiting = Arc::new(Waiting::default());
        let line = || Line {
            waiting: waiting.clone(),
            close: Arc::new(Notify::new()),
            place: Mutex::new(None),
        };
        let lines = [line(), line(), line()];
        lines.iter().for_each(Line::wait);
        lines[0].leave();
        lines[1].wait();
        // The first is at work, the second has just had an answer.
        let order: Vec<_> = waiting.lock().1.values().cloned().collect();
        let expected = [&lines[2].close, &lines[1].close];
        assert!(order.iter().zip(expected).all(|(a, b)| Arc::ptr_eq(a, b)) && order.len() == 2);
        assert!(waiting.close_oldest() && waiting.close_oldest());
        assert!(!waiting.close_oldest(), "nobody waits any more");
    }
}
