//! Guessing made slow: after a few wrong keys an address waits, longer each time.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::time::{Duration, Instant};

/// Wrong keys that are answered at once: people mistype.
const FREE: u32 = 5;

/// The longest wait.
const LONGEST: Duration = Duration::from_secs(300);

/// After this long without a wrong key an address starts anew.
const FORGOTTEN: Duration = Duration::from_secs(900);

/// Addresses that are remembered; all others share one entry.
const REMEMBERED: usize = 1024;

/// Stands for all addresses that there is no room for.
const OTHERS: IpAddr = IpAddr::V6(Ipv6Addr::UNSPECIFIED);

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

impl Failures {
    fn wait(self) -> Duration {
        match self.count.checked_sub(FREE) {
            None => Duration::ZERO,
            Some(over) => Duration::from_secs(1 << over.min(16)).min(LONGEST),
        }
    }
}

/// Wrong keys by address, in bounded memory.
#[derive(Debug, Default)]
pub struct Throttle(HashMap<IpAddr, Failures>);

impl Throttle {
    /// How long an address must still wait before a key from it is looked at.
    pub fn wait(&self, address: IpAddr, now: Instant) -> Option<Duration> {
        let failures = self.0.get(&address).or_else(|| self.others())?;
        let rest = failures.wait().saturating_sub(now.saturating_duration_since(failures.last));
        (!rest.is_zero()).then_some(rest)
    }

    /// What holds for an address that is not remembered, once there is no room.
    fn others(&self) -> Option<&Failures> {
        self.0.get(&OTHERS).filter(|_| self.0.len() >= REMEMBERED)
    }

    /// Notes a wrong key.
    pub fn failed(&mut self, address: IpAddr, now: Instant) {
        if self.0.len() >= REMEMBERED && !self.0.contains_key(&address) {
            self.0.retain(|_, f| now.saturating_duration_since(f.last) < FORGOTTEN);
        }
        let full = self.0.len() >= REMEMBERED && !self.0.contains_key(&address);
        let entry = self.0.entry(if full { OTHERS } else { address });
        let failures = entry.or_insert(Failures { count: 0, last: now });
        if now.saturating_duration_since(failures.last) >= FORGOTTEN {
            failures.count = 0;
        }
        *failures = Failures { count: failures.count.saturating_add(1), last: now };
    }

    /// Forgets an address that gave the right key.
    pub fn succeeded(&mut self, address: IpAddr) {
        self.0.remove(&address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn address(n: u32) -> IpAddr {
        Ipv4Addr::from(0x0a00_0000 + n).into()
    }

    #[test]
    fn each_wrong_key_after_the_free_ones_doubles_the_wait() {
        let (mut throttle, now) = (Throttle::default(), Instant::now());
        let mut waits = Vec::new();
        for _ in 0..8 {
            throttle.failed(address(1), now);
            waits.push(throttle.wait(address(1), now).map_or(0, |w| w.as_secs()));
        }
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8]);
        assert_eq!(throttle.wait(address(2), now), None, "others are not held up");
        assert_eq!(throttle.wait(address(1), now + Duration::from_secs(8)), None);
        for _ in 0..40 {
            throttle.failed(address(1), now);
        }
        assert_eq!(throttle.wait(address(1), now), Some(LONGEST));
        throttle.failed(address(1), now + FORGOTTEN);
        assert_eq!(throttle.wait(address(1), now + FORGOTTEN), None);
        throttle.succeeded(address(1));
        assert!(throttle.0.is_empty());
    }

    #[test]
    fn memory_is_bounded_and_a_crowd_shares_one_wait() {
        let (mut throttle, now) = (Throttle::default(), Instant::now());
        for n in 0..5000 {
            throttle.failed(address(n), now);
        }
        assert!(throttle.0.len() <= REMEMBERED + 1, "{}", throttle.0.len());
        assert_eq!(throttle.wait(address(9999), now), Some(LONGEST));
        // Those remembered one by one go on one by one.
        assert_eq!(throttle.wait(address(1), now), None);
        throttle.failed(address(6000), now + FORGOTTEN);
        assert!(throttle.0.len() < 3, "old ones make room");
    }
}
