//! Whether two sources tell of the same incident. Pure: drafts in, verdicts out, each with
//! the reasons that made it.
//!
//! Joining two incidents that are not one mixes their dead; leaving one apart counts them
//! twice. So only what clearly agrees is joined, and what might agree is listed for a person
//! to decide.

/// Which draft tells which incident, where several fit.
mod choose;
/// How dates, kinds, actors and figures agree.
mod fit;
/// How places agree: by name and by distance.
mod place;

pub use choose::{Choice, choose};
pub use fit::{ActorFit, DateFit, FigureFit, KindFit, Wholes, gap};
pub use place::{PlaceFit, REACH_KM, is_specific};

use crate::model::claim::words;
use crate::model::date::DateSpan;
use crate::model::incident::{Draft, EventType};
use std::str::FromStr;

/// What is in doubt about two tellings that may be of one incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Neither the perpetrators nor the figures agree.
    Neither,
    /// Other perpetrators are named.
    Actors,
    /// The numbers of dead are far apart.
    Figures,
    /// The kinds of event do not fit.
    Kinds,
    /// Place and day agree, and nothing else speaks for it.
    Little,
    /// The dates agree only in their month or long span.
    Month,
    /// The dates agree only in their year.
    Year,
    /// The dates are a day apart.
    NextDay,
    /// One of them has no date.
    Undated,
    /// The places lie close together and have different names.
    Neighbours,
    /// It agrees with only some accounts of the incident.
    Some,
    /// Several incidents fit about as well.
    Several,
    /// Both are told by several sources, or a person has decided about one of them.
    Settled,
    /// A person named the pair.
    Person,
}
words!(Reason {
    Neither => "neither", Actors => "actors", Figures => "figures", Kinds => "kinds", Little => "little",
    Month => "month", Year => "year", NextDay => "next-day", Undated => "undated",
    Neighbours => "neighbours", Some => "some", Several => "several", Settled => "settled",
    Person => "person",
});

/// What two tellings are to each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// One incident; how well they agree, from 0 to 1.
    Same(f64),
    /// Perhaps one: how well they agree, and what is in doubt.
    Doubtful(f64, Reason),
    /// Two incidents.
    Different,
}

impl Verdict {
    /// Same before doubtful before different, then by score.
    pub fn rank(&self) -> f64 {
        match self {
            Self::Same(score) => 2.0 + score,
            Self::Doubtful(score, _) => 1.0 + score,
            Self::Different => 0.0,
        }
    }
}

/// How two tellings agree, element by element, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Where.
    pub place: PlaceFit,
    /// When.
    pub date: DateFit,
    /// The date of each.
    pub dates: [DateSpan; 2],
    /// What.
    pub kind: KindFit,
    /// The kind of each.
    pub kinds: [EventType; 2],
    /// Who.
    pub actors: ActorFit,
    /// Whom each names.
    pub named: [Vec<String>; 2],
    /// How many.
    pub figures: FigureFit,
    /// What follows.
    pub verdict: Verdict,
}

/// What each element weighs in the score: place, date, kind, actors, figures. Together 1.
pub const WEIGHTS: [f64; 5] = [0.2, 0.3, 0.2, 0.15, 0.15];

impl Explanation {
    /// How well each element agrees, from 0 to 1, in the order of [`WEIGHTS`].
    pub fn parts(&self) -> [f64; 5] {
        [
            self.place.part(),
            self.date.part(),
            self.kind.part(),
            self.actors.part(),
            self.figures.part(),
        ]
    }

    /// How well they agree, from 0 to 1.
    pub fn score(&self) -> f64 {
        self.parts().iter().zip(WEIGHTS).map(|(part, weight)| part * weight).sum()
    }

    /// What follows from the elements.
    fn judged(&self) -> Verdict {
        let doubtful = |reason| Verdict::Doubtful(self.score(), reason);
        let verdict = match &self.place {
            PlaceFit::Apart(_) => Verdict::Different,
            PlaceFit::Near { .. } if self.may_be_neighbours() => doubtful(Reason::Neighbours),
            PlaceFit::Near { .. } => Verdict::Different,
            PlaceFit::Named { .. } | PlaceFit::Close { .. } => self.judged_by_date(),
        };
        match (&self.place, verdict) {
            // Two names are two villages, unless all the rest is one.
            (PlaceFit::Close { alike: false, .. }, Verdict::Same(_))
                if !(self.actors.agree() && self.figures.agree()) =>
            {
                doubtful(Reason::Neighbours)
            }
            (_, verdict) => verdict,
        }
    }

    fn may_be_neighbours(&self) -> bool {
        let (actors, figures) = (self.actors.agree(), self.figures.agree());
        let supported = match self.kind {
            KindFit::Equal | KindFit::Close => actors || figures,
            KindFit::Unstated => actors && figures,
            KindFit::Loose | KindFit::Never => false,
        };
        self.date.is_near() && supported && !self.is_opposed()
    }

    fn is_opposed(&self) -> bool {
        self.actors == ActorFit::Differ || self.figures.differ()
    }

    fn judged_by_date(&self) -> Verdict {
        let doubtful = |reason| Verdict::Doubtful(self.score(), reason);
        let close = self.kind >= KindFit::Close;
        let (actors, figures) = (&self.actors, &self.figures);
        let supported = actors.agree() || figures.agree();
        let clear = supported && !self.is_opposed();
        match self.date {
            DateFit::Same | DateFit::Overlap => self.judged_on_the_day(),
            DateFit::Coarse if self.agrees_beyond_chance() => Verdict::Same(self.score()),
            DateFit::Coarse if close => doubtful(Reason::Month),
            DateFit::Coarse if self.kind == KindFit::Unstated && clear => doubtful(Reason::Month),
            DateFit::Coarse if self.kind == KindFit::Loose && clear => doubtful(Reason::Kinds),
            DateFit::Year if close && supported => doubtful(Reason::Year),
            DateFit::NextDay
                if close && *actors != ActorFit::Differ && (figures.agree() || figures.alike()) =>
            {
                doubtful(Reason::NextDay)
            }
            DateFit::Undated if close && figures.agree() => doubtful(Reason::Undated),
            _ => Verdict::Different,
        }
    }

    /// Of one place and the same few days.
    fn judged_on_the_day(&self) -> Verdict {
        let doubtful = |reason| Verdict::Doubtful(self.score(), reason);
        let (actors, figures) = (&self.actors, &self.figures);
        let speaks_for_it = match self.kind {
            KindFit::Equal => true,
            KindFit::Close => actors.agree() || figures.agree(),
            // A dataset that does not say what was done, but to how many, and who was there.
            KindFit::Unstated => {
                figures.agree() || actors.fully_agree() || (actors.agree() && figures.alike())
            }
            KindFit::Loose => actors.agree() && figures.agree(),
            KindFit::Never => return doubtful(Reason::Kinds),
        };
        match actors {
            ActorFit::Differ if !figures.agree() => doubtful(Reason::Neither),
            _ if figures.differ() => doubtful(Reason::Figures),
            ActorFit::Differ if self.kind < KindFit::Close => doubtful(Reason::Actors),
            _ if speaks_for_it => Verdict::Same(self.score()),
            _ if self.kind == KindFit::Loose => doubtful(Reason::Kinds),
            _ => doubtful(Reason::Little),
        }
    }

    /// Whether actors and figures agree as two incidents of one month hardly would.
    fn agrees_beyond_chance(&self) -> bool {
        let (actors, figures) = (&self.actors, &self.figures);
        // Below ten one number comes up again and again, whoever it was.
        let many = match self.kind {
            KindFit::Equal | KindFit::Close => 10,
            KindFit::Unstated => 20,
            KindFit::Loose | KindFit::Never => return false,
        };
        *actors != ActorFit::Differ
            && ((figures.agree() && figures.lesser() >= many)
                || (figures.alike() && figures.lesser() >= 50))
    }
}

/// Compares what two different documents say, element by element.
pub fn explain(a: &Draft, b: &Draft, wholes: Wholes) -> Explanation {
    let mut explanation = Explanation {
        place: PlaceFit::of(a, b),
        date: DateFit::of(&a.date, &b.date),
        dates: [a.date, b.date],
        kind: KindFit::of(a.kind, b.kind),
        kinds: [a.kind, b.kind],
        actors: ActorFit::of(a, b, wholes),
        named: [fit::names(a), fit::names(b)],
        figures: FigureFit::of(a, b),
        verdict: Verdict::Different,
    };
    explanation.verdict = explanation.judged();
    explanation
}

/// Compares what two different documents say.
pub fn compare(a: &Draft, b: &Draft, wholes: Wholes) -> Verdict {
    // What most pairs differ in is asked first.
    match PlaceFit::of(a, b) {
        PlaceFit::Apart(_) => Verdict::Different,
        _ => explain(a, b, wholes).verdict,
    }
}

/// Compares a draft with an incident that other documents tell: it must agree with one of
/// its accounts and contradict none.
pub fn compare_all(draft: &Draft, accounts: &[Draft], wholes: Wholes) -> Verdict {
    let verdicts: Vec<_> = accounts.iter().map(|a| compare(draft, a, wholes)).collect();
    let best = verdicts
        .iter()
        .max_by(|a, b| a.rank().total_cmp(&b.rank()))
        .copied()
        .unwrap_or(Verdict::Different);
    let contradicted = verdicts.contains(&Verdict::Different)
        || accounts.iter().any(|a| KindFit::of(draft.kind, a.kind) == KindFit::Never);
    match best {
        Verdict::Same(score) if contradicted => Verdict::Doubtful(score, Reason::Some),
        other => other,
    }
}

/// The pair of accounts, one of each incident, that agree best.
pub fn explain_best(a: &[Draft], b: &[Draft], wholes: Wholes) -> Option<Explanation> {
    let all = a.iter().flat_map(|x| b.iter().map(move |y| explain(x, y, wholes)));
    let rank = |e: &Explanation| e.verdict.rank() + e.score() / 10.0;
    all.max_by(|x, y| rank(x).total_cmp(&rank(y)))
}

#[cfg(test)]
mod tests;
