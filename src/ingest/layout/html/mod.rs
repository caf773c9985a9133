//! A saved web page: the main text without the site around it, and what its metadata says.

mod content;
mod dates;
mod metadata;
mod tree;
mod write;

use super::{Document, File, Format};
use crate::model::document::{Problem, Shape};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use tree::Tree;

/// A saved web page.
pub(super) struct Html;

/// How much of the beginning is looked at, in bytes.
const LOOK: usize = 2 * 1024;

impl Format for Html {
    fn shape(&self) -> Shape {
        Shape::Html
    }

    fn detect(&self, file: &File<'_>) -> bool {
        let mut end = file.text_or_empty().len().min(LOOK);
        while !file.text_or_empty().is_char_boundary(end) {
            end -= 1;
        }
        let start = &file.text_or_empty()[..end];
        if !start.contains('<') {
            return false;
        }
        let start = start.trim_start().to_ascii_lowercase();
        let tag = |name: &str| {
            start.match_indices(name).any(|(at, _)| {
                let next = start[at + name.len()..].chars().next();
                next.is_none_or(|c| c.is_whitespace() || c == '>')
            })
        };
        start.starts_with("<!doctype html")
            || tag("<html")
            || start.starts_with('<')
                && ["<head", "<body", "<article", "<main", "<div", "<p", "<h1", "<section"]
                    .iter()
                    .any(|name| tag(name))
    }

    fn read(&self, file: &File<'_>) -> Result<Document, Problem> {
        let tree = Tree::parse(file.text()?).map_err(|tree::TooLarge| {
            file.problem("a page of at most a million elements", "more")
        })?;
        let page = content::Page::of(&tree);
        let meta = metadata::read(&tree, &page);
        let out = write::write(&tree, &page, meta.title.as_deref());
        out.finish(file, self, meta)
    }
}

/// The words of a piece of HTML: without tags, entities read.
pub(super) fn words(html: &str) -> String {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(false);
    let mut out = String::with_capacity(html.len());
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::String(text) => out.push_str(&String::from_utf8_lossy(&text)),
            Token::StartTag(tag) if tree::is_block(&String::from_utf8_lossy(&tag.name)) => {
                out.push(' ');
            }
            _ => {}
        }
    }
    out
}
