//! Why a draft says what it says: the rule behind each of its facts.

use super::{Maker, context_of, whole_context};
use crate::ingest::rules::date::{self, DateWords};
use crate::ingest::rules::place::{PlaceSort, Tie};
use crate::ingest::story::Story;
use crate::ingest::story::tell::{Incident, Mention};
use crate::ingest::token::tokens;
use crate::model::claim::Claim;
use crate::model::incident::{Attribution, Draft, Stance, Victim};
use crate::model::passage::Passage;
use std::ops::Range;

/// The rules behind the facts of a draft, as `file: rule`; lists in the order of the draft's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reasons {
    /// Its date; none when it has none.
    pub date: Option<String>,
    /// Its places.
    pub places: Vec<String>,
    /// Its perpetrators.
    pub attributions: Vec<String>,
    /// Its victim groups.
    pub victims: Vec<String>,
    /// Its figures.
    pub claims: Vec<String>,
}

/// The drafts of a document, main ones first, with the rules behind them.
pub fn explained(story: &Story<'_>, told: &[Incident]) -> Vec<(Draft, Reasons)> {
    let whole = whole_context(story, told);
    let mut out = Vec::new();
    for incident in told {
        let context = context_of(story, incident, whole.as_ref());
        let main = super::main_span(told);
        let maker = Maker { story, incident, context: &context, main };
        if let Some(draft) = maker.draft(&mut Vec::new()) {
            let reasons = maker.reasons(&draft);
            out.push((draft, reasons));
        }
    }
    out.sort_by_key(|(draft, _)| !draft.main);
    out
}

impl Maker<'_> {
    fn reasons(&self, draft: &Draft) -> Reasons {
        Reasons {
            date: draft.date_passage.as_ref().map(|p| self.dated(p)),
            places: draft.places.iter().map(|p| self.placed(&p.passage)).collect(),
            attributions: draft.attributions.iter().map(|a| self.attributed(a)).collect(),
            victims: draft.victims.iter().map(|v| self.hit(v)).collect(),
            claims: draft.claims.iter().map(|c| self.counted(c)).collect(),
        }
    }

    fn dated(&self, passage: &Passage) -> String {
        let found = date::dates(&tokens(self.story.text, passage.range()));
        let form = match found.first().map(|found| found.words) {
            Some(DateWords::Days { year: Some(_), .. }) => "day, month and year",
            Some(DateWords::Days { year: None, .. }) => "day and month; year from the text around",
            Some(DateWords::Month { year: Some(_), .. }) => "month and year",
            Some(DateWords::Month { year: None, .. }) => "month; year from the text around",
            Some(DateWords::InYear { ago: None, .. }) => "of the year spoken of",
            Some(DateWords::InYear { .. }) => "of the year of publication or one before",
            Some(DateWords::Year(_) | DateWords::YearsAgo(_)) => "year",
            Some(DateWords::Weekday(_) | DateWords::LastWeekday(_) | DateWords::Weekdays(..)) => {
                "weekday before publication"
            }
            Some(DateWords::After(_)) => "days counted from the day spoken of",
            Some(DateWords::MonthsAfter(_)) => "months counted from the month spoken of",
            Some(DateWords::SameDay) => "the day spoken of",
            Some(DateWords::BeforePublication(_)) => "days counted back from publication",
            Some(DateWords::ThisMonth) => "month of publication",
            Some(DateWords::LastMonth | DateWords::LastWeek | DateWords::Weekend) => {
                "counted back from publication"
            }
            Some(DateWords::Entry { .. }) => {
                "entry of a chronology; month and year from its heading"
            }
            None => "as the title or a heading has it",
        };
        format!("date: {form}")
    }

    fn placed(&self, passage: &Passage) -> String {
        let bytes = passage.range();
        let told = self.incident.parts.iter().flat_map(|part| {
            part.fact.places.iter().map(|p| Mention::of(self.story, &part.fact, p))
        });
        let mentions = self.incident.mentions.iter().chain(&self.incident.region).cloned();
        let Some(mention) = mentions.chain(told).find(|m| m.bytes == bytes) else {
            return "place: named with the incident".to_owned();
        };
        let what = match mention.sort {
            PlaceSort::Named { known: true } => "of the gazetteer",
            PlaceSort::Named { known: false } => {
                "no gazetteer has it; the words around name a place"
            }
            PlaceSort::Region(_) => "region named as such",
            PlaceSort::Cercle => "cercle named as such",
            PlaceSort::Country(_) => "country",
        };
        let tie = match mention.tie {
            Tie::At => "where it happened",
            Tie::Near => "near",
            Tie::Other => "the only one named",
        };
        format!("place: {what}, {tie}")
    }

    fn attributed(&self, attribution: &Attribution) -> String {
        let bytes = attribution.passage.range();
        if self.incident.perpetrators.iter().any(|named| named.bytes == bytes) {
            return "infobox: perpetrator".to_owned();
        }
        let form = match attribution.stance {
            Stance::Stated => "deed told of the actor",
            Stance::Claimed => "the actor says it of itself",
            Stance::Accused => "somebody else says it of the actor",
            Stance::Suspected => "suspicion or belief",
            Stance::Denied => "denial",
            Stance::Involved => "named without direction",
        };
        format!("stance: {form}")
    }

    fn hit(&self, victim: &Victim) -> String {
        let bytes = victim.passage.range();
        match self.incident.targets.iter().any(|named| named.bytes == bytes) {
            true => "infobox: target".to_owned(),
            false => "people: noun of a figure".to_owned(),
        }
    }

    fn counted(&self, claim: &Claim) -> String {
        let range: Range<usize> = claim.passage.range();
        let told = self.all_told().into_iter().find(|(told, ..)| {
            let count = &told.count;
            told.bytes == range
                && (count.measure, count.group) == (claim.measure, claim.group)
                && (count.min, count.max) == (claim.min, claim.max)
        });
        let rule = told.map_or("figure", |(told, ..)| told.count.rule);
        format!("casualty: {rule}")
    }
}
