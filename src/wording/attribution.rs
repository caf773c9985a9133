//! Who is named as perpetrator, by whom and how. Each stance has its own words: a claim, an
//! accusation, a suspicion and a denial are different facts.

use super::Words;
use crate::model::incident::{Attribution, Stance};

impl Words<'_> {
    /// An attribution: "claimed by JNIM", "JNIM — accused by Malian government",
    /// "Wagner Group — denied by Wagner Group", "JNIM — according to the UN".
    pub fn attribution(&self, attribution: &Attribution) -> String {
        let actor = self.actor(&attribution.actor, &attribution.name);
        let key = format!("attribution-{}", attribution.stance.as_str());
        match &attribution.by {
            Some(by) => {
                let by = self.named(&by.name, by.actor.as_deref());
                // "Claimed by JNIM" says already who speaks.
                if attribution.stance == Stance::Claimed && by == actor {
                    return self.with(&key, &[("actor", &actor)]);
                }
                self.with(&format!("{key}-by"), &[("actor", &actor), ("by", &by)])
            }
            None => self.with(&key, &[("actor", &actor)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::model::claim::Claimant;
    use crate::model::passage::Passage;
    use crate::model::source::Lang;

    #[test]
    fn each_stance_has_its_own_words() {
        let known = Knowledge::embedded();
        let says = |stance, by: Option<&str>| {
            let attribution = Attribution {
                actor: "jnim".into(),
                name: "JNIM".into(),
                stance,
                by: by.map(|name| Claimant { name: name.into(), actor: None }),
                passage: Passage::default(),
            };
            (
                Words::new(Lang::En, &known).attribution(&attribution),
                Words::new(Lang::Fr, &known).attribution(&attribution),
            )
        };
        let army = Some("Army");
        for (stance, by, en, fr) in [
            (Stance::Stated, None, "JNIM — as the source states it", "JNIM — selon la source"),
            (Stance::Stated, army, "JNIM — according to Army", "JNIM — selon Army"),
            (Stance::Claimed, None, "claimed by JNIM", "responsabilité revendiquée par JNIM"),
            (
                Stance::Claimed,
                Some("JNIM"),
                "claimed by JNIM",
                "responsabilité revendiquée par JNIM",
            ),
            (Stance::Accused, army, "JNIM — accused by Army", "JNIM — mise en cause par Army"),
            (Stance::Suspected, None, "JNIM — suspected", "JNIM — soupçon"),
            (
                Stance::Denied,
                army,
                "JNIM — denied by Army",
                "JNIM — responsabilité démentie par Army",
            ),
        ] {
            assert_eq!(says(stance, by), (en.to_owned(), fr.to_owned()));
        }
    }

    #[test]
    fn all_stances_have_messages_with_and_without_a_speaker() {
        for lang in Lang::ALL {
            let messages = crate::messages::Messages::get(lang);
            for stance in Stance::ALL {
                let key = format!("attribution-{}", stance.as_str());
                assert!(messages.has(&key), "{lang:?} lacks {key}");
                assert!(messages.has(&format!("{key}-by")), "{lang:?} lacks {key}-by");
            }
        }
    }
}
