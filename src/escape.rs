//! Text in pages. What is escaped, and how, is askama's; most texts have nothing to be escaped,
//! which is seen here with many bytes at a time. A page has some thousand of them.

use askama::filters::{Escaper, Html};
use std::fmt::{self, Write};

/// Escapes for HTML.
#[derive(Debug, Clone, Copy, Default)]
pub struct Page;

impl Escaper for Page {
    fn write_escaped_str<W: Write>(&self, mut to: W, text: &str) -> fmt::Result {
        match is_plain(text) {
            true => to.write_str(text),
            false => Html.write_escaped_str(to, text),
        }
    }
}

/// Whether none of it means anything in HTML.
fn is_plain(text: &str) -> bool {
    // Without an early end, so that the compiler takes many bytes together.
    let plain = |b: u8| (b != b'"') & (b != b'&') & (b != b'\'') & (b != b'<') & (b != b'>');
    text.bytes().fold(true, |all, b| all & plain(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn escaped(escaper: impl Escaper, text: &str) -> String {
        let mut out = String::new();
        escaper.write_escaped_str(&mut out, text).unwrap();
        out
    }

    #[test]
    fn every_sign_of_one_byte_is_escaped_as_askama_does() {
        for c in 0..=127_u8 {
            for text in [char::from(c).to_string(), format!("before {} after", char::from(c))] {
                assert_eq!(escaped(Page, &text), escaped(Html, &text), "{c}");
            }
        }
    }

    proptest! {
        #[test]
        fn every_text_is_escaped_as_askama_does(text in "[<>&'\"\\PC]{0,40}") {
            prop_assert_eq!(escaped(Page, &text), escaped(Html, &text));
        }
    }
}
