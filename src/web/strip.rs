//! The claims of an incident on one scale, so that a dispute is seen at a glance.

use super::item::Quote;
use crate::drawing::round_up;
use crate::model::claim::{CasualtyGroup, Claim, Measure, Qualifier};
use crate::model::incident::{Account, Incident};
use crate::wording::Words;

/// Claims of one measure ("killed"), with the toll that they make.
pub struct Strip {
    /// Slug of the measure.
    pub measure: &'static str,
    /// "14–31 people killed, by 5 claims".
    pub text: String,
    /// Right end of the scale, in people; none when no claim has a figure.
    pub top: Option<String>,
    /// Whether there is more than one claim to compare.
    pub many: bool,
    /// One row for each claim, those of the whole incident first.
    pub rows: Vec<Row>,
    /// Rows that are shown on demand.
    pub more: Vec<Row>,
}

/// One claim.
pub struct Row {
    /// "at least 12".
    pub figure: String,
    /// "soldiers"; empty for people without a stated group.
    pub group: String,
    /// "killed".
    pub measure: String,
    /// Who says so.
    pub who: String,
    /// Day on which it was said, in words.
    pub said: Option<String>,
    /// Whether it counts only some of the victims.
    pub partial: bool,
    /// How it is drawn.
    pub mark: Mark,
    /// The words, wherever the claimant is reported with this same figure.
    pub quotes: Vec<Quote>,
}

/// A figure on the scale: positions in percent of its width, with the sign.
pub enum Mark {
    /// An exact figure: a filled dot.
    Dot(String),
    /// "About": a hollow dot.
    About(String),
    /// From one figure to another, both included: a bar from the first, so wide.
    Range(String, String),
    /// "At least": a dot with an arrow to the right.
    Open(String),
    /// "Up to": a line from nobody to the figure.
    UpTo(String),
    /// No figure.
    None,
}

impl Mark {
    /// Whether there is nothing to draw.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }
}

/// The strips of an incident, killed first; at most `shown` rows of each at once.
pub fn strips(incident: &Incident, shown: usize, quoted: &QuoteOf, words: &Words) -> Vec<Strip> {
    let strips = Measure::ALL.iter().filter_map(|&measure| {
        let mut claims: Vec<_> =
            incident.claims().filter(|(_, claim)| claim.measure == measure).collect();
        claims.sort_by_key(|(_, c)| {
            let figure = (c.min.or(c.max).unwrap_or(0), c.max.unwrap_or(u32::MAX));
            (c.partial, c.group, std::cmp::Reverse(figure))
        });
        (!claims.is_empty()).then(|| strip(incident, measure, &claims, shown, quoted, words))
    });
    strips.collect()
}

/// Gives the words of a claim with their link.
pub type QuoteOf<'a> = dyn Fn(&Account, &Claim) -> Quote + 'a;

fn strip(
    incident: &Incident,
    measure: Measure,
    claims: &[(&Account, &Claim)],
    shown: usize,
    quoted: &QuoteOf,
    words: &Words,
) -> Strip {
    // An open end needs room to point to.
    let reach = |c: &Claim| match (c.min, c.max) {
        (Some(low), None) => Some(low.saturating_add(low / 6 + 1)),
        (_, high) => high,
    };
    let highest = claims.iter().filter_map(|(_, c)| reach(c)).max();
    let top = highest.map(round_up);
    let mut rows = Vec::<(&Claim, Row)>::new();
    for (account, claim) in claims {
        let (row, quote) = (row(account, claim, top, words), quoted(account, claim));
        // Said twice, it is one claim.
        match rows.iter_mut().find(|(other, shown)| is_same(other, claim) && shown.who == row.who) {
            Some((_, shown)) => {
                shown.quotes.push(quote);
                shown.said = shown.said.take().or(row.said);
            }
            None => rows.push((claim, Row { quotes: vec![quote], ..row })),
        }
    }
    let whole = rows.iter().filter(|(c, _)| !c.partial).count();
    let (many, parts) = (rows.len() > 1, rows.len());
    let mut rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
    // A single row hidden behind a line of its own saves nothing.
    let keep = if rows.len() == shown + 1 { shown + 1 } else { shown };
    let more = rows.split_off(keep.min(rows.len()));
    Strip {
        measure: measure.as_str(),
        text: match incident.toll(measure) {
            Some(toll) => words.toll_by_claims(measure, toll, whole),
            None => words.parts_only(measure, parts),
        },
        many,
        top: top.map(|top| words.messages().number(top.into())),
        rows,
        more,
    }
}

/// Whether two claims say the same of the same people.
fn is_same(a: &Claim, b: &Claim) -> bool {
    let said = |c: &Claim| (c.group, c.min, c.max, c.qualifier, c.partial);
    said(a) == said(b)
}

fn row(account: &Account, claim: &Claim, top: Option<u32>, words: &Words) -> Row {
    Row {
        figure: words.figure(claim),
        group: match claim.group {
            CasualtyGroup::Total => String::new(),
            _ => words.claim_group(claim),
        },
        measure: words.measure(claim.measure),
        who: words.speaker(account, claim),
        said: claim.said_on.map(|day| words.day(day)),
        partial: claim.partial,
        mark: mark(claim, top.unwrap_or(1)),
        quotes: Vec::new(),
    }
}

fn mark(claim: &Claim, top: u32) -> Mark {
    let at = |n: u32| percent(n, top);
    match (claim.qualifier, claim.min, claim.max) {
        (Qualifier::Dozens, ..) | (_, None, None) => Mark::None,
        (Qualifier::About, Some(n), _) | (Qualifier::About, None, Some(n)) => Mark::About(at(n)),
        (_, Some(low), Some(high)) if low == high => Mark::Dot(at(low)),
        (_, Some(low), Some(high)) => Mark::Range(at(low), percent(high - low.min(high), top)),
        (_, Some(low), None) => Mark::Open(at(low)),
        (_, None, Some(high)) => Mark::UpTo(at(high)),
    }
}

/// `n` of `top` in percent, one digit after the point.
pub fn percent(n: u32, top: u32) -> String {
    let thousandth = u64::from(n.min(top)) * 1000 / u64::from(top.max(1));
    format!("{}.{}%", thousandth / 10, thousandth % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_stays_on_the_scale() {
        assert_eq!(percent(1, 3), "33.3%");
        assert_eq!(percent(9, 3), "100.0%");
        assert_eq!(percent(0, 0), "0.0%");
    }
}
