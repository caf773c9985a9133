//! Verbs of saying: which words are one, and which only look like it.

use super::Scene;
use crate::ingest::lexicon::{Hit, Words, any_of, one_of};
use crate::ingest::rules::date;
use crate::ingest::rules::number::figure;
use crate::ingest::token::Token;
use crate::knowledge::words::Form;

impl<'a> Scene<'a> {
    /// The verb of saying at `at`, with what belongs to it.
    pub(super) fn speech_verb(&self, at: usize) -> Option<Hit<'a, ()>> {
        // "au lieu-dit Tifolat": nobody says it.
        if self.tokens[at].glued {
            return None;
        }
        if let Some(hit) = self.held_to(at).or_else(|| self.only_spoke_of(at)) {
            return Some(hit);
        }
        let hit = self.vocabulary.speech.at(self.tokens, at).or_else(|| self.over_adverbs(at));
        let hit = hit.or_else(|| self.over_pause(at)).or_else(|| self.closing(at));
        let hit = hit.or_else(|| self.saying_by_what_follows(at))?;
        if self.tokens[at].norm == "accused"
            && self.tokens.get(at + 1).is_some_and(|t| t.norm == "of")
        {
            return None;
        }
        // "armed men described as jihadists": nobody says it.
        let next = self.tokens.get(hit.end);
        if one_of(&self.tokens[at], &["described", "identified"])
            && next.is_some_and(|t| t.norm == "as")
        {
            return None;
        }
        let casualty = self.vocabulary.casualty.at(self.tokens, at).is_some_and(|c| {
            c.end > hit.end && c.value.0.iter().all(|(_, form)| *form != Form::Toll)
        });
        let token = &self.tokens[at];
        let before = at.checked_sub(1).map(|i| &self.tokens[i]);
        // "these claims", "an assessment": nouns. "were reported": nobody says it.
        let noun = before.is_some_and(|t| {
            one_of(
                t,
                &[
                    "the", "these", "those", "of", "a", "an", "its", "their", "such", "le", "les",
                    "du", "des", "ce", "en", "to", "and", "la", "une", "un", "cette", "in",
                ],
            )
        }) && one_of(
            token,
            &[
                "claims", "claim", "report", "reports", "estimates", "compte", "note", "notes",
                "shows", "publie", "releve", "chiffre",
            ],
        );
        // "received credible reports of hundreds killed", "numerous claims of": nouns too.
        let noun = noun
            || one_of(token, &["reports", "claims", "estimates"])
                && self.tokens.get(at + 1).is_some_and(|t| t.norm == "of");
        // "who asked not to be named told": the passive is another verb's.
        let between = |t: &&Token| !(t.norm.len() > 3 && t.norm.ends_with("ed"));
        let passive =
            self.tokens[..at].iter().rev().take(3).take_while(|t| t.is_word() && between(t)).any(
                |t| {
                    one_of(
                        t,
                        &[
                            "was", "were", "been", "being", "is", "are", "be", "ete", "etait",
                            "est", "sont", "etaient",
                        ],
                    )
                },
            );
        let claims = ["claimed", "claims", "claim", "claiming", "revendique", "revendiquent"];
        let deed = one_of(&self.tokens[hit.end - 1], &claims) && self.is_deed(hit.end);
        (!casualty && !noun && !passive && !deed).then_some(hit)
    }

    /// "avaient d'abord annoncé", "a également indiqué": a verb with adverbs inside.
    fn over_adverbs(&self, at: usize) -> Option<Hit<'a, ()>> {
        const ADVERBS: &[&str] = &[
            "d", "abord", "aussi", "egalement", "deja", "auparavant", "ensuite", "toutefois",
            "cependant", "pour", "sa", "part", "par", "ailleurs", "notamment", "de", "son", "cote",
            "leur", "plus", "tard", "encore", "alors", "ainsi",
        ];
        static AUXILIARIES: Words = Words::new(&["a", "ont", "avait", "avaient"]);
        let auxiliary = self.tokens.get(at)?;
        if !AUXILIARIES.has(auxiliary) {
            return None;
        }
        // "a-t-il indiqué".
        let enclitic = |t: &Token| t.glued && one_of(t, &["t", "il", "elle", "ils", "elles"]);
        let adverb = |t: &Token| one_of(t, ADVERBS) || t.norm.ends_with("ment") || enclitic(t);
        let rest = self.tokens.get(at + 1..)?;
        let skipped = rest.iter().take(5).take_while(|t| adverb(t)).count();
        let participle = rest.get(skipped).filter(|_| skipped > 0)?;
        let words = [auxiliary.clone(), participle.clone()];
        let hit = self.vocabulary.speech.at(&words, 0).filter(|hit| hit.end == 2)?;
        Some(Hit { start: at, end: at + 2 + skipped, value: hit.value })
    }

    /// "parlent dans un premier temps de douze tués", "s'en tenaient jeudi à trente": what stands
    /// between the verb and its preposition.
    fn over_pause(&self, at: usize) -> Option<Hit<'a, ()>> {
        static SPEAKS: Words = Words::new(&[
            "parle", "parlent", "parlait", "parlaient", "tient", "tiennent", "tenait", "tenaient",
            "fait", "font", "faisait", "faisaient", "faisant", "faire", "parlant",
        ]);
        self.tokens.get(at).filter(|t| SPEAKS.has(t))?;
        let holds = self.tokens[at].norm.starts_with("t");
        let own = at >= 2 && self.tokens[at - 1].norm == "en" && self.tokens[at - 2].norm == "s";
        if holds && !own {
            return None;
        }
        let of: &[&str] = if holds { &["a"] } else { &["de", "d"] };
        let pauses = |i: usize| {
            one_of(
                &self.tokens[i],
                &[
                    "dans", "un", "premier", "temps", "abord", "d", "desormais", "plutot", "elle",
                    "lui", "eux", "elles", "pour", "sa", "leur", "part", "meme", "seulement",
                    "encore", "alors", "maintenant", "du", "massacre", "meurtre", "mort", "etat",
                    "de", "son", "cote", "aussi", "egalement", "a", "la", "television", "radio",
                    "presse", "tele", "l", "antenne", "au", "depart", "debut", "initialement",
                ],
            ) || self.tokens[i].is(",")
                || self.tokens[i].is_quote()
                || date::date(self.tokens, i).is_some()
        };
        let end = (at + 1..(at + 8).min(self.tokens.len()))
            .find(|i| any_of(&self.tokens[*i], of) && figure(self.tokens, i + 1).is_some())?;
        // "fait d'abord état de 37 morts".
        let state = self.tokens[at].norm.starts_with('f');
        if state && self.tokens[end - 1].norm != "etat" {
            return None;
        }
        // "a parlé pour sa part d'au moins trente morts".
        let auxiliary = at > 0 && one_of(&self.tokens[at - 1], &["a", "ont", "avait", "avaient"]);
        let start = at - usize::from(auxiliary && self.tokens[at].norm == "parle");
        // "a commencé par faire état de douze morts"; other infinitives have no subject.
        let begun = ["a", "commence", "par"];
        let begins = at >= 3 && (0..3).all(|i| self.tokens[at - 3 + i].norm == begun[i]);
        let start = match self.tokens[at].norm.as_str() {
            "faire" if begins => at - 3,
            "faire" => return None,
            _ => start,
        };
        (at + 1..end).all(pauses).then_some(Hit { start, end: end + 1, value: &() })
    }

    /// "« Ils ont tué 17 personnes », corrige une autre autorité": a verb that says so only behind a
    /// quotation.
    fn closing(&self, at: usize) -> Option<Hit<'a, ()>> {
        static VERBS: Words = Words::new(&[
            "corrige", "poursuit", "poursuivent", "rencherit", "resume", "conclut", "reprend",
            "tempere", "glisse", "decrit", "insiste", "souffle", "lache", "tranche", "detaille",
            "temoigne", "continue", "continued", "recalled", "insisted", "sighed", "concluded",
        ]);
        self.tokens.get(at).filter(|t| VERBS.has(t))?;
        let sign = |n: usize| at.checked_sub(n).map(|i| &self.tokens[i]);
        let quoted = sign(1).is_some_and(Token::is_quote)
            || sign(1).is_some_and(|t| t.is(",")) && sign(2).is_some_and(Token::is_quote);
        quoted.then_some(Hit { start: at, end: at + 1, value: &() })
    }

    /// "claimed responsibility", "claimed the attack": the deed, not a figure. "claimed the
    /// attack targeted militants" is a saying.
    fn is_deed(&self, at: usize) -> bool {
        const DEEDS: [&str; 16] = [
            "responsibility", "attack", "raid", "assault", "ambush", "bombing", "attacks", "by",
            "credit", "attaque", "attaques", "embuscade", "assaut", "attentat", "operation",
            "responsabilite",
        ];
        // "revendique" and a comma: the deed told before.
        let bare = self.tokens.get(at).is_some_and(|t| t.is(","))
            && at > 0
            && self.tokens[at - 1].norm.starts_with("revendiqu");
        let Some(noun) = self.tokens[at..].iter().take(4).position(|t| one_of(t, &DEEDS)) else {
            return bare;
        };
        let told =
            self.tokens[at..at + noun].iter().any(|t| one_of(t, &["that", "to", "they", "it"]));
        let verb = self.tokens.get(at + noun + 1).is_some_and(|t| {
            one_of(t, &["was", "were", "had", "has", "hit"]) || t.norm.ends_with("ed")
        });
        !told && !verb
    }
}
