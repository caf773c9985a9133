//! Templates, links, references and comments to the words that they show.

use super::template::{self, Shown};

/// The deepest nesting of templates and links that is followed; deeper ones stay as they are.
const MAX_DEPTH: usize = 40;

/// Templates and links that are not closed within so many bytes are taken as plain signs.
const MAX_FRAME: usize = 256 * 1024;

/// The longest link to another site, in bytes.
const MAX_LINK: usize = 4 * 1024;

/// Marks the end of a line within a value: `<br>`.
pub(super) const BREAK: char = '\u{1}';

/// Tags whose whole content is left out.
const SILENT: [&str; 9] = [
    "gallery", "math", "timeline", "score", "syntaxhighlight", "source", "imagemap",
    "templatestyles", "mapframe",
];

/// A page with its templates expanded.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// What the infobox calls it.
    pub title: Option<String>,
    /// Labels and values of its infobox.
    pub infobox: Vec<(String, String)>,
    /// Its lines, with headings, lists, tables and HTML tags still in them.
    pub text: String,
}

/// Something that is open: a template or a link.
struct Frame {
    link: bool,
    /// Its opening signs, kept for when it is never closed.
    start: usize,
    parts: Vec<String>,
}

struct Expander<'s> {
    source: &'s str,
    at: usize,
    open: Vec<Frame>,
    references: usize,
    page: Page,
}

/// Expands the source of a page.
pub(super) fn expand(source: &str) -> Page {
    let mut expander =
        Expander { source, at: 0, open: Vec::new(), references: 0, page: Page::default() };
    expander.run();
    expander.page
}

impl<'s> Expander<'s> {
    fn run(&mut self) {
        while self.at < self.source.len() {
            let rest = &self.source[self.at..];
            // Everything up to the next sign goes over as it is.
            let plain = rest.find(['{', '}', '[', ']', '<', '|']).unwrap_or(rest.len());
            self.push(&rest[..plain]);
            self.at += plain;
            let rest = &self.source[self.at..];
            if rest.is_empty() {
                break;
            }
            if self.open.first().is_some_and(|f| self.at - f.start > MAX_FRAME) {
                self.give_up();
            }
            self.sign(rest);
        }
        self.give_up();
    }

    /// What begins at a sign.
    fn sign(&mut self, rest: &'s str) {
        let within = self.open.last().map(|f| f.link);
        if rest.starts_with('<') {
            self.tag(rest);
        } else if rest.starts_with("{{{") && !rest.starts_with("{{{{") {
            // A parameter of a template page: nothing of it is shown.
            self.take(3);
        } else if (rest.starts_with("{{") || rest.starts_with("[[")) && self.open.len() < MAX_DEPTH
        {
            let link = rest.starts_with('[');
            self.open.push(Frame { link, start: self.at, parts: vec![String::new()] });
            self.at += 2;
        } else if rest.starts_with("}}") && within == Some(false) {
            self.at += 2;
            self.close_template();
        } else if rest.starts_with("]]") && within == Some(true) {
            self.at += 2;
            self.close_link();
        } else if let (true, Some(frame)) = (rest.starts_with('|'), self.open.last_mut()) {
            frame.parts.push(String::new());
            self.at += 1;
        } else if rest.starts_with("[http") && within != Some(true) {
            self.outer_link(rest);
        } else {
            self.take(1);
        }
    }

    /// Takes the next signs over as they are.
    fn take(&mut self, signs: usize) {
        let signs = &self.source[self.at..self.at + signs];
        self.push(signs);
        self.at += signs.len();
    }

    fn push(&mut self, words: &str) {
        match self.open.last_mut().and_then(|frame| frame.parts.last_mut()) {
            Some(part) => part.push_str(words),
            None => self.page.text.push_str(words),
        }
    }

    /// Writes what is open as it stands: it has no end.
    fn give_up(&mut self) {
        for frame in std::mem::take(&mut self.open) {
            let sign = if frame.link { "[[" } else { "{{" };
            self.page.text.push_str(sign);
            self.page.text.push_str(&frame.parts.join("|"));
        }
    }

    fn close_template(&mut self) {
        let Some(frame) = self.open.pop() else { return };
        match template::show(&frame.parts) {
            Shown::Words(words) => self.push(&words),
            Shown::Infobox { title, fields } if self.page.infobox.is_empty() => {
                self.page.title = self.page.title.take().or(title);
                self.page.infobox = fields;
            }
            Shown::Infobox { .. } => {}
        }
    }

    fn close_link(&mut self) {
        let Some(frame) = self.open.pop() else { return };
        let target = frame.parts.first().map(|t| t.trim()).unwrap_or_default();
        let shown = frame.parts.last().map(|t| t.trim()).unwrap_or_default();
        if !template::is_media(target) {
            let shown = if shown.is_empty() { target } else { shown };
            let shown = shown.trim_start_matches(':').to_owned();
            self.push(&shown);
        }
    }

    /// `[https://example.org words]`: the words.
    fn outer_link(&mut self, rest: &'s str) {
        let near = &rest.as_bytes()[..rest.len().min(MAX_LINK)];
        let Some(end) = memchr::memchr2(b']', b'\n', near).filter(|end| near[*end] == b']') else {
            return self.take(1);
        };
        let words = rest[1..end].split_once(' ').map_or("", |(_, words)| words);
        self.push(words);
        self.at += end + 1;
    }

    fn tag(&mut self, rest: &'s str) {
        if rest.starts_with("<!--") {
            self.at += rest.find("-->").map_or(rest.len(), |end| end + 3);
            return;
        }
        let name: String =
            rest[1..].chars().take(16).take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        let silent = SILENT.contains(&name.as_str());
        match name.as_str() {
            "br" => {
                let tag = &rest.as_bytes()[..rest.len().min(64)];
                self.at += memchr::memchr(b'>', tag).map_or(3, |end| end + 1);
                self.push(&BREAK.to_string());
            }
            "nowiki" | "pre" => {
                let (content, length) = element(rest, &name);
                // The signs within are only shown: a space keeps them from being read again.
                let content = content.replace('<', "&lt;");
                self.push(&content);
                self.at += length;
            }
            "ref" => {
                let (_, length) = element(rest, &name);
                self.references += 1;
                let mark = format!("[{}]", self.references);
                // A page cut within a reference ends there, unmarked.
                if length < rest.len() || rest.ends_with('>') {
                    self.push(&mark);
                }
                self.at += length;
            }
            _ if silent => self.at += element(rest, &name).1,
            _ => self.take(1),
        }
    }
}

/// The content of an element and the length of the whole, from its `<` on. One that closes
/// itself has no content; one without an end goes on to the end.
fn element<'s>(rest: &'s str, name: &str) -> (&'s str, usize) {
    let Some(open) = rest.find('>') else {
        return ("", rest.len());
    };
    if rest[..open].ends_with('/') {
        return ("", open + 1);
    }
    let inside = &rest[open + 1..];
    let closing = format!("</{name}");
    let bytes = inside.as_bytes();
    let end = memchr::memchr_iter(b'<', bytes).find(|at| {
        bytes
            .get(*at..at + closing.len())
            .is_some_and(|b| b.eq_ignore_ascii_case(closing.as_bytes()))
    });
    match end {
        Some(end) => {
            let tail = inside[end..].find('>').map_or(inside.len(), |i| end + i + 1);
            (&inside[..end], open + 1 + tail)
        }
        None => (inside, rest.len()),
    }
}
