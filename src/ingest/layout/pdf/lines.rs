//! Pieces of text to lines, by where they stand.

/// A piece of text on one line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Its letters.
    pub text: String,
    /// Where it begins, in points from the left.
    pub left: f64,
    /// Where it ends.
    pub right: f64,
    /// Its base line, in points from the top.
    pub base: f64,
    /// Height of its letters, in points.
    pub size: f64,
}

/// Gap between letters, in parts of their height, that is a space between words.
const SPACE: f64 = 0.17;

/// Gap, in parts of the height of letters, beyond which something else begins.
const COLUMN: f64 = 4.0;

impl Piece {
    /// Whether `next` goes on where this ends, in the same line and letters.
    pub fn joins(&self, next: &Self) -> bool {
        let gap = next.left - self.right;
        (next.base - self.base).abs() < self.size * 0.1
            && (next.size - self.size).abs() < self.size * 0.1
            && (-self.size * 0.5..self.size * COLUMN).contains(&gap)
    }

    /// Takes in what goes on here.
    pub fn join(&mut self, next: Self) {
        if next.left - self.right > self.size * SPACE && !ends_open(&self.text) && next.text != " "
        {
            self.text.push(' ');
        }
        self.text.push_str(&next.text);
        self.right = next.right.max(self.right);
    }
}

fn ends_open(text: &str) -> bool {
    text.is_empty() || text.ends_with(char::is_whitespace)
}

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Its words; marks of footnotes stand in brackets.
    pub text: String,
    /// Where it begins, in points from the left.
    pub left: f64,
    /// Where it ends.
    pub right: f64,
    /// Its base line, in points from the top.
    pub base: f64,
    /// Height of most of its letters, in points.
    pub size: f64,
    /// Whether it begins with a raised figure, as a footnote does.
    pub raised: bool,
}

/// The lines of a page, in the order in which it draws them.
pub(super) fn lines(pieces: &[Piece]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces.iter().filter(|p| !p.text.trim().is_empty()) {
        match lines.last_mut() {
            Some(line) if continues(line, piece) => add(line, piece),
            _ => lines.push(Line {
                text: unligated(&piece.text),
                left: piece.left,
                right: piece.right,
                base: piece.base,
                size: piece.size,
                raised: false,
            }),
        }
    }
    lines
}

/// Whether a piece stands further right on the same line, perhaps raised or smaller.
fn continues(line: &Line, piece: &Piece) -> bool {
    let size = line.size.max(piece.size);
    let near = (piece.base - line.base).abs() < size * 0.6;
    near && piece.left > line.right - size * 0.5
}

fn add(line: &mut Line, piece: &Piece) {
    let text = unligated(&piece.text);
    let digits = !text.trim().is_empty() && text.trim().chars().all(|c| c.is_ascii_digit());
    let raised = piece.size < line.size * 0.8 && piece.base < line.base - line.size * 0.1;
    let words = line.text.trim();
    let was_mark = !words.is_empty() && words.chars().all(|c| c.is_ascii_digit());
    if digits && raised {
        // A mark behind a word is no part of the number or word before it.
        line.text.truncate(line.text.trim_end().len());
        line.text.push_str(&format!("[{}]", text.trim()));
    } else {
        if was_mark && line.size < piece.size * 0.8 {
            line.raised = true;
            (line.base, line.size) = (piece.base, piece.size);
        }
        let gap = piece.left - line.right;
        if gap > line.size.min(piece.size) * SPACE && !ends_open(&line.text) {
            line.text.push(' ');
        }
        line.text.push_str(&text);
        if piece.right - piece.left > line.right - line.left {
            line.size = piece.size;
        }
    }
    line.right = line.right.max(piece.right);
}

/// Letters that stand for several, taken apart.
fn unligated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            'ﬅ' | 'ﬆ' => out.push_str("st"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, left: f64, base: f64, size: f64) -> Piece {
        let right = left + text.chars().count() as f64 * size * 0.5;
        Piece { text: text.to_owned(), left, right, base, size }
    }

    #[test]
    fn ok_marks_of_footnotes_are_no_part_of_a_number() {
        let pieces = [
            piece("killed 14", 50.0, 100.0, 10.0),
            piece("3", 95.0, 96.0, 6.0),
            piece("people", 101.0, 100.0, 10.0),
            piece("3", 50.0, 700.0, 5.0),
            piece("A report of the army", 54.0, 703.0, 8.0),
        ];
        let lines = lines(&pieces);
        assert_eq!(lines[0].text, "killed 14[3] people");
        assert_eq!(lines[1].text, "3 A report of the army");
        assert!(lines[1].raised && !lines[0].raised);
    }

    #[test]
    fn ok_letters_join_to_words() {
        let mut first = piece("of", 10.0, 100.0, 10.0);
        let next = piece("ﬁcer", 23.0, 100.0, 10.0);
        assert!(first.joins(&next));
        first.join(next);
        assert_eq!(lines(&[first])[0].text, "of ficer");
        assert!(!piece("a", 10.0, 100.0, 10.0).joins(&piece("b", 100.0, 100.0, 10.0)));
        assert!(!piece("a", 10.0, 100.0, 10.0).joins(&piece("b", 15.0, 112.0, 10.0)));
    }
}
