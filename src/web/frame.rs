//! What stands around every page.

use super::urls::with_pairs;
use super::visit::Visit;
use super::{as_of, assets};
use crate::messages::Messages;
use crate::model::filter::{Dimension, Filter};
use crate::model::source::Lang;
use jiff::civil::Date;

/// The part of the site that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The timeline and its incidents.
    Timeline,
    /// The map.
    Map,
    /// Actors.
    Actors,
    /// Places.
    Places,
    /// Victim groups.
    Victims,
    /// The sources.
    Sources,
    /// About.
    About,
    /// None of them.
    Other,
}

impl Section {
    /// The part that has the pages about values of a dimension.
    pub fn of(dimension: Dimension) -> Self {
        match dimension {
            Dimension::Perpetrator => Self::Actors,
            Dimension::Place => Self::Places,
            Dimension::Victim => Self::Victims,
            _ => Self::Other,
        }
    }
}

/// A link of the navigation.
pub struct NavLink {
    /// Address.
    pub href: String,
    /// Text.
    pub text: String,
    /// Whether the page is in this part.
    pub current: bool,
}

/// Head, navigation and foot of a page.
pub struct Frame {
    /// Messages in the language of the page.
    pub m: &'static Messages,
    /// Title of the page, without the site's.
    pub title: String,
    /// Main navigation.
    pub nav: Vec<NavLink>,
    /// "As known on 2026-05-03", and the page as of now; none where it is as of now.
    pub as_of: Option<(String, String)>,
    /// This page in the other language: code, name in that language, address.
    pub other: (&'static str, String, String),
    /// The same as JSON; none where there is no twin.
    pub json: Option<String>,
    /// Style sheet.
    pub css: String,
    /// Style sheet of chart and map.
    pub drawing: String,
    /// The optional script.
    pub js: String,
    /// Icon.
    pub icon: String,
    /// Version of the program.
    pub version: &'static str,
}

impl Frame {
    /// The frame of a page titled `title`.
    pub fn new(visit: &Visit, section: Section, title: String, json: Option<String>) -> Self {
        let m = Messages::get(visit.lang);
        let link = |href: String, text: String, of: Section| NavLink {
            href,
            text,
            current: of == section,
        };
        let urls = &visit.urls;
        let all = Filter::default();
        let views = [
            link(urls.timeline(&all), m.text("nav-timeline"), Section::Timeline),
            link(urls.map(&all), m.text("nav-map"), Section::Map),
        ];
        let texts = [
            link(urls.sources(), m.text("nav-sources"), Section::Sources),
            link(urls.about(), m.text("nav-about"), Section::About),
        ];
        let subjects = |of: Dimension| {
            let text = m.text(&format!("nav-{}", of.as_str()));
            urls.subjects(of).map(|href| link(href, text, Section::of(of)))
        };
        let subjects = [Dimension::Perpetrator, Dimension::Place, Dimension::Victim]
            .into_iter()
            .filter_map(subjects);
        Self {
            m,
            title,
            nav: views.into_iter().chain(subjects).chain(texts).collect(),
            as_of: visit.urls.as_of.map(|day| (as_known_on(visit, day), now(visit))),
            other: other_language(visit),
            json,
            css: assets::url("style.css"),
            drawing: assets::url("drawing.css"),
            js: assets::url("app.js"),
            icon: assets::url("icon.svg"),
            version: env!("CARGO_PKG_VERSION"),
        }
    }

    /// Language code of the page.
    pub fn lang(&self) -> &'static str {
        self.m.lang().as_str()
    }

    /// The start page.
    pub fn home(&self) -> &str {
        &self.nav[0].href
    }
}

fn as_known_on(visit: &Visit, day: Date) -> String {
    let m = Messages::get(visit.lang);
    m.text_with("as-of", &[("day", day.to_string().into())])
}

/// The same address as of now.
fn now(visit: &Visit) -> String {
    let pairs = visit.pairs.iter().map(|(k, v)| (k.as_str(), v.as_str()));
    let lang = visit.urls.lang.map(|lang| ("lang", lang.as_str()));
    with_pairs(&visit.path, pairs.chain(lang))
}

/// The same address in the other language, filter and all.
fn other_language(visit: &Visit) -> (&'static str, String, String) {
    let (lang, name) = match visit.lang {
        Lang::En => (Lang::Fr, "Français"),
        Lang::Fr => (Lang::En, "English"),
    };
    let pairs = visit.pairs.iter().map(|(k, v)| (k.as_str(), v.as_str()));
    let day = visit.urls.as_of.map(|day| day.to_string());
    let day = day.as_deref().map(|day| (as_of::KEY, day));
    let href = with_pairs(&visit.path, pairs.chain(day).chain([("lang", lang.as_str())]));
    (lang.as_str(), name.to_owned(), href)
}
