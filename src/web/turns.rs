//! Turns to make an export: so many at once, and not all of them for one reader.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Exports that are written at once.
const AT_ONCE: usize = 8;

/// Of these, those that go to one address: who takes theirs drop by drop, or lets them lie,
/// leaves as many for others.
const EACH: usize = 4;

/// Who has a turn now.
#[derive(Debug)]
pub struct Turns {
    all: Arc<Semaphore>,
    /// The turns of each address that has or awaits one.
    each: Mutex<HashMap<IpAddr, Weak<Semaphore>>>,
}

/// A turn; it ends when this is dropped.
#[derive(Debug)]
pub struct Turn {
    _own: Option<(OwnedSemaphorePermit, Arc<Semaphore>)>,
    _all: OwnedSemaphorePermit,
}

impl Default for Turns {
    fn default() -> Self {
        Self { all: Arc::new(Semaphore::new(AT_ONCE)), each: Mutex::default() }
    }
}

impl Turns {
    /// Waits for a turn for `peer`. Somebody without an address, as in a test that asks the
    /// pages directly, waits for one of all.
    pub async fn take(&self, peer: Option<IpAddr>) -> Turn {
        const OPEN: &str = "no one closes it";
        let own = match peer {
            Some(peer) => {
                let own = self.own(peer);
                Some((own.clone().acquire_owned().await.expect(OPEN), own))
            }
            None => None,
        };
        Turn { _own: own, _all: self.all.clone().acquire_owned().await.expect(OPEN) }
    }

    /// The turns of one address. Those of addresses that have none any more are forgotten.
    fn own(&self, peer: IpAddr) -> Arc<Semaphore> {
        let mut each = self.each.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = each.get(&peer).and_then(Weak::upgrade) {
            return own;
        }
        each.retain(|_, own| own.strong_count() > 0);
        let own = Arc::new(Semaphore::new(EACH));
        each.insert(peer, Arc::downgrade(&own));
        own
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    fn address(n: u8) -> Option<IpAddr> {
        Some([10, 0, 0, n].into())
    }

    fn take(turns: &Turns, n: u8) -> Option<Turn> {
        turns.take(address(n)).now_or_never()
    }

    #[test]
    fn one_address_has_half_of_all_turns() {
        let turns = Turns::default();
        let mut first: Vec<_> = (0..EACH).map_while(|_| take(&turns, 1)).collect();
        assert_eq!(first.len(), EACH);
        assert!(take(&turns, 1).is_none(), "no more for this one");
        let second: Vec<_> = (0..EACH).map_while(|_| take(&turns, 2)).collect();
        assert_eq!(second.len(), AT_ONCE - EACH, "as many for the next");
        assert!(take(&turns, 3).is_none(), "now all are taken");
        first.pop();
        assert!(take(&turns, 2).is_none());
        assert!(take(&turns, 3).is_some(), "whoever waits gets what is given back");
        assert!(take(&turns, 1).is_some(), "and the first may come again");
    }

    #[test]
    fn addresses_without_a_turn_are_forgotten() {
        let turns = Turns::default();
        for n in 0..100 {
            assert!(take(&turns, n).is_some());
        }
        assert_eq!(turns.each.lock().unwrap().len(), 1);
    }
}
