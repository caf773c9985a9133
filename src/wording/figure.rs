//! Figures and tolls. A figure is never without the words that limit it.

use super::Words;
use crate::messages::FluentValue;
use crate::model::claim::{Claim, Measure, Qualifier, Toll};
use crate::model::incident::Account;
use crate::model::source::SourceMeta;

impl Words<'_> {
    /// The figure of a claim: "12", "at least 12", "about 12", "up to 12", "6–9",
    /// "dozens or several — no figure given".
    pub fn figure(&self, claim: &Claim) -> String {
        let number = |n: u32| self.messages.number(n.into());
        match (claim.qualifier, claim.min, claim.max) {
            (Qualifier::Dozens, ..) | (_, None, None) => self.text("figure-none"),
            (Qualifier::About, Some(n), _) | (Qualifier::About, None, Some(n)) => {
                self.with("figure-about", &[("n", &number(n))])
            }
            (_, Some(low), Some(high)) if low == high => number(low),
            (_, Some(low), Some(high)) => {
                self.with("figure-range", &[("low", &number(low)), ("high", &number(high))])
            }
            (_, Some(low), None) => self.with("figure-at-least", &[("n", &number(low))]),
            (_, None, Some(high)) => self.with("figure-up-to", &[("n", &number(high))]),
        }
    }

    /// A claim without its claimant: "at least 12 people killed (civilians)".
    pub fn claim(&self, claim: &Claim) -> String {
        let people = match counted(claim) {
            None => self.with("claim-no-figure", &[("people", &self.people(claim.measure, "", 2))]),
            Some(count) => self.people(claim.measure, &self.figure(claim), count),
        };
        if claim.group == crate::model::claim::CasualtyGroup::Total {
            return people;
        }
        self.with("claim-group", &[("people", people.trim()), ("group", &self.claim_group(claim))])
    }

    /// Whom a claim counts: "soldiers", "soldier" where it is one.
    pub fn claim_group(&self, claim: &Claim) -> String {
        self.casualty_group(claim.group, counted(claim))
    }

    /// The numbers of a toll alone: "14–31", "50 or more", "no figure given".
    pub fn toll_figure(&self, toll: Toll) -> String {
        let (low, high) =
            (self.messages.number(toll.low.into()), self.messages.number(toll.high.into()));
        let values = [("low", low.as_str()), ("high", high.as_str())];
        match (toll.low, toll.high, toll.open) {
            (0, 0, true) => self.text("toll-no-figure"),
            (l, h, false) if l == h => low,
            (l, h, true) if l == h => self.with("toll-open", &values),
            (0, _, false) => self.with("toll-up-to", &values),
            (0, _, true) => self.with("toll-up-to-open", &values),
            (_, _, false) => self.with("toll-range", &values),
            (_, _, true) => self.with("toll-range-open", &values),
        }
    }

    /// A toll in words: "14–31 people killed".
    pub fn toll(&self, measure: Measure, toll: Toll) -> String {
        if (toll.low, toll.high, toll.open) == (0, 0, true) {
            return self.with("claim-no-figure", &[("people", self.people(measure, "", 2).trim())]);
        }
        self.people(measure, &self.toll_figure(toll), toll.high)
    }

    /// A toll with the number of claims that it comes from: "14–31 people killed, by 5
    /// claims".
    pub fn toll_by_claims(&self, measure: Measure, toll: Toll, claims: usize) -> String {
        let toll = self.toll(measure, toll);
        let values = [("toll", toll.into()), ("claims", claims.into())];
        self.messages.text_with("toll-by-claims", &values)
    }

    /// In place of a toll, where each claim counts only some of the victims.
    pub fn parts_only(&self, measure: Measure, claims: usize) -> String {
        let measure = self.measure(measure);
        let values = [("measure", measure.into()), ("claims", claims.into())];
        self.messages.text_with("toll-parts-only", &values)
    }

    /// "`figure` people killed"; `count` decides singular or plural.
    fn people(&self, measure: Measure, figure: &str, count: u32) -> String {
        let text = self.messages.text_with(
            &format!("people-{}", measure.as_str()),
            &[("figure", FluentValue::from(figure)), ("count", FluentValue::from(count))],
        );
        text.trim().to_owned()
    }

    /// Who answers for a claim: the claimant, or the source that says so itself.
    pub fn speaker(&self, account: &Account, claim: &Claim) -> String {
        match &claim.claimant {
            Some(by) => self.named(&by.name, by.actor.as_deref()),
            None => self.source_speaks(&account.source.meta),
        }
    }

    /// The source as a speaker: its publisher, or its title.
    pub fn source_speaks(&self, meta: &SourceMeta) -> String {
        let name = meta.publisher.as_deref().unwrap_or(&meta.title);
        self.with("source-speaks", &[("source", name)])
    }
}

/// How many a claim counts, at most where it says so: what decides singular or plural. None
/// where it gives no number.
fn counted(claim: &Claim) -> Option<u32> {
    claim.max.or(claim.min).filter(|_| claim.qualifier != Qualifier::Dozens)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::model::claim::CasualtyGroup;
    use crate::model::passage::Passage;
    use crate::model::source::Lang;

    fn claim(qualifier: Qualifier, min: Option<u32>, max: Option<u32>) -> Claim {
        Claim {
            measure: Measure::Killed,
            group: CasualtyGroup::Civilians,
            min,
            max,
            qualifier,
            claimant: None,
            said_on: None,
            partial: false,
            passage: Passage::default(),
        }
    }

    #[test]
    fn figures_keep_what_limits_them() {
        let known = Knowledge::embedded();
        for (qualifier, min, max, en, fr) in [
            (Qualifier::Exact, Some(12), Some(12), "12", "12"),
            (Qualifier::AtLeast, Some(12), None, "at least 12", "au moins 12"),
            (Qualifier::About, Some(12), Some(12), "about 12", "environ 12"),
            (Qualifier::UpTo, None, Some(12), "up to 12", "jusqu’à 12"),
            (Qualifier::Range, Some(6), Some(9), "6–9", "6 à 9"),
            (
                Qualifier::Dozens,
                None,
                None,
                "dozens or several — no figure given",
                "plusieurs ou des dizaines — aucun chiffre donné",
            ),
        ] {
            let claim = claim(qualifier, min, max);
            assert_eq!(Words::new(Lang::En, &known).figure(&claim), en);
            assert_eq!(Words::new(Lang::Fr, &known).figure(&claim), fr);
        }
    }

    #[test]
    fn claims_name_measure_and_group() {
        let known = Knowledge::embedded();
        let (en, fr) = (Words::new(Lang::En, &known), Words::new(Lang::Fr, &known));
        let one = claim(Qualifier::Exact, Some(1), Some(1));
        assert_eq!(en.claim(&one), "1 person killed (civilian)");
        assert_eq!(fr.claim(&one), "1 personne tuée (civil)");
        let many = claim(Qualifier::AtLeast, Some(1200), None);
        assert_eq!(en.claim(&many), "at least 1,200 people killed (civilians)");
        assert_eq!(fr.claim(&many), "au moins 1\u{202f}200 personnes tuées (civils)");
        let dozens = claim(Qualifier::Dozens, None, None);
        assert_eq!(en.claim(&dozens), "people killed, no figure given (civilians)");
    }

    #[test]
    fn tolls_are_ranges() {
        let known = Knowledge::embedded();
        let (en, fr) = (Words::new(Lang::En, &known), Words::new(Lang::Fr, &known));
        for (low, high, open, said, dit) in [
            (14, 31, false, "14–31 people killed", "14 à 31 personnes tuées"),
            (47, 47, false, "47 people killed", "47 personnes tuées"),
            (50, 50, true, "50 or more people killed", "au moins 50 personnes tuées"),
            (14, 50, true, "14–50 or more people killed", "14 à 50 (ou plus) personnes tuées"),
            (0, 12, false, "up to 12 people killed", "jusqu’à 12 personnes tuées"),
            (0, 0, true, "people killed, no figure given", "personnes tuées, sans chiffre donné"),
        ] {
            let toll = Toll { low, high, open };
            assert_eq!(en.toll(Measure::Killed, toll), said);
            assert_eq!(fr.toll(Measure::Killed, toll), dit);
        }
    }
}
