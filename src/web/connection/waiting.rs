//! Which connections wait for a request and which are at work: where there are too many, the
//! one that has waited longest makes room.

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use tokio::sync::Notify;

/// Connections that wait for a request, those that began to wait first in front.
#[derive(Default)]
pub struct Waiting(Mutex<(u64, BTreeMap<u64, Arc<Notify>>)>);

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
    pub fn close_oldest(&self) -> bool {
        let first = self.lock().1.pop_first();
        first.is_some_and(|(_, close)| {
            close.notify_one();
            true
        })
    }
}

/// A connection's place among those that wait.
pub struct Line {
    waiting: Arc<Waiting>,
    close: Arc<Notify>,
    place: Mutex<Option<u64>>,
}

impl Line {
    /// A connection that waits from now on.
    pub fn new(waiting: Arc<Waiting>) -> Self {
        let line = Self { waiting, close: Arc::default(), place: Mutex::default() };
        line.wait();
        line
    }

    /// Ends when it is to make room.
    pub async fn told_to_close(&self) {
        self.close.notified().await;
    }

    fn wait(&self) {
        let place = self.waiting.enter(self.close.clone());
        let mut mine = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = mine.replace(place) {
            self.waiting.leave(before);
        }
    }

    /// Whether it waits for a request.
    pub fn is_waiting(&self) -> bool {
        self.place.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Takes it out of the line.
    pub fn leave(&self) {
        let mut mine = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = mine.take() {
            self.waiting.leave(place);
        }
    }
}

/// While it lives a connection is at work; afterwards it waits again.
pub struct Busy(Arc<Line>);

impl Busy {
    /// Until it is dropped.
    pub fn new(line: Arc<Line>) -> Self {
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
pub struct Sent {
    body: Body,
    _busy: Busy,
}

impl Sent {
    /// A body whose connection is `busy` meanwhile.
    pub fn new(body: Body, busy: Busy) -> Self {
        Self { body, _busy: busy }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_that_has_waited_longest_makes_room() {
        let waiting = Arc::new(Waiting::default());
        let lines = [0; 3].map(|_| Line::new(waiting.clone()));
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
