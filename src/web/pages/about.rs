//! What this is, and how to read it.

use super::{html, json as answer};
use crate::knowledge::actors::ActorKind;
use crate::model::filter::Filter;
use crate::model::incident::Stance;
use crate::model::source::SourceMeta;
use crate::store::gazetteer::{self, LoadedFile};
use crate::store::selection::Selection;
use crate::store::source::list as sources;
use crate::web::App;
use crate::web::error::PageError;
use crate::web::frame::{Frame, Section};
use crate::web::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde_json::json;
use std::collections::BTreeMap;

/// A term with its meaning.
pub struct Term {
    /// Slug, for its sign.
    pub slug: &'static str,
    /// The word.
    pub text: String,
    /// What it means.
    pub meaning: String,
}

/// Texts under one licence.
pub struct Licence {
    /// Its name.
    pub name: String,
    /// "3 sources".
    pub sources: String,
}

/// The page.
#[derive(Template)]
#[template(path = "about.html")]
pub struct About {
    frame: Frame,
    stances: Vec<Term>,
    signs: Vec<Term>,
    licences: Vec<Licence>,
    /// Whom to name for outlines and places, as they ask.
    geography: Vec<String>,
}

/// `GET /about`
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    visit.only(&[])?;
    let (all, files) = app.read(|db| Ok((sources(db)?, gazetteer::list(db)?))).await?;
    let metas: Vec<_> = all.iter().map(|s| &s.source.meta).collect();
    let words = Words::new(visit.lang, app.known());
    Ok(html(&build(&visit, &metas, &files, &words)))
}

/// `GET /about.json`
pub async fn json(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    visit.only(&[])?;
    let o = app.view(|db| Selection::of(db, &Filter::default())?.overview()).await?;
    answer(&json!({
        "program": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "incidents": o.incidents,
        "sources": o.sources,
        "claims": o.claims,
        "first": o.first,
        "last": o.last,
        "undated": o.undated,
    }))
}

fn build(visit: &Visit, metas: &[&SourceMeta], files: &[LoadedFile], words: &Words) -> About {
    let m = words.messages();
    let mut licences = BTreeMap::<String, usize>::new();
    for meta in metas {
        let name = meta.licence.clone();
        *licences.entry(name.unwrap_or_else(|| m.text("licence-unknown"))).or_default() += 1;
    }
    let mut geography = vec![
        words.known().outlines.credit(words.lang()).to_owned(),
        m.text("subject-whence-place"),
    ];
    geography.extend(files.iter().map(|file| file.credit.clone()));
    geography.dedup();
    About {
        geography,
        frame: Frame::new(
            visit,
            Section::About,
            m.text("nav-about"),
            Some("/about.json".to_owned()),
        ),
        stances: Stance::ALL
            .iter()
            .map(|stance| Term {
                slug: stance.as_str(),
                text: words.stance(*stance),
                meaning: m.text(&format!("about-stance-{}", stance.as_str())),
            })
            .collect(),
        signs: ActorKind::ALL
            .iter()
            .map(|kind| Term {
                slug: kind.as_str(),
                text: m.text(&format!("actor-kind-{}", kind.as_str())),
                meaning: String::new(),
            })
            .collect(),
        licences: licences
            .into_iter()
            .map(|(name, count)| Licence {
                name,
                sources: m.text_with("count-sources", &[("count", count.into())]),
            })
            .collect(),
    }
}
