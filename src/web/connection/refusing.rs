//! What the HTTP library refuses by itself: requests that it cannot read. It answers them with a
//! bare status, which is kept back here so that it can be said in words.

use super::waiting::Line;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The status of a request that could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is none.
    Malformed,
    /// Its address is longer than all that is read.
    Address,
    /// So are its headers.
    Headers,
}

/// A stream that keeps the library's own refusals to itself. Then nothing more is written to it,
/// and it is not closed either.
pub struct Refusing<S> {
    stream: S,
    line: Arc<Line>,
    refusal: Option<Refusal>,
}

impl<S> Refusing<S> {
    /// The stream of a connection; `line` says whether it waits for a request.
    pub fn new(stream: S, line: Arc<Line>) -> Self {
        Self { stream, line, refusal: None }
    }

    /// The stream, and what is still to be said on it.
    pub fn into_parts(self) -> (S, Option<Refusal>) {
        (self.stream, self.refusal)
    }

    /// Whether bytes that are to be written are a refusal. Only what is written while no
    /// request is at work can be one: pages may say what they want.
    fn keeps(&mut self, bytes: &[u8]) -> bool {
        if self.refusal.is_none() && self.line.is_waiting() {
            self.refusal = bare(bytes);
        }
        self.refusal.is_some()
    }
}

/// The status of an answer without words. Answers of ours have other headers besides.
fn bare(bytes: &[u8]) -> Option<Refusal> {
    let head = str::from_utf8(bytes).ok()?.strip_suffix("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    let (version, status) = lines.next()?.split_once(' ')?;
    let refusal = match status.split(' ').next()? {
        "400" => Refusal::Malformed,
        "414" => Refusal::Address,
        "431" => Refusal::Headers,
        _ => return None,
    };
    let its_own = lines.all(|line| {
        let (name, value) = line.split_once(": ").unwrap_or_default();
        matches!((name, value), ("connection", "close") | ("content-length", "0") | ("date", _))
    });
    (version.starts_with("HTTP/1.") && its_own).then_some(refusal)
}

impl<S: AsyncRead + Unpin> AsyncRead for Refusing<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Refusing<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.keeps(bytes) {
            true => Poll::Ready(Ok(bytes.len())),
            false => Pin::new(&mut self.stream).poll_write(cx, bytes),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = bytes.iter().map(|b| b.len()).sum();
        let mut some = bytes.iter().filter(|b| !b.is_empty());
        match (some.next(), some.next()) {
            (Some(only), None) if self.keeps(only) => Poll::Ready(Ok(written)),
            _ => Pin::new(&mut self.stream).poll_write_vectored(cx, bytes),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.refusal {
            Some(_) => Poll::Ready(Ok(())),
            None => Pin::new(&mut self.stream).poll_shutdown(cx),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::connection::waiting::Busy;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    const BARE: &str = "HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\n\
        content-length: 0\r\ndate: Mon, 01 Jan 2024 00:00:00 GMT\r\n\r\n";

    #[test]
    fn what_has_words_or_headers_of_its_own_is_no_bare_answer() {
        let ok_400 = BARE.replace("431 Request Header Fields Too Large", "400 Bad Request");
        for (text, refusal) in [
            (BARE.to_owned(), Some(Refusal::Headers)),
            (ok_400, Some(Refusal::Malformed)),
            (BARE.replace("431", "414").replace("1.1", "1.0"), Some(Refusal::Address)),
            (BARE.replace("431", "421"), None),
            (BARE.replace("431", "200"), None),
            (BARE.replace("length: 0", "length: 1"), None),
            (BARE.replace("date", "x-frame-options"), None),
            (format!("{BARE}x"), None),
            (format!("x{BARE}"), None),
            (String::new(), None),
        ] {
            assert_eq!(bare(text.as_bytes()), refusal, "{text:?}");
        }
    }

    #[tokio::test]
    async fn only_what_no_request_asked_for_is_kept_back() {
        let line = Arc::new(Line::new(Arc::default()));
        let (ours, mut theirs) = duplex(1024);
        let mut stream = Refusing::new(ours, line.clone());
        // A page that says the same while it is being sent.
        let busy = Busy::new(line);
        stream.write_all(BARE.as_bytes()).await.unwrap();
        drop(busy);
        stream.write_all(b"end").await.unwrap();
        assert!(stream.refusal.is_none());
        stream.write_all(BARE.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let (mut stream, refusal) = stream.into_parts();
        assert_eq!(refusal, Some(Refusal::Headers));
        stream.write_all(b", in words").await.unwrap();
        drop(stream);
        let mut read = String::new();
        theirs.read_to_string(&mut read).await.unwrap();
        assert_eq!(read, format!("{BARE}end, in words"));
    }
}
