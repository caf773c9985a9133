//! The access key: one secret for everybody who may read, and the cookie that stands for it.

use crate::model::hash::sha256;
use subtle::ConstantTimeEq;

/// Letters and digits that are not mistaken for each other when read aloud or typed.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// Characters of a made key, 5 bits each.
const LENGTH: usize = 20;

/// Characters between two hyphens.
const GROUP: usize = 4;

/// A given key that is shorter is easy to guess.
const SHORT: usize = 12;

/// The access key of one run of the program.
#[derive(Clone)]
pub struct Key {
    secret: String,
    /// Whether we made it: then case and hyphens do not matter.
    made: bool,
    /// Value of the cookie: of this run only, and not to be told from the key.
    cookie: String,
}

/// Never shows the secret in a log.
impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// A new key of 100 random bits.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes)?;
        let letters = bytes.map(|b| char::from(ALPHABET[usize::from(b % 32)]));
        let groups: Vec<String> = letters.chunks(GROUP).map(String::from_iter).collect();
        Ok(Self { secret: groups.join("-"), made: true, cookie: random_hex()? })
    }

    /// The key that the user chose.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn given(secret: &str) -> Result<Self, getrandom::Error> {
        Ok(Self { secret: secret.to_owned(), made: false, cookie: random_hex()? })
    }

    /// The key as it is printed and typed.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// Whether it is easy to guess.
    pub fn is_short(&self) -> bool {
        self.secret.chars().count() < SHORT
    }

    /// The value of the cookie.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Whether this is the key. Takes the same time wherever they differ.
    pub fn is(&self, typed: &str) -> bool {
        let typed = typed.trim();
        match self.made {
            true => same(&plain(typed), &plain(&self.secret)),
            false => same(typed, self.secret.trim()),
        }
    }

    /// Whether this is the value of our cookie.
    pub fn is_cookie(&self, value: &str) -> bool {
        same(value, &self.cookie)
    }
}

/// Digests have one length, so that not even the length of the key shows in the time.
fn same(a: &str, b: &str) -> bool {
    sha256(a).as_bytes().ct_eq(sha256(b).as_bytes()).into()
}

/// A made key as a person may type it.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

fn random_hex() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_keys_differ_and_may_be_typed_carelessly() {
        let (a, b) = (Key::random().unwrap(), Key::random().unwrap());
        assert_eq!(a.secret().len(), LENGTH + LENGTH / GROUP - 1);
        assert!(!a.is_short());
        assert!(a.is(a.secret()));
        assert!(a.is(&format!(" {} ", a.secret().to_uppercase().replace('-', " "))));
        for wrong in [b.secret(), "", a.cookie(), &a.secret()[..20]] {
            assert!(!a.is(wrong), "{wrong}");
        }
        assert!(a.is_cookie(a.cookie()));
        assert!(!a.is_cookie(b.cookie()) && !a.is_cookie(a.secret()));
        assert!(!format!("{a:?}").contains(a.secret()));
    }

    #[test]
    fn a_given_key_is_taken_to_the_letter() {
        let key = Key::given("Correct Horse").unwrap();
        assert!(key.is("Correct Horse"));
        assert!(!key.is("correct horse") && !key.is("CorrectHorse"));
        assert!(Key::given("short").unwrap().is_short());
    }
}
