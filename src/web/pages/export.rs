//! The filtered view as a file, all of its pages.

use super::timeline::asked;
use crate::export::{ExportError, Format, View, redact, write};
use crate::model::filter::BadValue;
use crate::web::App;
use crate::web::error::PageError;
use crate::web::guard::Ends;
use crate::web::visit::Visit;
use crate::wording::Words;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt, stream};
use jiff::{Timestamp, Zoned};
use std::io::{self, Write};
use std::time::Duration;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;

/// Bytes that are sent at a time.
const CHUNK: usize = 32 * 1024;

/// How long an export waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// Chunks that wait for a slow reader before the writing waits too.
const WAITING: usize = 4;

/// `GET /export.FORMAT`
pub async fn export(
    State(app): State<App>,
    ends: Option<Extension<Ends>>,
    mut visit: Visit,
) -> Result<Response, PageError> {
    let format: Format =
        visit.path.trim_start_matches("/export.").parse().map_err(|()| PageError::NotFound)?;
    let hxl = take_flag(&mut visit, "hxl")?;
    let redact = take_flag(&mut visit, redact::KEY)?;
    let filter = asked(&app, &visit).await?;
    let turn = timeout(PATIENCE, app.exports.take(ends.map(|ends| ends.peer))).await;
    let turn = turn.map_err(|_| PageError::Busy)?;
    let (sender, mut receiver) = channel(WAITING);
    let lang = visit.lang;
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let words = Words::new(lang, app.known());
        let view =
            View { filter: &filter, words, at: Timestamp::now(), as_of: app.as_of, hxl, redact };
        let mut out = Chunks::new(sender.clone());
        let mut result = Ok(());
        let gone = sender.clone();
        let read = app.db.read_much(
            move || gone.is_closed(),
            |db| {
                result = write(db, &view, format, &mut out).and_then(|()| Ok(out.flush()?));
                Ok(())
            },
        );
        let error = read.map_err(ExportError::Store).and(result).err();
        if let Some(error) = error {
            // Nobody reads it any more when the reader has gone.
            let _ = sender.blocking_send(Err(error));
        }
    });
    // An error before the first bytes is a page; later ones can only break the download off.
    let first = match receiver.recv().await {
        Some(Err(ExportError::Store(error))) => return Err(error.into()),
        Some(Err(error)) => return Err(PageError::internal(error)),
        Some(Ok(bytes)) => bytes,
        None => Bytes::new(),
    };
    let name = format!(
        "attachment; filename=\"mali-timeline-{}.{}\"",
        Zoned::now().date(),
        format.ending()
    );
    let headers = [(CONTENT_TYPE, format.media_type().to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, body(first, receiver)).into_response())
}

/// Whether `name=1` is asked for: parameters of exports that pages do not have.
fn take_flag(visit: &mut Visit, name: &str) -> Result<bool, PageError> {
    let mut set = false;
    for (_, value) in visit.pairs.extract_if(.., |(key, _)| key == name) {
        set = match value.trim() {
            "1" => true,
            "" | "0" => false,
            other => return Err(BadValue::one_of(name, other, ["0", "1"]).into()),
        };
    }
    Ok(set)
}

fn body(first: Bytes, receiver: Receiver<Result<Bytes, ExportError>>) -> Body {
    let state = (Some(first).filter(|bytes| !bytes.is_empty()), receiver);
    let chunks = stream::unfold(state, async |(first, mut receiver)| {
        let next = match first {
            Some(first) => Ok(first),
            None => receiver.recv().await?.map_err(|error| {
                tracing::error!("an export broke off: {error}");
                io::Error::other("broken off")
            }),
        };
        Some((next, (None, receiver)))
    });
    // Compression asks once more after the end.
    Body::from_stream(chunks.fuse())
}

/// Hands what is written to the connection; fails once the reader has gone.
struct Chunks {
    buffer: BytesMut,
    sender: Sender<Result<Bytes, ExportError>>,
    /// Whether anything was handed on.
    begun: bool,
}

impl Chunks {
    fn new(sender: Sender<Result<Bytes, ExportError>>) -> Self {
        Self { buffer: BytesMut::with_capacity(CHUNK), sender, begun: false }
    }
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    /// The first time even nothing is handed on: then the answer begins.
    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() && std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        self.begun = true;
        let chunk = self.buffer.split().freeze();
        self.sender.blocking_send(Ok(chunk)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
