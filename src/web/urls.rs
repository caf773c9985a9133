//! Every link that a page can carry. A language and an earlier day
//! chosen in the URL stay in all of them.

/// The links beside a list.
mod toggles;

use super::as_of;
use crate::drawing::Links;
use crate::model::date::PartialDate;
use crate::model::filter::{Dimension, Filter, Lanes};
use crate::model::passage::Passage;
use crate::model::source::Lang;
use jiff::civil::Date;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::borrow::Cow;

/// What may stand in a path segment as it is.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The pages that show a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// The timeline.
    #[default]
    List,
    /// The map.
    Map,
}

impl View {
    /// Its path.
    pub fn path(self) -> &'static str {
        match self {
            Self::List => "/",
            Self::Map => "/map",
        }
    }
}

/// Makes the links of one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Urls {
    /// The language chosen with `lang=`; none when the browser's was taken.
    pub lang: Option<Lang>,
    /// The earlier day of which the pages are; none for now.
    pub as_of: Option<Date>,
    /// Where filters lead that are changed on this page.
    pub view: View,
    /// How the chart of a timeline is divided; kept while its filters change.
    pub lanes: Option<Lanes>,
}

impl Urls {
    /// The timeline of a filter.
    pub fn timeline(&self, filter: &Filter) -> String {
        self.with_filter("/", filter, None)
    }

    /// The timeline of one value.
    pub fn timeline_of(&self, dimension: Dimension, value: &str) -> String {
        let slug = value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        match (self.as_of, self.lang, self.lanes, slug) {
            (None, None, None, true) => ["/?", dimension.as_str(), "=", value].concat(),
            _ => self.timeline(&Filter::of(dimension, value)),
        }
    }

    /// A filter on the kind of page that this is.
    pub fn view(&self, filter: &Filter) -> String {
        self.with_filter(self.view.path(), filter, None)
    }

    /// The map of a filter.
    pub fn map(&self, filter: &Filter) -> String {
        self.with_filter(View::Map.path(), filter, None)
    }

    /// The map as JSON.
    pub fn map_json(&self, filter: &Filter) -> String {
        self.with_filter("/map.json", filter, None)
    }

    /// Two filters side by side.
    pub fn compare(&self, a: &Filter, b: &Filter) -> String {
        self.with_two("/compare", a, b)
    }

    /// The same as JSON.
    pub fn compare_json(&self, a: &Filter, b: &Filter) -> String {
        self.with_two("/compare.json", a, b)
    }

    /// The timeline of a filter from a position on.
    pub fn timeline_after(&self, filter: &Filter, after: &str) -> String {
        self.with_filter("/", filter, Some(after))
    }

    /// The timeline as JSON.
    pub fn timeline_json(&self, filter: &Filter, after: Option<&str>) -> String {
        self.with_filter("/timeline.json", filter, after)
    }

    /// A file of the filtered view; `format` is the file name's ending.
    pub fn export(&self, format: &str, filter: &Filter) -> String {
        self.with_filter(&format!("/export.{format}"), filter, None)
    }

    /// One incident.
    pub fn incident(&self, id: &str) -> String {
        self.plain(["/incidents/", &*segment(id)].concat())
    }

    /// One incident as JSON.
    pub fn incident_json(&self, id: &str) -> String {
        self.plain(["/incidents/", &*segment(id), ".json"].concat())
    }

    /// The page of an actor, a place or a victim group; none for other things.
    pub fn subject(&self, dimension: Dimension, slug: &str) -> Option<String> {
        Some(self.plain(["/", folder(dimension)?, "/", &*segment(slug)].concat()))
    }

    /// The same as JSON.
    pub fn subject_json(&self, dimension: Dimension, slug: &str) -> Option<String> {
        Some(self.plain(["/", folder(dimension)?, "/", &*segment(slug), ".json"].concat()))
    }

    /// All actors, places or victim groups; none for other things.
    pub fn subjects(&self, dimension: Dimension) -> Option<String> {
        Some(self.plain(["/", folder(dimension)?].concat()))
    }

    /// The same as JSON.
    pub fn subjects_json(&self, dimension: Dimension) -> Option<String> {
        Some(self.plain(["/", folder(dimension)?, ".json"].concat()))
    }

    /// All sources.
    pub fn sources(&self) -> String {
        self.plain("/sources".to_owned())
    }

    /// All sources as JSON.
    pub fn sources_json(&self) -> String {
        self.plain("/sources.json".to_owned())
    }

    /// One source with its whole text.
    pub fn source(&self, id: &str) -> String {
        self.plain(["/sources/", &*segment(id)].concat())
    }

    /// One source as JSON.
    pub fn source_json(&self, id: &str) -> String {
        self.plain(["/sources/", &*segment(id), ".json"].concat())
    }

    /// The rows of a dataset that follow the one with the key `after`.
    pub fn source_after(&self, id: &str, after: &str) -> String {
        let path = format!("/sources/{}", segment(id));
        let after = ("after", after.to_owned());
        with_pairs(&path, std::iter::once(after).chain(self.kept()))
    }

    /// A row of a dataset as it was.
    pub fn record(&self, source: &str, key: &str) -> String {
        self.plain(["/sources/", &*segment(source), "/records/", &*segment(key)].concat())
    }

    /// The same as JSON.
    pub fn record_json(&self, source: &str, key: &str) -> String {
        self.plain(["/sources/", &*segment(source), "/records/", &*segment(key), ".json"].concat())
    }

    /// The words of a passage, marked in their source, or in their row of it.
    pub fn passage(&self, source: &str, record: Option<&str>, passage: &Passage) -> String {
        let mut href = match record {
            Some(key) => self.record(source, key),
            None => self.source(source),
        };
        // A page has hundreds of these: `format!` takes several times as long.
        href.extend(["#p-", &*passage.start.to_string(), "-", &*passage.end.to_string()]);
        href
    }

    /// Incidents that may be one, of `show`, perhaps only those of one incident.
    pub fn matches(&self, show: &str, incident: Option<&str>, after: Option<&str>) -> String {
        self.with_matches("/matches", show, incident, after)
    }

    /// The same as JSON.
    pub fn matches_json(&self, show: &str, incident: Option<&str>) -> String {
        self.with_matches("/matches.json", show, incident, None)
    }

    /// The documents whose incidents can be reviewed.
    pub fn reviews(&self) -> String {
        self.plain("/review".to_owned())
    }

    /// Reviewing a document: one incident of it by the key of its account, a `new` one, or
    /// the whole list.
    pub fn review(&self, source: &str, edit: Option<&str>) -> String {
        let edit = edit.map(|edit| ("edit", edit.to_owned()));
        with_pairs(&format!("/review/{}", segment(source)), edit.into_iter().chain(self.kept()))
    }

    /// What this is and how it is to be read.
    pub fn about(&self) -> String {
        self.plain("/about".to_owned())
    }

    fn with_matches(
        &self,
        path: &str,
        show: &str,
        incident: Option<&str>,
        after: Option<&str>,
    ) -> String {
        let show = (show != "open").then_some(("show", show.to_owned()));
        let incident = incident.map(|id| ("incident", id.to_owned()));
        let after = after.map(|after| ("after", after.to_owned()));
        with_pairs(path, show.into_iter().chain(incident).chain(after).chain(self.kept()))
    }

    fn plain(&self, path: String) -> String {
        match (self.as_of, self.lang) {
            (None, None) => path,
            _ => with_pairs(&path, self.kept()),
        }
    }

    fn with_filter(&self, path: &str, filter: &Filter, after: Option<&str>) -> String {
        let pairs = filter.to_pairs().into_iter();
        let after = after.map(|after| ("after", after.to_owned()));
        let lanes = self.lanes.filter(|_| path == View::List.path());
        let lanes = lanes.map(|lanes| (Lanes::KEY, lanes.as_str().to_owned()));
        with_pairs(path, pairs.chain(after).chain(lanes).chain(self.kept()))
    }

    fn with_two(&self, path: &str, a: &Filter, b: &Filter) -> String {
        let sides = [("a.", a), ("b.", b)].into_iter().flat_map(|(prefix, filter)| {
            let pairs = filter.to_pairs().into_iter().filter(|(key, _)| *key != "sort");
            pairs.map(move |(key, value)| (format!("{prefix}{key}"), value))
        });
        let kept = self.kept().into_iter().map(|(key, value)| (key.to_owned(), value));
        with_pairs(path, sides.chain(kept))
    }

    /// What stays in every link: the earlier day of which the pages are, and the language.
    pub fn kept(&self) -> Vec<(&'static str, String)> {
        let day = self.as_of.map(|day| (as_of::KEY, day.to_string()));
        let lang = self.lang.map(|lang| ("lang", lang.as_str().to_owned()));
        day.into_iter().chain(lang).collect()
    }
}

impl Links for Urls {
    fn period(&self, filter: &Filter, _: PartialDate) -> Option<String> {
        Some(self.timeline(filter))
    }

    fn list(&self, filter: &Filter) -> Option<String> {
        Some(self.timeline(filter))
    }

    fn map(&self, filter: &Filter) -> Option<String> {
        Some(Self::map(self, filter))
    }

    fn incident(&self, id: &str) -> Option<String> {
        Some(Self::incident(self, id))
    }
}

/// `path?key=value…`, without the question mark when there are no pairs.
pub fn with_pairs<K, V>(path: &str, pairs: impl IntoIterator<Item = (K, V)>) -> String
where
    K: AsRef<str>,
    V: AsRef<str>,
{
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    match query.finish() {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

fn folder(dimension: Dimension) -> Option<&'static str> {
    match dimension {
        Dimension::Perpetrator => Some("actors"),
        Dimension::Place => Some("places"),
        Dimension::Victim => Some("victims"),
        _ => None,
    }
}

/// Id of the mark that holds a passage on its source's page.
pub fn anchor(passage: &Passage) -> String {
    format!("p-{}-{}", passage.start, passage.end)
}

fn segment(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, SEGMENT).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_filter_and_language() {
        let filter = Filter::parse([("region", "mopti"), ("q", "a&b é")], |_, _| Ok(())).unwrap();
        let urls = Urls { lang: Some(Lang::Fr), ..Urls::default() };
        assert_eq!(urls.timeline(&filter), "/?region=mopti&q=a%26b+%C3%A9&lang=fr");
        assert_eq!(
            urls.timeline_after(&filter, "newest~2022-01-01~x"),
            "/?region=mopti&q=a%26b+%C3%A9&after=newest%7E2022-01-01%7Ex&lang=fr"
        );
        assert_eq!(Urls::default().timeline(&Filter::default()), "/");
    }

    #[test]
    fn the_timeline_of_a_value_is_that_of_its_filter() {
        let french = Urls { lang: Some(Lang::Fr), ..Urls::default() };
        let lanes = Urls { lanes: Some(Lanes::Region), ..Urls::default() };
        for urls in [Urls::default(), french, lanes] {
            for value in ["armed-clash", "a&b é", "x=y"] {
                let filter = Filter::of(Dimension::Type, value);
                assert_eq!(urls.timeline_of(Dimension::Type, value), urls.timeline(&filter));
            }
        }
    }

    #[test]
    fn odd_ids_stay_one_segment() {
        let passage = Passage { start: 3, end: 9, quote: "killed".into(), page: None };
        assert_eq!(
            Urls::default().passage("a/../b\"é", None, &passage),
            "/sources/a%2F..%2Fb%22%C3%A9#p-3-9"
        );
        assert_eq!(
            Urls { lang: Some(Lang::Fr), ..Urls::default() }.passage("ged", Some("a/1"), &passage),
            "/sources/ged/records/a%2F1?lang=fr#p-3-9"
        );
    }
}
