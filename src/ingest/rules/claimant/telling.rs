//! Words that are a saying by what follows them: "knows of 12 bodies", "estimate the number at 50",
//! "presented the battle as an ambush in which", "was less precise: more than ten", "vient de donner un
//! bilan de douze morts".

use super::Scene;
use crate::ingest::lexicon::{Hit, Openers, Words, one_of};
use crate::ingest::rules::number::figure;
use crate::ingest::token::Token;

static KNOWS: Words = Words::new(&["knows", "know", "knew", "heard"]);
static ESTIMATE: Words = Words::new(&["estimate", "assess", "believe", "believes"]);
/// Verbs of those who suppose something.
pub(in crate::ingest::rules) static THINK: Words = Words::new(&[
    "think", "thinks", "thought", "believe", "believes", "believed", "pense", "pensent", "croit",
    "croient", "suppose", "supposes", "supposent",
]);
static PRESENTED: Words = Words::new(&[
    "presented", "presents", "portrayed", "portrays", "depicted", "presente", "presentent",
]);
static WAS: Words = Words::new(&[
    "was", "were", "is", "are", "est", "etait", "sont", "etaient", "montre", "montrait",
]);
static BEGINS: Words = Words::new(&[
    "vient", "viennent", "venait", "venaient", "commence", "fini", "continue", "continuent",
    "persiste", "persistent",
]);
static RECEIVED: Words = Words::new(&["received", "receives", "recu", "recoit"]);
static HAD: Words = Words::new(&["had", "has", "have", "holds", "held", "keeps"]);
static HOLDS: Words = Words::new(&["retient", "retiennent"]);
static READ: Words = Words::new(&["read", "reads", "lit"]);
/// The words of all of them: no other token is a saying in these ways.
static OPENERS: Openers = Openers::of(&[
    &KNOWS, &ESTIMATE, &THINK, &PRESENTED, &WAS, &BEGINS, &READ, &RECEIVED, &HAD, &HOLDS,
]);

/// The most words between "presented" and "as".
const MAX_DEED: usize = 6;

impl Scene<'_> {
    /// The words of a saying that begins at `at` and is one only by what stands behind.
    pub(super) fn saying_by_what_follows(&self, at: usize) -> Option<Hit<'static, ()>> {
        if !OPENERS.may_have(&self.tokens[at]) {
            return None;
        }
        let end = self
            .knows_of(at)
            .or_else(|| self.estimates(at))
            .or_else(|| self.thinks_that(at))
            .or_else(|| self.presents_as(at))
            .or_else(|| self.is_more_precise(at))
            .or_else(|| self.begins_to_say(at))
            .or_else(|| self.reads(at))
            .or_else(|| self.receives_reports(at))
            .or_else(|| self.has_a_list(at))
            .or_else(|| self.holds_to(at))?;
        // "a commencé par": the auxiliary too.
        let led = BEGINS.has(&self.tokens[at])
            && at > 0
            && one_of(&self.tokens[at - 1], &["a", "ont", "avait", "avaient"]);
        Some(Hit { start: at - usize::from(led), end, value: &() })
    }

    fn next(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|t| crate::ingest::lexicon::any_of(t, words))
    }

    /// "The mayor knows of 12 bodies".
    fn knows_of(&self, at: usize) -> Option<usize> {
        let of = KNOWS.has(&self.tokens[at]) && self.next(at + 1, &["of"]);
        let counted = (at + 2..at + 5).any(|i| figure(self.tokens, i).is_some());
        (of && counted).then_some(at + 2)
    }

    /// "Local sources estimate the number of soldiers killed at about fifty", "they believe that":
    /// the verb, and no noun.
    fn estimates(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1).map(|i| &self.tokens[i])?;
        let many = one_of(before, &["they", "who"]) || before.norm.ends_with('s');
        let verb = ESTIMATE.has(&self.tokens[at]) && (many || self.tokens[at].norm.ends_with('s'));
        let noun = ["number", "toll", "count", "death", "figure", "dead", "losses"];
        let what =
            self.next(at + 1, &["that"]) || self.next(at + 1, &["the"]) && self.next(at + 2, &noun);
        (verb && what).then_some(at + 1)
    }

    /// "An official thinks that JNIM is responsible", "Un élu croit que le GSIM a attaqué".
    fn thinks_that(&self, at: usize) -> Option<usize> {
        let verb = THINK.has(&self.tokens[at])
            && at > 0
            && !self.next(at - 1, &["was", "were", "is", "are", "been", "be"]);
        let that = self.next(at + 1, &["that", "que", "qu"])
            || self.actors.iter().any(|a| a.start == at + 1 || a.start == at + 2);
        (verb && that).then_some(at + 1)
    }

    /// "“Two peacekeepers were killed,” the statement read".
    fn reads(&self, at: usize) -> Option<usize> {
        let noun = at.checked_sub(1).filter(|_| READ.has(&self.tokens[at]))?;
        self.vocabulary.documents.at(self.tokens, noun)?;
        let quoted = self.tokens[..noun].iter().any(Token::is_quote);
        (quoted && !self.next(at + 1, &["out", "by", "on", "par"])).then_some(at + 1)
    }

    /// "The association received credible reports of dozens killed".
    fn receives_reports(&self, at: usize) -> Option<usize> {
        if !RECEIVED.has(&self.tokens[at]) {
            return None;
        }
        const NEWS: &[&str] = &[
            "reports", "allegations", "accounts", "testimony", "information", "informations",
            "temoignages", "signalements",
        ];
        let noun = (at + 1..at + 4).find(|i| self.next(*i, NEWS))?;
        // "faisant état de" is a saying by itself.
        self.next(noun + 1, &["of", "that", "sur", "selon"]).then_some(noun + 2)
    }

    /// "A local official had a list of 111 dead".
    fn has_a_list(&self, at: usize) -> Option<usize> {
        let list = HAD.has(&self.tokens[at])
            && self.next(at + 1, &["a", "the"])
            && (at + 2..at + 4).any(|i| self.next(i, &["list"]));
        let of = (at + 3..at + 5).find(|i| list && self.next(*i, &["of", "with"]))?;
        (of + 1..of + 4).any(|i| figure(self.tokens, i).is_some()).then_some(of + 1)
    }

    /// "Le procureur retient 35 personnes tuées", but not "retient 35 otages": a count of the dead or
    /// wounded.
    fn holds_to(&self, at: usize) -> Option<usize> {
        if !HOLDS.has(&self.tokens[at]) {
            return None;
        }
        let near = at + 1..(at + 4).min(self.tokens.len());
        let number = near.into_iter().find_map(|i| figure(self.tokens, i))?;
        static DEAD: Words = Words::new(&[
            "tue", "tues", "tuee", "tuees", "mort", "morts", "mortes", "blesse", "blesses",
            "blessees", "deces", "victimes",
        ]);
        let counted =
            (number.end..number.end + 2).any(|i| self.tokens.get(i).is_some_and(|t| DEAD.has(t)));
        counted.then_some(at + 1)
    }

    /// "Le gouvernement a commencé par donner un bilan de dix morts", "L'armée vient d'annoncer": a verb
    /// of saying in the infinitive.
    fn begins_to_say(&self, at: usize) -> Option<usize> {
        static SAYING: Words = Words::new(&[
            "annoncer", "declarer", "confirmer", "indiquer", "affirmer", "reconnaitre", "evoquer",
            "avancer", "reveler", "admettre", "signaler", "rapporter", "preciser", "revendiquer",
            "communiquer", "denombrer", "recenser",
        ]);
        static GIVING: Words =
            Words::new(&["donner", "publier", "livrer", "diffuser", "dresser", "etablir"]);
        const TOLLS: &[&str] = &["bilan", "chiffre", "decompte", "bilans", "chiffres"];
        if !BEGINS.has(&self.tokens[at]) {
            return None;
        }
        let to = self.next(at + 1, &["de", "d", "par", "a"]);
        let verb = at + 2;
        let says = self.tokens.get(verb).is_some_and(|t| SAYING.has(t));
        let gives = self.tokens.get(verb).is_some_and(|t| GIVING.has(t))
            && (verb + 1..verb + 5).any(|i| self.next(i, TOLLS));
        // "parler de douze morts".
        let speaks = self.next(verb, &["parler"]) && self.next(verb + 1, &["de", "d"]);
        (to && (says || gives || speaks)).then_some(verb + 1 + usize::from(speaks))
    }

    /// "AQIM presented the battle as an ambush in which it had killed 28".
    fn presents_as(&self, at: usize) -> Option<usize> {
        if !PRESENTED.has(&self.tokens[at]) {
            return None;
        }
        let reach = (at + 2 + MAX_DEED).min(self.tokens.len());
        let like = (at + 2..reach)
            .take_while(|i| self.tokens[*i].is_word())
            .find(|i| one_of(&self.tokens[*i], &["as", "comme"]))?;
        let deed = (at + 1..like).any(|i| self.vocabulary.events.at(self.tokens, i).is_some())
            || self.tokens[at + 1..like]
                .iter()
                .any(|t| one_of(t, &["battle", "fighting", "killings", "combat", "combats"]));
        deed.then_some(like + 1)
    }

    /// "Another official was less precise: more than ten", "Le maire est plus précis : neuf morts".
    fn is_more_precise(&self, at: usize) -> Option<usize> {
        static HOW: Words = Words::new(&[
            "precise", "specific", "categorical", "cautious", "precis", "categorique", "prudent",
            "explicit", "explicite", "formel", "formelle", "affirmatif", "affirmative",
        ]);
        if !WAS.has(&self.tokens[at]) {
            return None;
        }
        let how = (at + 1..(at + 4).min(self.tokens.len())).find(|i| HOW.has(&self.tokens[*i]))?;
        let only = self.tokens[at + 1..how].iter().all(Token::is_word);
        (only && self.tokens.get(how + 1)?.is(":")).then_some(how + 2)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn ok_sayings_by_what_follows() {
        for (text, said) in [
            ("The mayor of Boni knows of 12 bodies.", "mayor of Boni: 12 bodies."),
            (
                "The mayor counts 19 dead, while his counterpart in Boni knows of at least 12 bodies.",
                "counterpart in Boni: at least 12 bodies.",
            ),
            (
                "Local sources estimate the number of soldiers killed at about fifty.",
                "Local sources: the number of soldiers killed at about fifty.",
            ),
            (
                "AQIM presented the battle as an ambush in which it had killed 28 soldiers.",
                "AQIM: an ambush in which it had killed 28 soldiers.",
            ),
            (
                "L'armée présente l'attaque comme une embuscade qui a tué dix soldats.",
                "Malian Armed Forces: une embuscade qui a tué dix soldats.",
            ),
            ("An official thinks that ten men died.", "official: that ten men died."),
            ("Un élu pense que dix hommes sont morts.", "Un élu: que dix hommes sont morts."),
            (
                "Another official was less precise: more than ten.",
                "Another official: more than ten.",
            ),
            ("Le maire est plus précis : neuf morts.", "maire: neuf morts."),
            (
                "Le gouvernement a commencé par donner un bilan de dix morts.",
                "Malian government: un bilan de dix morts.",
            ),
            (
                "L'armée vient d'annoncer la mort de deux soldats.",
                "Malian Armed Forces: la mort de deux soldats.",
            ),
            ("Un élu a fini par parler de neuf morts.", "Un élu: neuf morts."),
            (
                "A rights group received credible reports of dozens more villagers killed.",
                "rights group: dozens more villagers killed.",
            ),
            (
                "A local official in Boni had a list of 111 dead.",
                "local official in Boni: 111 dead.",
            ),
            ("Le maire, Ali Cissé, retient 35 personnes tuées.", "maire: 35 personnes tuées."),
        ] {
            assert_eq!(read(&[text]).last().map(String::as_str), Some(said), "{text}");
        }
    }

    #[test]
    fn err_no_sayings() {
        for text in [
            "The village knows of no such attack.",
            "An estimate the army rejected was published.",
            "The general presented his condolences as the bodies of ten men arrived.",
            "L'armée présente dix prisonniers comme des chefs.",
            "The situation is very precise: ten men were killed.",
            "The mayor was killed: ten men shot him.",
            "Le gouvernement vient de donner dix véhicules à l'armée.",
            "Le village vient de perdre dix hommes.",
            "The hospital received ten of the wounded.",
            "Numerous reports of ten deaths went round.",
            "The army had a list of suspects.",
            "Le groupe retient dix personnes enlevées.",
        ] {
            assert!(read(&[text]).is_empty(), "{text}: {:?}", read(&[text]));
        }
    }
}
