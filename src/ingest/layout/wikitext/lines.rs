//! The lines of a page: headings, lists, tables, paragraphs.

use super::expand::BREAK;
use crate::ingest::layout::html;
use crate::ingest::layout::notation::Notation;

/// Writes a page whose templates and links are expanded.
pub(super) fn write(title: Option<&str>, infobox: &[(String, String)], text: &str) -> Notation {
    let mut writer = Writer { out: Notation::default(), paragraph: String::new(), table: None };
    if let Some(title) = title {
        writer.out.title(title);
    }
    writer.out.infobox(infobox);
    for line in text.lines() {
        writer.line(line.trim());
        if writer.out.is_too_long() {
            break;
        }
    }
    writer.end_paragraph();
    writer.end_row();
    writer.out
}

struct Writer {
    out: Notation,
    /// Lines of the paragraph so far.
    paragraph: String,
    /// Cells of the row so far, within a table.
    table: Option<Vec<String>>,
}

impl Writer {
    fn line(&mut self, line: &str) {
        if line.starts_with("{|") {
            self.end_paragraph();
            self.end_row();
            self.table = Some(Vec::new());
        } else if self.table.is_some() {
            self.table_line(line);
        } else if line.is_empty() {
            self.end_paragraph();
        } else if let Some((level, heading)) = heading(line) {
            self.end_paragraph();
            self.out.heading(level, &words(heading));
        } else if let Some(item) = line.strip_prefix(['*', '#', ';']) {
            self.end_paragraph();
            self.out.item(&words(item.trim_start_matches(['*', '#', ':', ';'])));
        } else {
            let line = line.trim_start_matches(':');
            if !self.paragraph.is_empty() {
                self.paragraph.push('\n');
            }
            self.paragraph.push_str(line);
        }
    }

    fn table_line(&mut self, line: &str) {
        if line.starts_with("|}") {
            self.end_row();
            self.table = None;
        } else if line.starts_with("|-") {
            self.end_row();
            self.table = Some(Vec::new());
        } else if let Some(caption) = line.strip_prefix("|+") {
            self.out.paragraph(&words(caption));
        } else if let Some(cells) = line.strip_prefix('|') {
            self.cells(cells, "||");
        } else if let Some(cells) = line.strip_prefix('!') {
            let sign = if cells.contains("!!") { "!!" } else { "||" };
            self.cells(cells, sign);
        } else if let Some(cell) = self.table.as_mut().and_then(|row| row.last_mut()) {
            // A cell goes on over lines.
            cell.push(' ');
            cell.push_str(&words(line));
        }
    }

    fn cells(&mut self, cells: &str, sign: &str) {
        let Some(row) = &mut self.table else { return };
        for cell in cells.split(sign) {
            // `style="…" | words`: the words.
            let cell = match cell.split_once('|') {
                Some((style, words)) if style.contains('=') => words,
                _ => cell,
            };
            row.push(words(cell));
        }
    }

    fn end_row(&mut self) {
        if let Some(row) = self.table.take() {
            self.out.row(&row);
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        self.out.paragraph(&words(&paragraph));
    }
}

/// `== Words ==`: level and words.
fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|b| *b == b'=').count();
    let closing = line.bytes().rev().take_while(|b| *b == b'=').count();
    let level = level.min(closing).min(6);
    (level >= 2 && line.len() > 2 * level).then(|| (level, &line[level..line.len() - level]))
}

/// The words of a line: without quotation signs for bold and italic, tags and breaks, with
/// entities read.
pub(super) fn words(line: &str) -> String {
    let mut text = line.replace("'''", "").replace("''", "").replace(BREAK, " ");
    if text.contains(['<', '&']) {
        text = html::words(&text);
    }
    for switch in ["__NOTOC__", "__TOC__", "__NOEDITSECTION__", "__FORCETOC__"] {
        if text.contains("__") {
            text = text.replace(switch, "");
        }
    }
    super::super::notation::one_line(&text)
}
