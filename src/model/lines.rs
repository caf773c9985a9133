//! How the lines of a text are meant.

/// Shortest widest line, in characters, of a text that was broken for width.
const NARROWEST: usize = 40;

/// Whether lines were broken because the next word would have made them too long, rather
/// than each for itself.
pub fn flows(text: &str) -> bool {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let length = |line: &str| line.chars().count();
    let widest = lines.iter().map(|l| length(l)).max().unwrap_or(0);
    let full = lines.windows(2).filter(|pair| {
        let word = pair[1].split_whitespace().next().unwrap_or_default();
        length(pair[0]) + 1 + length(word) > widest
    });
    // A heading or a short last word of an abbreviation may stand among them.
    widest >= NARROWEST && full.count() * 5 >= (lines.len() - 1) * 4
}
