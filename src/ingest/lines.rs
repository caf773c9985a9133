//! The number of the line in which a byte stands.

use super::work;

/// Line ends are counted once up to each multiple of so many bytes.
const BLOCK: usize = 4 * 1024;

/// The lines of a text.
pub struct LineNumbers<'t> {
    text: &'t [u8],
    /// Line ends before each block.
    before: Vec<u32>,
}

impl<'t> LineNumbers<'t> {
    /// Counts the lines of a text, of at most 4 GiB.
    pub fn new(text: &'t str) -> Self {
        let text = text.as_bytes();
        let ends = |bytes: &[u8]| memchr::memchr_iter(b'\n', bytes).count() as u32;
        let sum = |sum: &mut u32, block: &[u8]| {
            let before = *sum;
            *sum += ends(block);
            Some(before)
        };
        Self { text, before: text.chunks(BLOCK).scan(0, sum).collect() }
    }

    /// The line, from 1, of the byte `at`; that of the last byte for any beyond it.
    pub fn of(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let block = (at / BLOCK).min(self.before.len().saturating_sub(1));
        let rest = &self.text[block * BLOCK..at];
        work::steps(rest.len());
        let before = self.before.get(block).map_or(0, |n| *n as usize);
        1 + before + memchr::memchr_iter(b'\n', rest).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_lines() {
        for text in ["", "a", "\n", "a\nb\n", &"line\n\n".repeat(3 * BLOCK / 5)] {
            let lines = LineNumbers::new(text);
            for at in (0..=text.len()).step_by(7).chain([text.len()]) {
                let expected = 1 + text[..at].matches('\n').count();
                assert_eq!(lines.of(at), expected, "{at} of {}", text.len());
            }
            assert_eq!(lines.of(text.len() + 9), lines.of(text.len()));
        }
    }
}
