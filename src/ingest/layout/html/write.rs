//! The main text of a page in the notation: headings, paragraphs, items, rows, the infobox.

use super::content::Page;
use super::tree::{Kind, Node, Tree, is_block};
use crate::ingest::layout::notation::{Notation, one_line};

/// Writes the text of a page under its title.
pub(super) fn write(tree: &Tree, page: &Page<'_>, title: Option<&str>) -> Notation {
    let mut writer = Writer {
        tree,
        page,
        title: title.map(one_line),
        out: Notation::default(),
        words: String::new(),
        linked: 0,
        apart: 0,
        headings: Vec::new(),
        breaks: 0,
        block: Block::Paragraph,
    };
    if let Some(title) = title {
        writer.out.title(title);
    }
    writer.run();
    writer.out
}

/// The longest line, in characters without spaces, that is set apart from what follows it.
const MAX_APART: usize = 150;

/// What the words being collected are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Paragraph,
    Item,
    Heading(usize),
}

struct Writer<'a> {
    tree: &'a Tree,
    page: &'a Page<'a>,
    /// The title already written, in one line.
    title: Option<String>,
    out: Notation,
    /// Words of the block so far.
    words: String,
    /// Characters of them that are links.
    linked: usize,
    /// Characters of them that are set bold or italic.
    apart: usize,
    /// Headings with nothing behind them yet; those at the end of a page are of what was left out.
    headings: Vec<(usize, String)>,
    /// Line breaks in a row.
    breaks: usize,
    block: Block,
}

impl Writer<'_> {
    fn run(&mut self) {
        let mut at = self.page.root;
        let end = self.tree.node(at).end;
        // Ends of the blocks that are open, innermost last.
        let mut open: Vec<usize> = Vec::new();
        while at < end && !self.out.is_too_long() {
            while open.last().is_some_and(|end| *end <= at) {
                open.pop();
                self.flush(Block::Paragraph);
            }
            let node = self.tree.node(at);
            if self.page.is_aside(at) {
                at = node.end;
                continue;
            }
            match &node.kind {
                Kind::Text(text) => self.text(at, text),
                Kind::Comment(_) => {}
                Kind::Element { name, .. } => {
                    if self.element(at, node, name) {
                        at = node.end;
                        continue;
                    }
                    if is_block(name) {
                        open.push(node.end);
                    }
                }
            }
            at += 1;
        }
        self.flush(Block::Paragraph);
    }

    fn text(&mut self, at: usize, text: &str) {
        if !text.trim().is_empty() {
            self.breaks = 0;
        }
        self.words.push_str(text);
        let parent = self.tree.node(at).parent;
        let in_link = |i: usize| {
            self.tree.node(i).name() == "a" && self.tree.node(i).attribute("href").is_some()
        };
        if in_link(parent) || in_link(self.tree.node(parent).parent) {
            self.linked += text.trim().chars().count();
        }
        let is_apart = |i: usize| matches!(self.tree.node(i).name(), "b" | "strong" | "i" | "em");
        if is_apart(parent) || is_apart(self.tree.node(parent).parent) {
            self.apart += text.chars().filter(|c| !c.is_whitespace()).count();
        }
    }

    /// Begins an element; whether it was read as a whole.
    fn element(&mut self, at: usize, node: &Node, name: &str) -> bool {
        match name {
            "br" => {
                self.breaks += 1;
                if self.breaks > 1 || self.is_line_apart() {
                    self.flush(self.block);
                }
                self.words.push(' ');
            }
            "sup" if node.has_class("reference") => {
                let mark = one_line(&self.tree.text(at)).replace(' ', "");
                self.words.push_str(&mark);
                return true;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush(Block::Heading(usize::from(name.as_bytes()[1] - b'0')));
            }
            "li" => self.flush(Block::Item),
            "table" => {
                self.flush(Block::Paragraph);
                if node.has_class("infobox") || node.has_class("infobox_v2") {
                    let fields = infobox(self.tree, self.page, at);
                    self.headed().infobox(&fields);
                    return true;
                }
                if self.is_data(at) {
                    self.table(at);
                    return true;
                }
            }
            _ if is_block(name) => self.flush(Block::Paragraph),
            _ => {}
        }
        false
    }

    /// Whether the line so far is a bold or italic one, as old pages have headings and datelines.
    fn is_line_apart(&self) -> bool {
        let length = self.words.chars().filter(|c| !c.is_whitespace()).count();
        (1..=MAX_APART).contains(&length) && self.apart == length
    }

    /// Where to write, under the headings so far.
    fn headed(&mut self) -> &mut Notation {
        for (level, words) in std::mem::take(&mut self.headings) {
            self.out.heading(level, &words);
        }
        &mut self.out
    }

    /// Writes the block so far; `next` is what follows.
    fn flush(&mut self, next: Block) {
        let words = one_line(&std::mem::take(&mut self.words));
        let linked = std::mem::take(&mut self.linked);
        self.apart = 0;
        let block = std::mem::replace(&mut self.block, next);
        self.breaks = 0;
        if words.is_empty() {
            // An item whose words stand in a paragraph of its own stays an item.
            if block == Block::Item && next == Block::Paragraph {
                self.block = Block::Item;
            }
            return;
        }
        match block {
            Block::Heading(_) if self.title.as_deref() == Some(words.as_str()) => {}
            Block::Heading(level) => self.headings.push((level, words)),
            _ if self.page.leads_elsewhere(&words, linked) => {}
            Block::Item => self.headed().item(&words),
            Block::Paragraph => self.headed().paragraph(&words),
        }
    }

    /// Whether a table holds data rather than the parts of a page: rows of short cells, with no
    /// table or heading within.
    fn is_data(&self, table: usize) -> bool {
        let parts = ["table", "h1", "h2", "h3", "h4", "article", "main"];
        if self.tree.inside(table).any(|i| parts.contains(&self.tree.node(i).name())) {
            return false;
        }
        let rows = cells(self.tree, self.page, table);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        columns > 1 && rows.iter().flatten().all(|cell| cell.len() <= 1_000)
    }

    fn table(&mut self, table: usize) {
        for row in cells(self.tree, self.page, table) {
            self.headed().row(&row);
        }
    }
}

/// The cells of a table, row by row.
fn cells(tree: &Tree, page: &Page<'_>, table: usize) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut at = table + 1;
    while at < tree.node(table).end {
        let node = tree.node(at);
        match node.name() {
            _ if page.is_aside(at) => at = node.end,
            "tr" => {
                rows.push(Vec::new());
                at += 1;
            }
            "td" | "th" => {
                let words = lines(tree, page, at).join(" ");
                match rows.last_mut() {
                    Some(row) => row.push(words),
                    None => rows.push(vec![words]),
                }
                at = node.end;
            }
            "caption" => {
                rows.push(vec![lines(tree, page, at).join(" ")]);
                at = node.end;
            }
            _ => at += 1,
        }
    }
    rows
}

/// The lines of a cell: what blocks, items and breaks part.
fn lines(tree: &Tree, page: &Page<'_>, cell: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut at = cell + 1;
    while at < tree.node(cell).end {
        let node = tree.node(at);
        if page.is_aside(at) {
            at = node.end;
            continue;
        }
        match &node.kind {
            Kind::Text(text) => {
                if let Some(line) = lines.last_mut() {
                    line.push_str(text);
                }
            }
            Kind::Element { name, .. } if name == "br" || name == "hr" || is_block(name) => {
                lines.push(String::new());
            }
            _ => {}
        }
        at += 1;
    }
    lines.iter().map(|line| one_line(line)).filter(|line| !line.is_empty()).collect()
}

/// Headings of an infobox whose next row has a column for each side, and the label of a side's
/// lines.
const SIDED: [(&str, &str); 8] = [
    ("belligerents", "Combatant"),
    ("belligérants", "Combatant"),
    ("combatants", "Combatant"),
    ("casualties and losses", "Casualties"),
    ("pertes", "Casualties"),
    ("strength", "Strength"),
    ("forces en présence", "Strength"),
    ("commanders and leaders", "Commander"),
];

/// Labels and values of an infobox, one for each line of a value.
fn infobox(tree: &Tree, page: &Page<'_>, table: usize) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let mut sided = None;
    let rows: Vec<usize> =
        tree.inside(table).filter(|i| tree.node(*i).name() == "tr" && !page.is_aside(*i)).collect();
    for row in rows {
        let cells: Vec<usize> =
            tree.children(row).filter(|i| matches!(tree.node(*i).name(), "td" | "th")).collect();
        let is_label = |i: &usize| tree.node(*i).name() == "th";
        match cells.as_slice() {
            [label] => {
                let words = lines(tree, page, *label).join(" ").to_lowercase();
                let found = SIDED.iter().find(|(heading, _)| *heading == words).map(|(_, l)| *l);
                match (sided, found) {
                    // One column for both sides.
                    (Some(side), None) if !is_label(label) => {
                        let values = lines(tree, page, *label);
                        fields.extend(values.into_iter().map(|v| (format!("{side}1"), v)));
                        sided = None;
                    }
                    _ => sided = found,
                }
            }
            [label, value] if is_label(label) && sided.is_none() => {
                let label = lines(tree, page, *label).join(" ");
                let values = lines(tree, page, *value);
                fields.extend(values.into_iter().map(|value| (label.clone(), value)));
            }
            sides => {
                let Some(side) = sided.take() else { continue };
                for (number, cell) in sides.iter().enumerate() {
                    let values = lines(tree, page, *cell).into_iter();
                    fields.extend(values.map(|v| (format!("{side}{}", number + 1), v)));
                }
            }
        }
    }
    fields
}
