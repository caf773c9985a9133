//! What a page says of itself: JSON-LD, OpenGraph, Dublin Core, `<time>`, `<html lang>`.

use super::content::Page;
use super::dates;
use super::tree::{Kind, Tree};
use crate::ingest::language;
use crate::ingest::layout::MetaFound;
use crate::ingest::layout::notation::one_line;
use crate::model::source::{Lang, SourceKind};
use serde_json::Value;

/// Names of `<meta>` that give the title.
const TITLE: [&str; 5] =
    ["og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title"];

/// Names of `<meta>` that give the publisher.
const PUBLISHER: [&str; 5] =
    ["og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "application-name"];

/// Names of `<meta>` that give the licence.
const LICENCE: [&str; 4] = ["dcterms.license", "dc.rights.license", "dcterms.rights", "dc.rights"];

/// The types of JSON-LD that are a document.
const DOCUMENTS: [&str; 7] =
    ["Article", "Report", "BlogPosting", "Liveblog", "WebPage", "Review", "Posting"];

/// What the page says of itself.
pub(super) fn read(tree: &Tree, page: &Page<'_>) -> MetaFound {
    let named = Named::of(tree);
    let data = document(tree);
    let say = |key: &str| data.as_ref().and_then(|d| text_of(d.get(key)?));
    let kind = data.as_ref().map(types).unwrap_or_default();
    let wiki_name = page.wiki.then(|| wiki(tree)).flatten();
    let publisher = data
        .as_ref()
        .and_then(|d| text_of(d.get("publisher")?.get("name")?))
        .or_else(|| named.first(&PUBLISHER));
    let title = say("headline").filter(|_| !page.wiki).or_else(|| title(tree, page, &named));
    let day = dates::published(tree, page, &named, say("datePublished"), title.as_deref());
    let url = link(tree, "canonical")
        .or_else(|| named.first(&["og:url"]))
        .or_else(|| say("url"))
        .or_else(|| saved_from(tree));
    let hint = language_hint(tree, &named);
    MetaFound {
        title,
        publisher: wiki_name.clone().or(publisher),
        kind: match kind.iter().any(|k| k == "Report") {
            _ if page.wiki => Some(SourceKind::Encyclopedia),
            true => Some(SourceKind::Report),
            false => None,
        },
        lang: Some(language::detect_with(&tree.text(page.root), hint)),
        url: url.filter(|u| u.starts_with("http://") || u.starts_with("https://")),
        // The day on which an encyclopedia page was begun dates nothing that it tells.
        published: day.filter(|_| !page.wiki),
        licence: link(tree, "license")
            .map(|l| licence(&l))
            .or_else(|| named.first(&LICENCE).filter(|l| l.len() <= 200)),
        ..MetaFound::default()
    }
}

/// The values of `<meta>` by name, the first of each.
pub(super) struct Named<'t>(Vec<(String, &'t str)>);

impl<'t> Named<'t> {
    /// Those of a page.
    pub fn of(tree: &'t Tree) -> Self {
        let metas = tree.named("meta").map(|i| tree.node(i));
        Self(
            metas
                .filter_map(|node| {
                    let name = ["property", "name", "itemprop", "http-equiv"];
                    let name = name.iter().find_map(|a| node.attribute(a))?;
                    Some((name.to_ascii_lowercase(), node.attribute("content")?))
                })
                .collect(),
        )
    }

    /// The first of these names that has a value.
    pub fn first(&self, names: &[&str]) -> Option<String> {
        let of = |name: &&str| self.0.iter().find(|(n, value)| n == name && !value.is_empty());
        names.iter().find_map(of).map(|(_, value)| one_line(value))
    }
}

/// The part of the page's JSON-LD that describes the document.
fn document(tree: &Tree) -> Option<Value> {
    let scripts = tree
        .named("script")
        .filter(|i| tree.node(*i).attribute("type").is_some_and(|t| t.contains("ld+json")));
    let mut found: Vec<Value> = Vec::new();
    for script in scripts {
        let Some(value) = json(&tree.text(script)) else { continue };
        let graph = value.get("@graph").cloned();
        let all = match graph.unwrap_or(value) {
            Value::Array(all) => all,
            one => vec![one],
        };
        found.extend(all);
    }
    let is = |value: &&Value, end: &str| types(value).iter().any(|t| t.ends_with(end));
    DOCUMENTS.iter().find_map(|end| found.iter().find(|v| is(v, end))).cloned()
}

/// JSON as pages have it: within CDATA or a comment, with ends of lines in its words.
fn json(text: &str) -> Option<Value> {
    let text = text.split_once("<![CDATA[").map_or(text, |(_, inside)| inside);
    let text = text.rsplit_once("]]>").map_or(text, |(inside, _)| inside);
    let inside = text.get(text.find(['{', '['])?..=text.rfind(['}', ']'])?)?;
    let read = serde_json::from_str(inside);
    read.or_else(|_| serde_json::from_str(&inside.replace(char::is_control, " "))).ok()
}

fn types(value: &Value) -> Vec<String> {
    match value.get("@type") {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(all)) => {
            all.iter().filter_map(|t| t.as_str().map(str::to_owned)).collect()
        }
        _ => Vec::new(),
    }
}

fn text_of(value: &Value) -> Option<String> {
    // JSON-LD often has its words escaped as for HTML.
    let text = one_line(&super::words(value.as_str()?));
    Some(text).filter(|t| !t.is_empty())
}

fn title(tree: &Tree, page: &Page<'_>, named: &Named<'_>) -> Option<String> {
    let words = |i: usize| Some(one_line(&tree.text(i))).filter(|t| !t.is_empty());
    let only = |mut all: Box<dyn Iterator<Item = usize> + '_>| {
        let first = all.next().filter(|_| all.next().is_none());
        first.and_then(words)
    };
    let heading = || only(Box::new(tree.named("h1").filter(|i| !page.is_aside(*i))));
    // The name of a blog is often its first heading, that of the post one below.
    let marked = || only(Box::new((0..tree.len()).filter(|i| page.is_marked_title(*i))));
    let wiki = || heading().filter(|_| page.wiki);
    let shown = || tree.named("title").find_map(words).map(|t| without_site(&t));
    let stated = || named.first(&TITLE);
    wiki().or_else(stated).or_else(marked).or_else(heading).or_else(shown)
}

/// A title without the name of the site behind it: "A raid | The Paper".
fn without_site(title: &str) -> String {
    let cut =
        [" | ", " — ", " – ", " - ", " :: "].iter().filter_map(|sign| title.rfind(sign)).max();
    match cut {
        Some(at) if title[..at].split_whitespace().count() >= 3 => title[..at].to_owned(),
        _ => title.to_owned(),
    }
}

fn link(tree: &Tree, rel: &str) -> Option<String> {
    let fits = |i: &usize| {
        let rels = tree.node(*i).attribute("rel").unwrap_or_default();
        rels.split_ascii_whitespace().any(|r| r.eq_ignore_ascii_case(rel))
    };
    let mut links = (0..tree.len()).filter(|i| matches!(tree.node(*i).name(), "link" | "a"));
    let found = links.find(|i| fits(i))?;
    tree.node(found).attribute("href").map(one_line).filter(|h| !h.is_empty())
}

/// `<!-- saved from url=(0024)https://example.org/page -->`, as browsers write.
fn saved_from(tree: &Tree) -> Option<String> {
    (0..tree.len().min(16)).find_map(|i| match &tree.node(i).kind {
        Kind::Comment(text) => {
            let (_, address) = text.split_once("saved from url=")?;
            let address = address.split_once(')').map_or(address, |(_, rest)| rest);
            address.split_whitespace().next().map(str::to_owned)
        }
        _ => None,
    })
}

fn language_hint(tree: &Tree, named: &Named<'_>) -> Option<Lang> {
    let stated = tree.named("html").find_map(|i| tree.node(i).attribute("lang").map(str::to_owned));
    let stated =
        stated.or_else(|| named.first(&["og:locale", "content-language", "dc.language"]))?;
    stated.get(..2)?.to_ascii_lowercase().parse().ok()
}

/// "Wikipedia" for a page of a wiki that says so.
fn wiki(tree: &Tree) -> Option<String> {
    let titles = tree.named("title").map(|i| tree.text(i)).collect::<String>();
    ["Wikipedia", "Wikipédia", "Wikinews"]
        .iter()
        .find(|n| titles.contains(**n))
        .map(|n| n.replace('é', "e"))
}

/// A licence by its address: the short name of a Creative Commons one.
fn licence(address: &str) -> String {
    let Some((_, path)) = address.split_once("creativecommons.org/licenses/") else {
        return address.to_owned();
    };
    let mut parts = path.trim_end_matches('/').split('/');
    match (parts.next(), parts.next()) {
        (Some(terms), Some(version)) => format!("CC {} {version}", terms.to_uppercase()),
        (Some(terms), None) => format!("CC {}", terms.to_uppercase()),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_json_as_pages_have_it() {
        for text in ["{\"a\": \"b c\"}", "//<![CDATA[\n{\"a\": \"b\nc\"}\n//]]>"] {
            assert_eq!(json(text).unwrap()["a"], "b c", "{text}");
        }
        for text in ["", "} {", "] [", "{", "{]", "{\"a\": }"] {
            assert_eq!(json(text), None, "{text}");
        }
    }

    #[test]
    fn ok_titles_without_their_site() {
        for (title, expected) in [
            ("Gunmen kill ten | The Paper", "Gunmen kill ten"),
            ("Mali - Gunmen kill ten - The Paper", "Mali - Gunmen kill ten"),
            ("Mali | The Paper", "Mali | The Paper"),
        ] {
            assert_eq!(without_site(title), expected);
        }
    }

    #[test]
    fn ok_licences() {
        for (address, expected) in [
            ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"),
            ("//creativecommons.org/licenses/by/2.5/deed.en", "CC BY 2.5"),
            ("https://example.org/terms", "https://example.org/terms"),
        ] {
            assert_eq!(licence(address), expected);
        }
    }
}
