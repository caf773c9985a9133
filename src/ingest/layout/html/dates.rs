//! The day on which a page was published, as it says: in its metadata, marked in the text, or
//! shown beside its title.

use super::content::{Page, words_of};
use super::metadata::Named;
use super::tree::{Kind, Tree};
use crate::ingest::rules::date::{self, DateWords};
use crate::ingest::token::tokens;
use crate::model::date::PartialDate;
use jiff::civil::Date;
use serde_json::Value;

/// Names of `<meta>` that give the day of publication, the surest first.
const PUBLISHED: [&str; 19] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
    "citation_date",
    "publishdate",
    "publish_date",
    "article_date_original",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "date",
];

/// Words of the class of an element that shows a day.
const SHOWS: [&str; 10] = [
    "date", "dates", "dated", "datetime", "published", "pubdate", "posted", "publication", "time",
    "timestamp",
];

/// Words of the class of one that shows another day than that of publication.
const OTHER: [&str; 6] = ["updated", "modified", "update", "event", "comment", "comments"];

/// The longest line beside a title, in characters, that shows when a page was published.
const MAX_LINE: usize = 80;

/// How many elements and texts before a title its day may stand.
const BEFORE: usize = 12;

/// The day of publication; `stated` is that of the page's JSON-LD, `title` its title.
pub(super) fn published(
    tree: &Tree,
    page: &Page<'_>,
    named: &Named<'_>,
    stated: Option<String>,
    title: Option<&str>,
) -> Option<PartialDate> {
    stated
        .and_then(|t| any(&t))
        .or_else(|| PUBLISHED.iter().find_map(|name| any(&named.first(&[name])?)))
        .or_else(|| parsely(named))
        .or_else(|| marked(tree))
        .or_else(|| times(tree))
        .or_else(|| shown(tree, page, title?))
}

/// `{"pub_date": "2022-04-26T…"}` in a `<meta>`.
fn parsely(named: &Named<'_>) -> Option<PartialDate> {
    let page: Value = serde_json::from_str(&named.first(&["parsely-page"])?).ok()?;
    day(page.get("pub_date")?.as_str()?)
}

/// Elements that are marked as the day of publication, where all give the same.
fn marked(tree: &Tree) -> Option<PartialDate> {
    let mut days = (0..tree.len()).filter_map(|i| {
        let node = tree.node(i);
        let marked = node.attribute("pubdate").is_some()
            || node.attribute("itemprop") == Some("datePublished")
            || (node.name() == "abbr" && node.has_class("published"))
            || node.has_class("dt-published");
        marked.then(|| of_element(tree, i))?
    });
    let first = days.next()?;
    days.all(|day| day == first).then_some(first)
}

/// The only day of `<time>`: others may date comments or other stories.
fn times(tree: &Tree) -> Option<PartialDate> {
    let mut days = tree.named("time").filter_map(|i| day(tree.node(i).attribute("datetime")?));
    let first = days.next()?;
    days.all(|day| day == first).then_some(first)
}

/// The day that stands right before or behind the page's title, in an element that shows one.
fn shown(tree: &Tree, page: &Page<'_>, title: &str) -> Option<PartialDate> {
    let heading = page.heading(title)?;
    let text = (tree.node(heading).end..tree.len()).find(|i| page.is_running(*i))?;
    let shows = |i: &usize| {
        let node = tree.node(*i);
        let names = [node.attribute("class"), node.attribute("id")];
        let words: Vec<String> = names.into_iter().flatten().flat_map(words_of).collect();
        let has = |all: &[&str]| words.iter().any(|word| all.contains(&word.as_str()));
        (node.name() == "time" || has(&SHOWS)) && !has(&OTHER)
    };
    let mut behind = (tree.node(heading).end..text).filter(shows);
    let mut before = (heading.saturating_sub(BEFORE)..heading).rev().filter(shows);
    behind.find_map(|i| of_element(tree, i)).or_else(|| before.find_map(|i| of_element(tree, i)))
}

/// The day that an element gives: in an attribute, else in its words.
fn of_element(tree: &Tree, number: usize) -> Option<PartialDate> {
    let node = tree.node(number);
    let mut stated = ["datetime", "content", "title"].into_iter().filter_map(|a| node.attribute(a));
    let in_words = || {
        let mut line = String::new();
        for i in tree.inside(number) {
            if let Kind::Text(text) = &tree.node(i).kind {
                line.push_str(text);
                line.push(' ');
            }
            if line.len() > MAX_LINE * 4 {
                return None;
            }
        }
        let line = line.trim();
        let fits = line.chars().count() <= MAX_LINE;
        fits.then(|| any(line))?
    };
    stated.find_map(any).or_else(in_words)
}

/// A date in figures or in words.
fn any(text: &str) -> Option<PartialDate> {
    day(text).or_else(|| in_words(text))
}

/// The date at the start of `2022-04-24T10:00:00+00:00`, as it is written there; also
/// `20220424`.
fn day(text: &str) -> Option<PartialDate> {
    let date = text.trim().split(['T', ' ', '+', 'Z']).next()?;
    let date = date.replace('/', "-");
    if date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit()) {
        return format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]).parse().ok();
    }
    date.parse().ok()
}

/// The first whole day of a line: "Tuesday, April 26, 2022", "le 26 avril 2022 à 8 h", and
/// "26/04/2022", whose first figure can be no month.
fn in_words(text: &str) -> Option<PartialDate> {
    if text.chars().count() > MAX_LINE {
        return None;
    }
    let whole = |words| match words {
        DateWords::Days { from, to, year: Some(year) } if from == to => {
            Date::new(year, from.month, from.day).ok()
        }
        _ => None,
    };
    let all = tokens(text, 0..text.len());
    // Figures alone may put the month first.
    let mut named = date::dates(&all).into_iter().filter(|found| {
        all[found.start..found.end].iter().any(|t| t.norm.starts_with(char::is_alphabetic))
    });
    let words = named.find_map(|found| whole(found.words));
    words.or_else(|| text.split_whitespace().find_map(in_figures)).map(PartialDate::Day)
}

/// `26/04/2022`, `26.04.2022`: day first, where it cannot be the month.
fn in_figures(word: &str) -> Option<Date> {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let mut parts = word.split(['/', '.']);
    let mut next = || parts.next()?.parse::<i16>().ok();
    let (day, month, year) = (next()?, next()?, next()?);
    let sure = parts.next().is_none() && day > 12 && (1900..=2100).contains(&year);
    sure.then(|| Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_days() {
        for (text, expected) in [
            ("2022-04-24T23:30:00-05:00", Some("2022-04-24")),
            ("2022-04-24 10:00", Some("2022-04-24")),
            ("20220424", Some("2022-04-24")),
            ("2022/04/24", Some("2022-04-24")),
            ("2022-04", Some("2022-04")),
            ("24 avril 2022", Some("2022-04-24")),
            ("Publié le : 24/04/2022 - 06:00", Some("2022-04-24")),
            ("Sunday, April 24, 2022, 12:06 PM", Some("2022-04-24")),
            ("Posted on 24 April 2022, updated 25 April 2022", Some("2022-04-24")),
            // Month first or day first: nobody knows.
            ("04/05/2022", None),
            ("24 avril", None),
            ("31 April 2022", None),
            ("", None),
        ] {
            assert_eq!(any(text).map(|d| d.to_string()).as_deref(), expected, "{text}");
        }
    }

    fn of(html: &str) -> Option<String> {
        let html = format!(
            "{html}<p>Fourteen soldiers were killed in an attack on their post on Sunday.</p>"
        );
        let tree = Tree::parse(&html).unwrap();
        let page = Page::of(&tree);
        let found = published(&tree, &page, &Named::of(&tree), None, Some("A raid"));
        found.map(|d| d.to_string())
    }

    #[test]
    fn ok_days_of_pages() {
        for html in [
            "<h1>A raid</h1><span class=td-post-date>26 avril 2022</span>",
            "<h1>A raid</h1><div class='field field--name-field-dated'><div>26 April 2022</div></div>",
            "<h2 class=date-header>Tuesday, April 26, 2022</h2><h3 class=entry-title>A raid</h3>",
            "<h1>A raid</h1><abbr class=published title=2022-04-26T08:00:00Z>8:00</abbr>",
            "<meta name=parsely-page content='{\"pub_date\": \"2022-04-26T17:10:17Z\"}'>",
            "<meta name=article_date_original content='Tuesday, April 26, 2022, 12:06 PM'>",
            "<h1>A raid</h1><p class=dates>Published <time>26 April 2022</time></p>",
        ] {
            assert_eq!(of(html).as_deref(), Some("2022-04-26"), "{html}");
        }
    }

    #[test]
    fn err_days_of_something_else() {
        for html in [
            "<h1>A raid</h1><span class=updated-date>26 April 2022</span>",
            "<h1>Another</h1><span class=date>26 April 2022</span>",
            "<h1>A raid</h1><span class=place>26 April 2022</span>",
            "<time datetime=2022-04-26>a</time><time datetime=2022-04-27>b</time>",
            "<i itemprop=datePublished>26 April 2022</i><i itemprop=datePublished>1 May 2022</i>",
        ] {
            assert_eq!(of(html), None, "{html}");
        }
    }
}
