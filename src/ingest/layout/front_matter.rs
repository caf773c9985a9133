//! Text or Markdown with front matter: `key: value` lines between two `---` lines.

use super::{Document, File, Format, Layout, MetaFound, lines, plain};
use crate::ingest::lexicon::norm_phrase;
use crate::model::document::{Problem, Shape};
use crate::model::source::{Lang, SourceKind};
use std::str::FromStr;

/// Text or Markdown with front matter.
pub(super) struct FrontMatter;

impl Format for FrontMatter {
    fn shape(&self) -> Shape {
        Shape::FrontMatter
    }

    fn detect(&self, file: &File<'_>) -> bool {
        let first = file.text_or_empty().lines().map(str::trim).find(|line| !line.is_empty());
        matches!(first, Some("---" | "+++"))
    }

    fn read(&self, file: &File<'_>) -> Result<Document, Problem> {
        let text = file.text()?.to_owned();
        Ok(Document { layout: read(file.name, &text), text })
    }
}

/// Keys that are understood. The `original_*` ones of digests are kept in the text and
/// shown with it.
const KEYS: &str =
    "title, publisher, published, retrieved, url, licence, language, kind or sensitive";

pub(super) fn read(file: &str, text: &str) -> Layout {
    let mut meta = MetaFound::default();
    let mut problems = Vec::new();
    let mut body_start = None;
    let mut opened = false;
    for (number, (line, range)) in lines(text, 0).enumerate() {
        let inside = line.trim();
        if !opened {
            opened = inside == "---" || inside == "+++";
            continue;
        }
        if inside == "---" || inside == "+++" {
            let after = &text[range.end..];
            body_start = Some(range.end + after.find('\n').map_or(after.len(), |i| i + 1));
            break;
        }
        if inside.is_empty() || inside.starts_with('#') {
            continue;
        }
        if let Err((expected, found)) = set(&mut meta, inside) {
            problems.push(Problem { file: file.to_owned(), line: number + 1, expected, found });
        }
    }
    let Some(body_start) = body_start else {
        let found = "the end of the file".to_owned();
        let expected = "a line --- that ends the front matter".to_owned();
        let line = text.lines().count().max(1);
        let file = file.to_owned();
        let problems = vec![Problem { file, line, expected, found }];
        let mut layout = Layout { shape: Shape::FrontMatter, problems, ..plain::read(text, 0) };
        // Nothing else is believed of what has no end.
        layout.meta.sensitive = meta.sensitive;
        return layout;
    };
    let mut layout = plain::read(text, body_start);
    meta.title = meta.title.or(layout.meta.title);
    layout.shape = Shape::FrontMatter;
    layout.meta = meta;
    layout.problems = problems;
    layout
}

/// Takes one `key: value` line; what was expected and found when it does not fit.
fn set(meta: &mut MetaFound, line: &str) -> Result<(), (String, String)> {
    let (key, value) = line
        .split_once(':')
        .or_else(|| line.split_once('='))
        .ok_or_else(|| ("key: value".to_owned(), line.to_owned()))?;
    let value = value.trim().trim_matches('"').trim();
    let text = || Some(value.to_owned()).filter(|v| !v.is_empty());
    let bad = |expected: &str| (expected.to_owned(), format!("{:?}", value));
    match norm_phrase(key).as_str() {
        "title" | "titre" => meta.title = text(),
        "publisher" | "editeur" | "source" => meta.publisher = text(),
        "url" | "link" | "lien" => meta.url = text(),
        "licence" | "license" => meta.licence = text(),
        "published" | "date" | "publie" => {
            meta.published =
                Some(value.parse().map_err(|_| bad("published: YYYY, YYYY-MM or YYYY-MM-DD"))?);
        }
        "retrieved" | "accessed" | "consulte" => {
            meta.retrieved = Some(value.parse().map_err(|_| bad("retrieved: YYYY-MM-DD"))?);
        }
        "language" | "lang" | "langue" => {
            let code = value.get(..2).unwrap_or(value).to_ascii_lowercase();
            let lang = Lang::from_str(&code).map_err(|()| bad("language: en or fr"))?;
            meta.lang = Some(lang);
        }
        "kind" | "type" => {
            let expected = SourceKind::ALL.map(SourceKind::as_str).join(", ");
            let kind = SourceKind::from_str(value)
                .map_err(|()| bad(&format!("kind: one of {expected}")))?;
            meta.kind = Some(kind);
        }
        "sensitive" | "sensible" => {
            meta.sensitive = match norm_phrase(value).as_str() {
                "yes" | "true" | "oui" | "vrai" => true,
                "no" | "false" | "non" | "faux" => false,
                // Rather too careful than not enough.
                _ => {
                    meta.sensitive = true;
                    return Err(bad("sensitive: yes or no"));
                }
            };
        }
        key if key.starts_with("original_") || key == "note" || key == "author" => {}
        key => return Err((KEYS.to_owned(), format!("{key:?}"))),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_front_matter() {
        let text = "---\ntitle: A \"raid\"\npublished: 2022-04\nkind: digest\nlanguage: en-GB\n---\n\nText.\n";
        let layout = read("x.md", text);
        assert_eq!(&text[layout.body_start..], "\nText.\n");
        let meta = layout.meta;
        assert_eq!(meta.title.unwrap(), "A \"raid");
        assert_eq!(meta.published.unwrap().to_string(), "2022-04");
        assert_eq!((meta.kind, meta.lang), (Some(SourceKind::Digest), Some(Lang::En)));
        assert_eq!(layout.problems, []);
    }

    #[test]
    fn a_sensitive_source_says_so() {
        let sensitive = |line: &str| read("x", &format!("---\n{line}\n---\nText.")).meta.sensitive;
        for line in ["sensitive: yes", "Sensitive: TRUE", "sensible: oui", "sensitive: perhaps"] {
            assert!(sensitive(line), "{line}");
        }
        for line in ["sensitive: no", "sensible: non", "kind: news"] {
            assert!(!sensitive(line), "{line}");
        }
        assert!(read("x", "---\nsensitive: yes\nText.").meta.sensitive, "without an end too");
    }

    #[test]
    fn err_front_matter() {
        for (line, text) in [
            (
                "kind: rumour",
                "x:2: expected kind: one of encyclopedia, news, report, statement, dataset, digest, found \"rumour\"",
            ),
            (
                "published: May",
                "x:2: expected published: YYYY, YYYY-MM or YYYY-MM-DD, found \"May\"",
            ),
            (
                "mood: grim",
                "x:2: expected title, publisher, published, retrieved, url, licence, language, kind or sensitive, found \"mood\"",
            ),
            ("nothing", "x:2: expected key: value, found nothing"),
            ("sensitive: perhaps", "x:2: expected sensitive: yes or no, found \"perhaps\""),
        ] {
            let layout = read("x", &format!("---\n{line}\n---\nText."));
            assert_eq!(layout.problems[0].to_string(), text);
        }
        let layout = read("x", "---\ntitle: A\nText.");
        assert_eq!(
            layout.problems[0].to_string(),
            "x:3: expected a line --- that ends the front matter, found the end of the file"
        );
    }
}
