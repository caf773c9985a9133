//! SHA-256 as it is written everywhere: lower-case hex.

use sha2::{Digest, Sha256};

/// SHA-256 of `bytes`.
pub fn sha256(bytes: impl AsRef<[u8]>) -> String {
    hex(Sha256::new_with_prefix(bytes))
}

/// The first 8 bytes of the SHA-256 of `bytes`, big end first: enough to notice a change.
pub fn hash64(bytes: impl AsRef<[u8]>) -> i64 {
    let hash = Sha256::digest(bytes);
    hash.iter().take(8).fold(0, |sum, byte| sum << 8 | i64::from(*byte))
}

/// A hash that was fed piece by piece.
pub fn hex(hash: Sha256) -> String {
    let digits = |byte: &u8| format!("{byte:02x}");
    hash.finalize().iter().map(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_standard_one() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256("abc"), abc);
        assert_eq!(hash64("abc"), 0xba78_16bf_8f01_cfea_u64.cast_signed());
    }
}
