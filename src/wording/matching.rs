//! How two tellings of what may be one incident agree, in words.

use super::Words;
use crate::matching::{
    ActorFit, DateFit, Explanation, FigureFit, KindFit, PlaceFit, Reason, WEIGHTS,
};
use crate::model::source::Lang;

/// One element of an explanation.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// "Place".
    pub name: String,
    /// "Hombori in both, 0.4 km apart".
    pub text: String,
    /// "20 of 20": what it adds to the score, in percent.
    pub points: String,
}

impl Words<'_> {
    /// What is in doubt about a pair: "the kinds of event do not fit".
    pub fn doubt(&self, reason: Reason) -> String {
        self.text(&format!("match-reason-{}", reason.as_str()))
    }

    /// How well a pair agrees: "82 of 100".
    pub fn match_score(&self, score: f64) -> String {
        self.points(score, 1.0)
    }

    /// How two tellings agree: place, date, kind, actors, figures.
    pub fn explanation(&self, e: &Explanation) -> Vec<Element> {
        let texts = [
            ("item-where", self.place_fit(&e.place)),
            ("account-date", self.date_fit(e)),
            ("filter-type", self.kind_fit(e)),
            ("match-actors", self.actor_fit(e)),
            ("account-claims", self.figure_fit(&e.figures)),
        ];
        let parts = e.parts().into_iter().zip(WEIGHTS);
        let elements = texts.into_iter().zip(parts).map(|((name, text), (part, weight))| Element {
            name: self.text(name),
            text,
            points: self.points(part * weight, weight),
        });
        elements.collect()
    }

    fn points(&self, part: f64, whole: f64) -> String {
        let percent = |x: f64| format!("{:.0}", 100.0 * x);
        self.with("match-points", &[("part", &percent(part)), ("whole", &percent(whole))])
    }

    fn place_fit(&self, place: &PlaceFit) -> String {
        let apart = |km: f64| {
            // A tenth of a kilometre is more than any gazetteer is good for.
            let km = format!("{km:.1}");
            let km = if self.lang() == Lang::Fr { km.replace('.', ",") } else { km };
            self.with("match-km", &[("km", &km)])
        };
        let two = |[a, b]: &[String; 2], km: f64| {
            self.with("match-place-two", &[("a", a), ("b", b), ("apart", &apart(km))])
        };
        match place {
            PlaceFit::Named { name, km: None, .. } => self.with("match-both", &[("what", name)]),
            PlaceFit::Named { name, km: Some(km), .. } => {
                self.with("match-place-named", &[("name", name), ("apart", &apart(*km))])
            }
            PlaceFit::Close { names, km, .. } | PlaceFit::Near { names, km } => two(names, *km),
            PlaceFit::Apart(None) => self.text("match-place-apart"),
            PlaceFit::Apart(Some(km)) => {
                self.with("match-place-apart-km", &[("apart", &apart(*km))])
            }
        }
    }

    fn date_fit(&self, e: &Explanation) -> String {
        let [a, b] = [self.date(&e.dates[0]), self.date(&e.dates[1])];
        if a == b {
            return self.with("match-both", &[("what", &a)]);
        }
        let fit = match e.date {
            DateFit::Same | DateFit::Overlap => "match-date-overlap",
            DateFit::Coarse => "match-date-month",
            DateFit::Year => "match-date-year",
            DateFit::NextDay => "match-date-next-day",
            DateFit::Undated => "match-date-undated",
            DateFit::Apart => "match-date-apart",
        };
        self.with("match-two", &[("a", &a), ("b", &b), ("fit", &self.text(fit))])
    }

    fn kind_fit(&self, e: &Explanation) -> String {
        let [a, b] = [self.kind(e.kinds[0]), self.kind(e.kinds[1])];
        let fit = match e.kind {
            KindFit::Close => "match-kind-close",
            KindFit::Loose => "match-kind-loose",
            KindFit::Never => "match-kind-never",
            KindFit::Equal | KindFit::Unstated if a == b => {
                return self.with("match-both", &[("what", &a)]);
            }
            KindFit::Equal | KindFit::Unstated => "match-kind-unstated",
        };
        self.with("match-two", &[("a", &a), ("b", &b), ("fit", &self.text(fit))])
    }

    fn actor_fit(&self, e: &Explanation) -> String {
        let names = |slugs: &[String]| {
            self.and(&slugs.iter().map(|slug| self.actor(slug, slug)).collect::<Vec<_>>())
        };
        match &e.actors {
            ActorFit::Agree(common) => self.with("match-both", &[("what", &names(common))]),
            ActorFit::OneSide(common) => self.with("match-one-side", &[("actors", &names(common))]),
            ActorFit::Unknown => self.text("match-actors-unknown"),
            ActorFit::Differ => {
                let [a, b] = [names(&e.named[0]), names(&e.named[1])];
                self.with("match-differ", &[("a", &a), ("b", &b)])
            }
        }
    }

    fn figure_fit(&self, figures: &FigureFit) -> String {
        let (a, b, key) = match figures {
            FigureFit::Unknown => return self.text("match-figures-unknown"),
            FigureFit::Agree(a, b) => (a, b, "match-figures-agree"),
            FigureFit::Alike(a, b) => (a, b, "match-figures-alike"),
            FigureFit::Differ(a, b) => (a, b, "match-differ"),
        };
        self.with(key, &[("a", &self.toll_figure(*a)), ("b", &self.toll_figure(*b))])
    }
}
