//! Lines of pages to headings, paragraphs and items, in reading order.

use super::glyphs::Page;
use super::lines::{Line, lines};
use crate::ingest::layout::notation::Notation;
use std::collections::{HashMap, HashSet};

/// Part of the height of a page, at its top and foot, in which running heads stand.
const MARGIN: f64 = 0.11;

/// On how many pages a line must stand to be a running head, where there are so many.
const RUNNING: usize = 3;

/// The longest heading, in characters.
const MAX_HEADING: usize = 160;

/// The longest word that is looked at when a line ends with a hyphen, in bytes.
const MAX_WORD: usize = 40;

/// Signs before an item.
const BULLETS: [char; 9] = ['•', '▪', '■', '●', '◦', '\u{f0b7}', '\u{f0a7}', '➢', '‣'];

/// Writes the pages under the title, or under the largest line of the first page.
pub(super) fn write(pages: &[Page], title: Option<&str>, out: &mut Notation) {
    let mut all: Vec<Vec<Line>> = pages.iter().map(|page| lines(&page.pieces)).collect();
    drop_running(&mut all, pages);
    let body = body_size(&all);
    let mut reader = Reader {
        out,
        body,
        words: known_words(&all),
        open: None,
        last: None,
        notes: Vec::new(),
        marks: HashSet::new(),
        title: title.map(str::to_owned),
    };
    reader.out.page();
    if let Some(title) = title {
        reader.out.title(title);
    }
    for (number, lines) in (1..).zip(all) {
        reader.page(number, lines);
    }
    reader.end();
}

/// What is being written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Paragraph,
    Item,
    /// With the height of its letters.
    Heading(f64),
}

struct Reader<'a> {
    out: &'a mut Notation,
    /// Height of the letters of running text.
    body: f64,
    /// Words with a hyphen within a line.
    words: HashSet<String>,
    open: Option<(Kind, String)>,
    /// The last line of running text.
    last: Option<Line>,
    /// Footnotes, with their page.
    notes: Vec<(usize, String)>,
    /// Marks of notes so far: the figures in `[3]`.
    marks: HashSet<String>,
    /// The title once it is written.
    title: Option<String>,
}

impl Reader<'_> {
    fn page(&mut self, number: usize, lines: Vec<Line>) {
        let foot = self.foot(&lines);
        let spacing = spacing(&lines, self.body);
        let right = lines.iter().map(|l| l.right).fold(0.0, f64::max);
        let mut first = true;
        let mut in_note = false;
        // Base line of the last line of a note that is known by its mark.
        let mut marked: Option<f64> = None;
        let mut began = false;
        for (at, line) in lines.into_iter().enumerate() {
            // It goes on to the foot of its column.
            let goes_on = marked.is_some_and(|base| line.base > base);
            marked = (self.is_marked(&line) || goes_on).then_some(line.base);
            in_note = marked.is_some() || at >= foot && self.is_note(&line, in_note);
            if in_note {
                self.note(number, &line);
                continue;
            }
            self.marks.extend(marks(&line.text));
            let joins = self.joins(&line, spacing, right, std::mem::take(&mut first));
            if !joins {
                self.close();
            }
            if !std::mem::replace(&mut began, true) {
                // A paragraph that goes on from the page before is cut at no page: the new page
                // begins with the words that it adds.
                self.begin_page(number, joins);
            }
            self.add(line, joins);
        }
        if !began && number > 1 {
            self.close();
            self.out.page();
        }
    }

    /// The first page began before the title.
    fn begin_page(&mut self, number: usize, joins: bool) {
        match &self.open {
            _ if number == 1 => {}
            Some((_, words)) if joins => self.out.page_within(words),
            _ => self.out.page(),
        }
    }

    /// The first line that may be a footnote: after the last line of running text. A page
    /// without any is a table.
    fn foot(&self, lines: &[Line]) -> usize {
        let running = lines.iter().rposition(|line| line.size >= self.body * 0.92);
        running.map_or(lines.len(), |last| last + 1)
    }

    /// Footnotes are set smaller and begin with a figure; they go on in small lines.
    fn is_note(&self, line: &Line, in_note: bool) -> bool {
        let small = line.size < self.body * 0.92;
        let starts =
            line.raised || line.text.trim_start().starts_with(|c: char| c.is_ascii_digit());
        small && (in_note || starts)
    }

    /// A raised figure that a mark in the text named begins a note, however large it is set.
    fn is_marked(&self, line: &Line) -> bool {
        let figure = line.text.trim_start();
        let end = figure.bytes().take_while(u8::is_ascii_digit).count();
        line.raised && self.marks.contains(&figure[..end])
    }

    fn note(&mut self, page: usize, line: &Line) {
        match self.notes.last_mut() {
            Some((of, note)) if *of == page && !line.raised => {
                note.push(' ');
                note.push_str(&line.text);
            }
            _ => self.notes.push((page, line.text.clone())),
        }
    }

    /// Whether a line goes on with what is open.
    fn joins(&self, line: &Line, spacing: f64, right: f64, new_page: bool) -> bool {
        let (Some((kind, words)), Some(last)) = (&self.open, &self.last) else {
            return false;
        };
        let alike = (line.size - last.size).abs() < last.size * 0.12;
        if !alike || starts_item(&line.text) {
            return false;
        }
        let ended = words.trim_end().ends_with(['.', '!', '?', ':', '”', '»']);
        let gap = line.base - last.base;
        if new_page || gap < -line.size {
            // The next page or column: a sentence goes on, anything else is new.
            let small = line
                .text
                .trim_start()
                .starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
            return !matches!(kind, Kind::Heading(_)) && !ended && small;
        }
        let near = gap <= spacing * 1.35;
        let short = last.right < right - (right - last.left) * 0.2;
        let indented = line.left > last.left + line.size * 0.8 && *kind == Kind::Paragraph;
        near && !(ended && (short || indented))
    }

    fn add(&mut self, line: Line, joins: bool) {
        let text = line.text.trim();
        if let (Some((_, words)), true) = (&mut self.open, joins) {
            append(words, text, &self.words);
        } else if let Some(item) = text.strip_prefix(BULLETS) {
            self.open = Some((Kind::Item, item.trim_start().to_owned()));
        } else if line.size > self.body * 1.12 {
            self.open = Some((Kind::Heading(line.size), text.to_owned()));
        } else {
            self.open = Some((Kind::Paragraph, text.to_owned()));
        }
        self.last = Some(line);
    }

    fn close(&mut self) {
        match self.open.take() {
            Some((Kind::Heading(size), words)) if words.chars().count() <= MAX_HEADING => {
                match &self.title {
                    Some(title) if *title == words => {}
                    Some(_) if size > self.body * 1.5 => self.out.heading(2, &words),
                    Some(_) => self.out.heading(3, &words),
                    None => {
                        self.out.title(&words);
                        self.title = Some(words);
                    }
                }
            }
            Some((Kind::Item, words)) => self.out.item(&words),
            Some((_, words)) => self.out.paragraph(&words),
            None => {}
        }
    }

    /// Footnotes stand at the end, under a heading that says that they tell nothing.
    fn end(mut self) {
        self.close();
        if !self.notes.is_empty() {
            self.out.heading(2, "Notes");
        }
        for (page, note) in &self.notes {
            self.out.item(&format!("(p. {page}) {note}"));
        }
    }
}

/// The figures in `[3]`, as marks of notes are written.
fn marks(text: &str) -> impl Iterator<Item = String> + '_ {
    let inside = text.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
    let figures = inside
        .map(|(mark, _)| mark)
        .filter(|mark| (1..=3).contains(&mark.len()) && mark.bytes().all(|b| b.is_ascii_digit()));
    figures.map(str::to_owned)
}

fn starts_item(text: &str) -> bool {
    text.trim_start().starts_with(BULLETS)
}

/// Adds a line to a paragraph. A hyphen at the end of the line before stays where the document
/// has the word with its hyphen elsewhere, or where no small letter follows.
fn append(words: &mut String, line: &str, known: &HashSet<String>) {
    let soft = words.ends_with('\u{ad}');
    let hyphen = soft || words.ends_with(['-', '‐']);
    if !hyphen || !line.starts_with(char::is_lowercase) {
        if !hyphen {
            words.push(' ');
        }
        words.push_str(line);
        return;
    }
    let start = words.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let rest = line.split(|c: char| !c.is_alphabetic() && c != '-').next().unwrap_or_default();
    let whole = format!("{}{rest}", &words[start..]).to_lowercase();
    if soft || !known.contains(&whole) {
        words.pop();
    }
    words.push_str(line);
}

/// The words with a hyphen that stand within lines, in small letters.
fn known_words(pages: &[Vec<Line>]) -> HashSet<String> {
    let words = pages.iter().flatten().flat_map(|line| line.text.split_whitespace());
    let words = words.map(|w| w.trim_matches(|c: char| !c.is_alphabetic()));
    let hyphenated = words.filter(|w| w.len() <= MAX_WORD && w.contains('-'));
    hyphenated.map(str::to_lowercase).collect()
}

/// Leaves out lines that stand at the top or foot of several pages, figures aside, and bare
/// page numbers there.
fn drop_running(all: &mut [Vec<Line>], pages: &[Page]) {
    let at_edge = |line: &Line, height: f64| {
        line.base < height * MARGIN || line.base > height * (1.0 - MARGIN)
    };
    let shape = |text: &str| {
        let text = text.trim().chars().filter(|c| !c.is_whitespace());
        text.map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>()
    };
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (lines, page) in all.iter().zip(pages) {
        let edge = lines.iter().filter(|l| at_edge(l, page.height)).map(|l| shape(&l.text));
        for text in edge.collect::<HashSet<_>>() {
            *seen.entry(text).or_default() += 1;
        }
    }
    for (lines, page) in all.iter_mut().zip(pages) {
        lines.retain(|line| {
            let text = shape(&line.text);
            let number = !text.is_empty()
                && text.len() <= 9
                && text.chars().all(|c| matches!(c, '0' | '-' | '–' | '/' | '|' | 'p' | '.'));
            let repeated = seen.get(&text).is_some_and(|n| *n >= RUNNING.min(pages.len().max(2)));
            !(at_edge(line, page.height) && (number || repeated))
        });
    }
}

/// The height of letters in which most of the text is set.
fn body_size(pages: &[Vec<Line>]) -> f64 {
    let mut count: HashMap<i64, usize> = HashMap::new();
    for line in pages.iter().flatten() {
        *count.entry((line.size * 4.0).round() as i64).or_default() += line.text.len();
    }
    let most = count.into_iter().max_by_key(|(size, letters)| (*letters, *size));
    most.map_or(10.0, |(size, _)| size as f64 / 4.0)
}

/// The usual distance between lines of running text on a page.
fn spacing(lines: &[Line], body: f64) -> f64 {
    let mut gaps: Vec<f64> = lines
        .windows(2)
        .map(|pair| pair[1].base - pair[0].base)
        .filter(|gap| *gap > body * 0.8 && *gap < body * 3.0)
        .collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(body * 1.3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, base: f64, size: f64) -> Line {
        let text = text.to_owned();
        Line { text, left: 50.0, right: 500.0, base, size, raised: false }
    }

    fn written(lines: Vec<Line>) -> String {
        let pieces = lines.into_iter().map(|l| super::super::lines::Piece {
            text: l.text,
            left: l.left,
            right: l.right,
            base: l.base,
            size: l.size,
        });
        let page = Page { pieces: pieces.collect(), height: 800.0, signs: 1, known: 1 };
        let mut out = Notation::default();
        write(&[page], Some("A title"), &mut out);
        format!("{out:?}")
    }

    #[test]
    fn ok_small_rows_above_running_text_are_no_footnotes() {
        let long = "Running text that is long enough to be most of what stands on the page.";
        let text = written(vec![
            line(long, 100.0, 11.0),
            line("12 killed in Dia", 200.0, 8.0),
            line(long, 300.0, 11.0),
            line("3 As told.", 700.0, 8.0),
        ]);
        let (body, notes) = text.split_once("== Notes ==").unwrap();
        assert!(body.contains("12 killed in Dia") && !body.contains("As told"), "{text}");
        assert!(notes.contains("(p. 1) 3 As told."), "{text}");
    }

    #[test]
    fn ok_notes_set_as_large_as_the_text_are_known_by_their_marks() {
        let piece = |text: &str, left: f64, base: f64, size: f64| super::super::lines::Piece {
            text: text.to_owned(),
            left,
            right: left + text.chars().count() as f64 * size * 0.5,
            base,
            size,
        };
        let page = |mark: &str| Page {
            pieces: vec![
                piece("On 3 May fourteen soldiers", 50.0, 100.0, 12.0),
                piece(mark, 207.0, 96.0, 7.0),
                piece(" died in Dia.", 211.0, 100.0, 12.0),
                piece("1", 50.0, 696.0, 7.0),
                piece("As told; another", 56.0, 700.0, 12.0),
                piece("source says 31.", 56.0, 714.0, 12.0),
            ],
            height: 800.0,
            signs: 1,
            known: 1,
        };
        let written = |page: Page| {
            let mut out = Notation::default();
            write(&[page], Some("A title"), &mut out);
            format!("{out:?}")
        };
        let text = written(page("1"));
        let (body, notes) = text.split_once("== Notes ==").unwrap();
        assert!(body.contains("soldiers[1] died") && !body.contains("31"), "{text}");
        assert!(notes.contains("(p. 1) 1 As told; another source says 31."), "{text}");
        // Nothing refers to it.
        assert!(!written(page("2")).contains("== Notes =="));
    }

    #[test]
    fn ok_hyphens_at_the_end_of_a_line() {
        let known = HashSet::from(["franco-malien".to_owned()]);
        for (before, line, expected) in [
            ("twelve were kil-", "led in Dia", "twelve were killed in Dia"),
            ("un poste franco-", "malien attaqué", "un poste franco-malien attaqué"),
            ("the Ansar-", "Dine group", "the Ansar-Dine group"),
            ("in 2019-", "2020", "in 2019-2020"),
            ("sol\u{ad}", "diers", "soldiers"),
            ("one", "two", "one two"),
        ] {
            let mut words = before.to_owned();
            append(&mut words, line, &known);
            assert_eq!(words, expected);
        }
    }
}
