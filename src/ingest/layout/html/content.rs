//! Which part of a page is its text. What is marked as something else (navigation, consent,
//! comments, teasers) is set aside; of the rest the innermost element that holds most of the
//! running text is taken.

use super::tree::{Kind, Node, Tree};
use crate::ingest::layout::notation::one_line;
use crate::ingest::lexicon::norm_phrase;

/// Elements that hold no text of the document.
const NEVER: [&str; 31] = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "button",
    "select", "textarea", "input", "head", "nav", "footer", "audio", "video", "canvas", "dialog",
    "figure", "aside", "form", "amp-ad", "amp-sticky-ad", "amp-auto-ads", "amp-consent",
    "amp-sidebar", "amp-list", "amp-user-notification", "amp-social-share", "amp-next-page",
];

/// Words of classes and ids of parts of a page that are not its text.
const ASIDE: [&str; 88] = [
    "ad", "ads", "advert", "advertisement", "advertising", "adsense", "archives", "author",
    "authors", "auteur", "banner", "bio", "biography", "breadcrumb", "breadcrumbs", "byline",
    "caption", "carousel", "catlinks", "comment", "comments", "commentaires", "consent", "cookie",
    "cookies", "copyright", "credit", "date", "dialog", "disclaimer", "donate", "donation",
    "editsection", "embed", "footer", "gallery", "gdpr", "hatnote", "infolettre", "jump",
    "legende", "login", "masthead", "menu", "menus", "meta", "metadata", "modal", "most", "nav",
    "navbar", "navbox", "navigation", "newsletter", "noprint", "overlay", "pagination", "paywall",
    "player", "popup", "popular", "printfooter", "promo", "promotion", "pubdate", "published",
    "read", "recirc", "recirculation", "recommended", "recommendations", "reflist", "related",
    "references", "search", "share", "sharing", "sidebar", "signup", "skip", "social", "sponsored",
    "subscribe", "subscription", "tags", "timestamp", "toc", "trending",
];

/// Roles of such parts.
const ROLES: [&str; 9] = [
    "navigation", "banner", "complementary", "contentinfo", "search", "dialog", "alertdialog",
    "menu", "menubar",
];

/// Classes of the title of a story.
const TITLES: [&str; 4] = ["entry-title", "post-title", "article-title", "tdb-title-text"];

/// The shortest paragraph that counts as running text, in characters.
const RUNNING: usize = 60;

/// The least running text of a story under the heading of its page, in characters.
const STORY: usize = 200;

/// Part of the running text, in percent, that an element must hold to be gone into.
const MOST: usize = 65;

/// Beginnings of lines that lead to other stories.
const ELSEWHERE: [&str; 16] = [
    "read also", "read more", "also read", "see also", "related", "more on", "watch", "listen",
    "lire aussi", "a lire", "lire egalement", "voir aussi", "a ecouter", "ecouter",
    "sur le meme sujet", "pour aller plus loin",
];

/// Where the text of a page stands.
pub(super) struct Page<'t> {
    tree: &'t Tree,
    /// The element with the main text.
    pub root: usize,
    /// Whether it is a page of a wiki.
    pub wiki: bool,
    /// For each node, whether it is set aside.
    aside: Vec<bool>,
}

impl<'t> Page<'t> {
    /// Finds the text of a page.
    pub fn of(tree: &'t Tree) -> Self {
        let wiki = tree.named("div").any(|i| tree.node(i).has_class("mw-parser-output"));
        let aside = set_aside(tree, wiki);
        let weight = weights(tree, &aside);
        let mut page = Self { tree, root: 0, wiki, aside };
        page.root = page.find(&weight);
        page
    }

    /// Whether a node is no part of the text.
    pub fn is_aside(&self, number: usize) -> bool {
        self.aside[number]
    }

    /// Whether a text is a piece of running text.
    pub fn is_running(&self, number: usize) -> bool {
        let Kind::Text(text) = &self.tree.node(number).kind else { return false };
        !self.aside[number]
            && !is_in_link(self.tree, number)
            && text.trim().chars().count() >= RUNNING
    }

    /// Whether an element is marked as the title of a story.
    pub fn is_marked_title(&self, number: usize) -> bool {
        let node = self.tree.node(number);
        matches!(node.name(), "h1" | "h2" | "h3")
            && !self.aside[number]
            && (matches!(node.attribute("itemprop"), Some("headline" | "name"))
                || TITLES.iter().any(|class| node.has_class(class)))
    }

    /// The heading that is the page's title.
    pub fn heading(&self, title: &str) -> Option<usize> {
        let is_title = |i: &usize| {
            let heading = matches!(self.tree.node(*i).name(), "h1" | "h2" | "h3");
            heading && !self.aside[*i] && one_line(&self.tree.text(*i)) == title
        };
        (0..self.tree.len()).find(is_title)
    }

    /// Goes from the whole page, or the element marked as the article, inwards while one
    /// element holds most of the running text.
    fn find(&self, weight: &[usize]) -> usize {
        let tree = self.tree;
        let marked = |i: &usize| {
            let node = tree.node(*i);
            let article = node.name() == "article"
                || node.name() == "main"
                || node.attribute("itemprop") == Some("articleBody")
                || (self.wiki && node.has_class("mw-parser-output"));
            article && !self.aside[*i] && weight[*i] * 100 >= weight[0] * 40
        };
        // The story may be short beside the teasers of others, but it has the page's heading.
        let headed = || {
            let mut headings = tree.named("h1").filter(|i| !self.aside[*i]);
            let heading = headings.next().filter(|_| headings.next().is_none())?;
            let around = |i: &usize| {
                matches!(tree.node(*i).name(), "article" | "main")
                    && heading < tree.node(*i).end
                    && !self.aside[*i]
                    && weight[*i] >= STORY
            };
            (0..heading).rfind(around)
        };
        let mut at = (0..tree.len()).rfind(marked).or_else(headed).unwrap_or(0);
        loop {
            let heavy = |i: &usize| weight[*i] * 100 >= weight[at].max(1) * MOST;
            let inner = tree.children(at).find(heavy);
            // Lists are taken with what stands around them.
            match inner.filter(|i| !matches!(tree.node(*i).name(), "p" | "ul" | "ol")) {
                Some(inner) => at = inner,
                None => return at,
            }
        }
    }

    /// Whether a block only leads to other stories: it is all links, or says so.
    pub fn leads_elsewhere(&self, words: &str, linked: usize) -> bool {
        if self.wiki || linked == 0 {
            return false;
        }
        let length = words.chars().count();
        let start: String = words.chars().take(40).collect();
        let start = norm_phrase(&start).replace('_', " ");
        let said = ELSEWHERE.iter().any(|e| start.starts_with(e)) && linked * 3 >= length;
        said || linked * 10 >= length * 9
    }
}

/// Marks what is no part of the text, with all that stands in it.
fn set_aside(tree: &Tree, wiki: bool) -> Vec<bool> {
    let all = running(tree, &vec![false; tree.len()]);
    let mut aside = vec![false; tree.len()];
    let mut at = 1;
    while at < tree.len() {
        let node = tree.node(at);
        let length = || all[node.end] - all[at];
        let structural = matches!(node.name(), "html" | "body" | "main" | "article");
        // What holds half of the text is the text, whatever it is called.
        let most = || structural || length() * 2 > all[tree.len()];
        if NEVER.contains(&node.name())
            || is_hidden(node)
            || (is_named_aside(node, wiki) && !most())
        {
            let drop = !(matches!(node.name(), "form" | "figure" | "aside") && most());
            if drop {
                aside[at..node.end].fill(true);
                at = node.end;
                continue;
            }
        }
        at += 1;
    }
    aside
}

fn is_hidden(node: &Node) -> bool {
    // The day of publication is metadata, wherever it stands.
    if node.name() == "time"
        && (node.attribute("pubdate").is_some()
            || node.attribute("itemprop").is_some_and(|p| p.starts_with("date")))
    {
        return true;
    }
    let style = node.attribute("style").map(|s| s.replace(' ', "").to_ascii_lowercase());
    node.attribute("hidden").is_some()
        || node.attribute("aria-hidden") == Some("true")
        || style.is_some_and(|s| s.contains("display:none") || s.contains("visibility:hidden"))
}

fn is_named_aside(node: &Node, wiki: bool) -> bool {
    if node.name().is_empty() {
        return false;
    }
    if node.attribute("role").is_some_and(|role| ROLES.contains(&role)) {
        return true;
    }
    let names = [node.attribute("class"), node.attribute("id")];
    let mut names = names.into_iter().flatten().flat_map(|n| n.split_ascii_whitespace());
    names.any(|name| {
        if wiki && matches!(name, "infobox" | "mw-parser-output") {
            return false;
        }
        // What stands behind a paywall is the story; a box that asks for money is none.
        let mut words = words_of(name);
        words.any(|word| match word.as_str() {
            "paywall" => node.name() != "p",
            word => ASIDE.contains(&word),
        })
    })
}

/// The words of a class: `related-posts`, `relatedPosts`, `related_posts` are two each.
pub(super) fn words_of(name: &str) -> impl Iterator<Item = String> + '_ {
    let parts = name.split(['-', '_', ':']);
    parts.flat_map(|part| {
        let mut words = vec![String::new()];
        let mut small = false;
        for c in part.chars() {
            if c.is_uppercase() && small {
                words.push(String::new());
            }
            small = c.is_lowercase();
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        words
    })
}

/// Characters of running text before each node, and in the whole page at the end: of
/// paragraphs, and of texts directly in other blocks, that are long enough and mostly no links.
fn running(tree: &Tree, aside: &[bool]) -> Vec<usize> {
    let mut before = vec![0; tree.len() + 1];
    for at in 0..tree.len() {
        let mut length = 0;
        if let (Kind::Text(text), false) = (&tree.node(at).kind, aside[at]) {
            let characters = text.trim().chars().count();
            if !is_in_link(tree, at) && (characters >= RUNNING || is_in_paragraph(tree, at)) {
                length = characters;
            }
        }
        before[at + 1] = before[at] + length;
    }
    before
}

fn is_in_link(tree: &Tree, at: usize) -> bool {
    let parent = tree.node(at).parent;
    matches!(tree.node(parent).name(), "a" | "script" | "style" | "noscript" | "title" | "option")
        || tree.node(tree.node(parent).parent).name() == "a"
}

fn is_in_paragraph(tree: &Tree, at: usize) -> bool {
    let parent = tree.node(at).parent;
    tree.node(parent).name() == "p" || tree.node(tree.node(parent).parent).name() == "p"
}

/// Running text within each node.
fn weights(tree: &Tree, aside: &[bool]) -> Vec<usize> {
    let before = running(tree, aside);
    (0..tree.len()).map(|at| before[tree.node(at).end] - before[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_words_of_classes() {
        for (class, words) in [
            ("related-posts", vec!["related", "posts"]),
            ("relatedPosts", vec!["related", "posts"]),
            ("c-NavBar__item", vec!["c", "nav", "bar", "", "item"]),
            ("AD", vec!["ad"]),
        ] {
            assert_eq!(words_of(class).collect::<Vec<_>>(), words);
        }
    }
}
