//! The tree of a page: elements and texts in the order of the page, each element with the end
//! of what stands in it. Bounded in depth and size, whatever the page says.

use html5gum::{DefaultEmitter, Token, Tokenizer};
use std::collections::HashMap;
use std::ops::Range;

/// Elements nested deeper are taken as standing side by side, as browsers do.
const MAX_DEPTH: usize = 250;

/// Most elements and texts of a page.
const MAX_NODES: usize = 1_000_000;

/// The longest value of an attribute that is kept, in bytes.
const MAX_VALUE: usize = 4 * 1024;

/// Attributes that are kept.
const KEPT: [&str; 21] = [
    "class", "id", "lang", "href", "content", "property", "name", "itemprop", "datetime", "rel",
    "type", "style", "role", "hidden", "aria-hidden", "pubdate", "http-equiv", "colspan",
    "itemtype", "charset", "title",
];

/// Elements that have no content and no end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// An element with the attributes that are kept.
    Element {
        /// Its name, in small letters.
        name: String,
        /// Name and value.
        attributes: Vec<(&'static str, String)>,
    },
    /// Words.
    Text(String),
    /// A remark that the page does not show.
    Comment(String),
}

/// An element or text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The element around it; its own number for the root.
    pub parent: usize,
    /// The first node that does not stand in it.
    pub end: usize,
}

impl Node {
    /// The name of an element; empty for others.
    pub fn name(&self) -> &str {
        match &self.kind {
            Kind::Element { name, .. } => name,
            _ => "",
        }
    }

    /// The value of an attribute; none where it has none.
    pub fn attribute(&self, wanted: &str) -> Option<&str> {
        match &self.kind {
            Kind::Element { attributes, .. } => {
                attributes.iter().find(|(name, _)| *name == wanted).map(|(_, v)| v.trim())
            }
            _ => None,
        }
    }

    /// Whether `class` is one of its classes.
    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|c| c.split_ascii_whitespace().any(|c| c == class))
    }
}

/// A page. The first node is a root around everything.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree(Vec<Node>);

/// A page has more elements and texts than are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

impl Tree {
    /// The tree of a page.
    ///
    /// # Errors
    /// When it has more than [`MAX_NODES`] elements and texts.
    pub fn parse(html: &str) -> Result<Self, TooLarge> {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut builder = Builder::new();
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let mut attributes = Vec::new();
                    for (name, value) in tag.attributes {
                        let kept = KEPT.iter().find(|k| k.as_bytes() == name.as_slice());
                        if let Some(name) = kept.filter(|_| value.len() <= MAX_VALUE) {
                            attributes.push((*name, lossy(&value)));
                        }
                    }
                    builder.start(lossy(&tag.name), attributes);
                }
                Token::EndTag(tag) => builder.end(&lossy(&tag.name)),
                Token::String(text) => builder.leaf(Kind::Text(lossy(&text))),
                Token::Comment(text) if builder.nodes.len() < 8 => {
                    builder.leaf(Kind::Comment(lossy(&text)));
                }
                _ => {}
            }
            if builder.nodes.len() > MAX_NODES {
                return Err(TooLarge);
            }
        }
        Ok(builder.finish())
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The node of a number.
    pub fn node(&self, number: usize) -> &Node {
        &self.0[number]
    }

    /// The numbers of everything that stands in a node, itself not included.
    pub fn inside(&self, number: usize) -> Range<usize> {
        number + 1..self.0[number].end
    }

    /// The numbers of what stands directly in a node.
    pub fn children(&self, number: usize) -> impl Iterator<Item = usize> {
        let mut at = number + 1;
        let end = self.0[number].end;
        std::iter::from_fn(move || {
            let child = (at < end).then_some(at)?;
            at = self.0[child].end;
            Some(child)
        })
    }

    /// Elements of a name, in the order of the page.
    pub fn named<'t>(&'t self, name: &'t str) -> impl Iterator<Item = usize> + 't {
        (0..self.0.len()).filter(move |i| self.0[*i].name() == name)
    }

    /// All words in a node, one after the other.
    pub fn text(&self, number: usize) -> String {
        let mut out = String::new();
        for i in number..self.0[number].end {
            if let Kind::Text(text) = &self.0[i].kind {
                out.push_str(text);
            } else if self.0[i].name() == "br" {
                out.push(' ');
            }
        }
        out
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

struct Builder {
    nodes: Vec<Node>,
    /// Open elements, the root first.
    open: Vec<usize>,
    /// How many of a name are open: an end without a start costs nothing.
    names: HashMap<String, usize>,
    /// Elements beyond the depth that were not opened.
    beyond: usize,
}

impl Builder {
    fn new() -> Self {
        let kind = Kind::Element { name: String::new(), attributes: Vec::new() };
        Self {
            nodes: vec![Node { kind, parent: 0, end: 0 }],
            open: vec![0],
            names: HashMap::new(),
            beyond: 0,
        }
    }

    fn leaf(&mut self, kind: Kind) {
        let parent = self.open.last().copied().unwrap_or(0);
        let number = self.nodes.len();
        self.nodes.push(Node { kind, parent, end: number + 1 });
    }

    fn start(&mut self, name: String, attributes: Vec<(&'static str, String)>) {
        self.imply_ends(&name);
        let void = VOID.contains(&name.as_str());
        if !void && self.open.len() >= MAX_DEPTH {
            self.beyond += 1;
            return;
        }
        if !void {
            *self.names.entry(name.clone()).or_default() += 1;
        }
        let number = self.nodes.len();
        self.leaf(Kind::Element { name, attributes });
        if !void {
            self.open.push(number);
        }
    }

    /// Ends what the start of an element ends without a sign: a paragraph before a block, an
    /// item before the next, a cell before the next.
    fn imply_ends(&mut self, name: &str) {
        let (ended, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
            "option" => (&["option"], &["select"]),
            _ if is_block(name) => (&["p"], &["td", "th", "li", "div", "button", "table"]),
            _ => return,
        };
        if !ended.iter().any(|name| self.names.get(*name).is_some_and(|n| *n > 0)) {
            return;
        }
        for (height, open) in self.open.iter().enumerate().rev() {
            let open = self.nodes[*open].name();
            if ended.contains(&open) {
                return self.close_from(height);
            }
            if within.contains(&open) {
                return;
            }
        }
    }

    fn end(&mut self, name: &str) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        if self.names.get(name).is_none_or(|n| *n == 0) {
            return;
        }
        // A stray end within a cell does not end what stands around the table.
        let in_cell = !matches!(name, "table" | "tr" | "td" | "th" | "tbody" | "body" | "html");
        for (height, open) in self.open.iter().enumerate().rev() {
            let open = self.nodes[*open].name();
            if open == name {
                return self.close_from(height);
            }
            if in_cell && matches!(open, "td" | "th") {
                return;
            }
        }
    }

    fn close_from(&mut self, height: usize) {
        let end = self.nodes.len();
        for number in self.open.split_off(height.max(1)) {
            self.nodes[number].end = end;
            if let Some(count) = self.names.get_mut(self.nodes[number].name()) {
                *count -= 1;
            }
        }
    }

    fn finish(mut self) -> Tree {
        self.close_from(1);
        self.nodes[0].end = self.nodes.len();
        Tree(self.nodes)
    }
}

/// Elements that stand on lines of their own.
pub fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 38] = [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
        "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
        "summary", "table", "td", "th", "tr", "ul",
    ];
    BLOCKS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names with what stands in them in brackets, words as they are.
    fn drawn(html: &str) -> String {
        fn draw(tree: &Tree, number: usize, out: &mut String) {
            for child in tree.children(number) {
                match &tree.node(child).kind {
                    Kind::Element { name, .. } => {
                        out.push_str(name);
                        out.push('(');
                        draw(tree, child, out);
                        out.push(')');
                    }
                    Kind::Text(text) => out.push_str(text),
                    Kind::Comment(_) => {}
                }
            }
        }
        let mut out = String::new();
        draw(&Tree::parse(html).unwrap(), 0, &mut out);
        out
    }

    #[test]
    fn ok_trees() {
        for (html, tree) in [
            ("<p>a<p>b</p>c", "p(a)p(b)c"),
            ("<ul><li>a<li>b<ul><li>c</ul></ul>d", "ul(li(a)li(bul(li(c))))d"),
            ("<table><tr><td>a<td>b<tr><td>c</table>d", "table(tr(td(a)td(b))tr(td(c)))d"),
            ("a<br>b<img src=x>c", "abr()bimg()c"),
            ("<div>a</span></div></div>b", "div(a)b"),
            ("<div><table><td>a</div>b</table>c", "div(table(td(ab))c)"),
            ("<script>if (a < b) '</p>'</script>c", "script(if (a < b) '</p>')c"),
            ("&eacute;&#233;&amp;lt;", "éé&lt;"),
            ("<P>A</P>", "p(A)"),
        ] {
            assert_eq!(drawn(html), tree, "{html}");
        }
    }

    #[test]
    fn ok_depth_is_bounded() {
        let html = format!("{}a{}b", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let tree = Tree::parse(&html).unwrap();
        assert_eq!(tree.len(), MAX_DEPTH + 2);
        assert_eq!(tree.text(0), "ab");
        assert_eq!(tree.node(tree.len() - 1).parent, 0);
    }

    #[test]
    fn err_too_many_elements() {
        assert_eq!(Tree::parse(&"<b>".repeat(10)).map(|t| t.len()), Ok(11));
        assert_eq!(Tree::parse(&"<br>".repeat(MAX_NODES + 1)), Err(TooLarge));
    }
}
