//! Things that were made and may be wanted again, up to a number of bytes.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What was made for some keys. What was not wanted for long goes first: there are two halves,
/// and when the newer one is full it becomes the older one, whose things are dropped; what is
/// wanted of the older one moves to the newer.
pub struct Kept<K, V> {
    /// Most bytes of each half.
    half: usize,
    halves: Mutex<Halves<K, V>>,
}

struct Halves<K, V> {
    newer: HashMap<K, (V, usize)>,
    older: HashMap<K, (V, usize)>,
    /// Of the newer half.
    bytes: usize,
}

impl<K: Eq + Hash + Clone, V: Clone> Kept<K, V> {
    /// Keeps nothing yet, and at most `bytes`.
    pub fn new(bytes: usize) -> Self {
        let halves = Halves { newer: HashMap::new(), older: HashMap::new(), bytes: 0 };
        Self { half: bytes / 2, halves: Mutex::new(halves) }
    }

    /// What was made for `key`.
    pub fn get(&self, key: &K) -> Option<V> {
        let mut halves = self.lock();
        if let Some((value, _)) = halves.newer.get(key) {
            return Some(value.clone());
        }
        let (value, bytes) = halves.older.remove(key)?;
        self.put_in(&mut halves, key.clone(), value.clone(), bytes);
        Some(value)
    }

    /// Keeps what was made for `key`, unless it alone is too much; `bytes` is all that it takes.
    pub fn put(&self, key: K, value: V, bytes: usize) {
        self.put_in(&mut self.lock(), key, value, bytes);
    }

    fn put_in(&self, halves: &mut Halves<K, V>, key: K, value: V, bytes: usize) {
        if bytes > self.half {
            return;
        }
        if halves.bytes + bytes > self.half {
            halves.older = std::mem::take(&mut halves.newer);
            halves.bytes = 0;
        }
        halves.bytes += bytes;
        if let Some((_, before)) = halves.newer.insert(key, (value, bytes)) {
            halves.bytes -= before;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Halves<K, V>> {
        self.halves.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_stays_and_the_rest_goes() {
        let kept = Kept::new(80);
        kept.put("often", 1, 10);
        for n in 0..100 {
            kept.put(["a", "b", "c", "d", "e", "f", "g"][n % 7], n, 10);
            assert_eq!(kept.get(&"often"), Some(1), "{n}");
        }
        let halves = kept.lock();
        let bytes: usize = halves.newer.values().chain(halves.older.values()).map(|v| v.1).sum();
        assert!(bytes <= 80, "{bytes}");
        assert!(halves.bytes <= 40 && halves.newer.len() + halves.older.len() < 8);
    }

    #[test]
    fn err_what_alone_is_too_much_is_not_kept() {
        let kept = Kept::new(80);
        kept.put("small", 1, 10);
        kept.put("large", 2, 41);
        assert_eq!((kept.get(&"small"), kept.get(&"large")), (Some(1), None));
    }

    #[test]
    fn the_latest_is_what_counts() {
        let kept = Kept::new(80);
        for n in 0..10 {
            kept.put("one", n, 30);
        }
        assert_eq!((kept.get(&"one"), kept.lock().bytes), (Some(9), 30));
    }
}
