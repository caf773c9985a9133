//! Memory in which pages are written, used again for the next ones: a page has some hundred
//! kilobytes, and to get as much from the system for each and give it back costs more than to
//! fill it.

use std::sync::{Arc, Mutex, PoisonError};

/// Buffers that are kept while nobody uses them.
const KEPT: usize = 4;

/// The largest that is kept, in bytes.
const LARGEST: usize = 1 << 20;

/// Buffers that wait for a page.
#[derive(Debug, Default)]
pub struct Buffers(Mutex<Vec<String>>);

/// A page that is being written or sent. When it goes its memory is there for another.
#[derive(Debug)]
pub struct Buffer {
    /// What was written.
    pub text: String,
    home: Arc<Buffers>,
}

impl Buffers {
    /// An empty buffer.
    pub fn take(self: &Arc<Self>) -> Buffer {
        let text = self.waiting().pop().unwrap_or_default();
        Buffer { text, home: Arc::clone(self) }
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let mut text = std::mem::take(&mut self.text);
        let mut waiting = self.home.waiting();
        if waiting.len() < KEPT && text.capacity() <= LARGEST {
            text.clear();
            waiting.push(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;

    #[test]
    fn what_was_sent_is_written_over_and_what_is_sent_is_not() {
        let buffers = Arc::new(Buffers::default());
        let mut first = buffers.take();
        first.text.push_str("first");
        let sent = Bytes::from_owner(first);
        let mut second = buffers.take();
        assert_eq!(second.text, "");
        second.text.push_str("second");
        assert_eq!((&sent[..], second.as_ref()), (&b"first"[..], &b"second"[..]));
        drop(sent);
        let third = buffers.take();
        assert!(third.text.is_empty() && third.text.capacity() >= 5);
    }

    #[test]
    fn err_neither_many_nor_large_ones_are_kept() {
        let buffers = Arc::new(Buffers::default());
        let all: Vec<_> = (0..KEPT + 3).map(|_| buffers.take()).collect();
        drop(all);
        assert_eq!(buffers.waiting().len(), KEPT);
        buffers.waiting().clear();
        let mut large = buffers.take();
        large.text.reserve(LARGEST + 1);
        drop(large);
        assert_eq!(buffers.waiting().len(), 0);
    }
}
