//! Two armed groups named in one breath, and what means both of them later: "the two movements", "they".

use super::Scene;
use super::speakers::Speakers;
use super::words::is_determiner;
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::actor::ActorFound;
use crate::ingest::token::Token;
use crate::knowledge::actors::ActorKind;
use crate::model::claim::Claimant;

/// Two armed groups named together.
pub(super) struct Both {
    pub(super) who: Vec<Claimant>,
    /// Whether they do what the sentence tells, and are not whom it is done to.
    pub(super) act: bool,
}

impl Scene<'_> {
    /// "the MSA and GATIA launched a hunt", "le Groupe d'autodéfense (GATIA) et le Mouvement pour le
    /// salut de l'Azawad (MSA)".
    pub(super) fn both(&self) -> Option<Both> {
        const LINKS: &[&str] = &["and", "et", "of", "de", "du", "des", "the", "le", "la", "l", "d"];
        const OBJECTS: &[&str] = &[
            "by", "of", "on", "with", "against", "from", "between", "to", "for", "par", "de", "du",
            "des", "d", "contre", "entre", "sur", "avec", "aux", "a", "au", "pour",
        ];
        let armed = |a: &&ActorFound| {
            let kind = self.known.actors.get(&a.slug).map(|known| known.kind);
            kind.is_some_and(|kind| {
                !matches!(kind, ActorKind::Speaker | ActorKind::Unknown | ActorKind::UnitedNations)
            })
        };
        let groups: Vec<&ActorFound> = self.actors.iter().filter(armed).collect();
        let (first, second) = groups.iter().zip(groups.iter().skip(1)).find(|(a, b)| {
            let between = self.tokens.get(a.end..b.start).unwrap_or_default();
            let plain = |t: &Token| t.is("(") || t.is(")") || one_of(t, LINKS);
            let and = between.iter().filter(|t| one_of(t, &["and", "et"])).count() == 1;
            a.slug != b.slug && and && between.len() <= 5 && between.iter().all(plain)
        })?;
        // "Movement for the Salvation of Azawad (MSA)": where the name begins, and not its letters.
        let named = groups.iter().find(|a| a.slug == first.slug).unwrap_or(first);
        let before = self.tokens[..named.start].iter().rev().find(|t| !is_determiner(t));
        let act = before.is_none_or(|t| !one_of(t, OBJECTS));
        Some(Both { who: vec![self.claimant_of(first), self.claimant_of(second)], act })
    }

    /// "the two movements", "les deux groupes", "both groups": those named together last.
    pub(super) fn means_both(tokens: &[Token], speakers: &Speakers) -> Option<Vec<Claimant>> {
        const GROUPS: &[&str] = &[
            "movements", "groups", "militias", "mouvements", "groupes", "milices", "organisations",
            "organizations", "armies", "armees",
        ];
        let [number, noun] = tokens else { return None };
        let both = one_of(number, &["two", "both", "deux"]) && one_of(noun, GROUPS);
        (both && !speakers.both.is_empty()).then(|| speakers.both.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn ok_both() {
        for (texts, said) in [
            (
                &["The MSA and GATIA launched a hunt.", "They said that six men had been killed."]
                    [..],
                "MSA, GATIA: that six men had been killed.",
            ),
            (
                &["The MSA and GATIA met JNIM.", "According to the two movements, six men died."],
                "MSA, GATIA: , six men died.",
            ),
            (
                &[
                    "Le GATIA et le Mouvement pour le salut de l'Azawad (MSA) ont attaqué le GSIM.",
                    "Les deux mouvements ont annoncé dix morts.",
                ],
                "GATIA, Mouvement pour le salut de l'Azawad: dix morts.",
            ),
        ] {
            assert_eq!(read(texts).last().map(String::as_str), Some(said), "{texts:?}");
        }
    }

    #[test]
    fn err_not_both() {
        for texts in [
            &[
                "JNIM said that it fought the MSA and GATIA.",
                "They said that six men had been killed.",
            ][..],
            &["JNIM struck at the MSA and GATIA.", "It said that six men had been killed."],
        ] {
            let said = read(texts);
            assert!(!said.iter().any(|s| s.contains("GATIA")), "{texts:?}: {said:?}");
        }
    }
}
