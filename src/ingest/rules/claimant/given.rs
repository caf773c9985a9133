//! Figures that a noun or a participle ties to whoever gives them: "a toll of 12 given by the
//! mayor", "12 deaths reported by residents", "accusations from the FLA that …".

use super::{Scene, Speakers, Speech};
use crate::ingest::lexicon::{Openers, Words, any_of, one_of};
use crate::ingest::rules::date;
use crate::ingest::rules::number::figure;
use crate::ingest::token::TokenKind;

/// Nouns for a count of victims.
const TOLLS: &[&str] = &[
    "toll", "tolls", "figure", "figures", "count", "number", "estimate", "estimates", "tally",
    "bilan", "bilans", "chiffre", "chiffres", "estimation", "decompte", "nombre", "total",
];

static OWN_COUNTS: Words =
    Words::new(&["count", "toll", "tally", "figure", "bilan", "decompte", "chiffre"]);
static GIVEN: Words = Words::new(&[
    "given", "put", "announced", "reported", "provided", "published", "released", "issued",
    "cited", "estimated", "confirmed", "advanced", "claimed", "communicated", "recorded",
    "documented", "donne", "donnee", "donnes", "annonce", "annonces", "communique", "communiques",
    "fourni", "fournis", "publie", "publies", "avance", "avances", "estime", "evalue", "rapporte",
    "rapportes", "confirme", "confirmes", "revendique", "revendiques", "recenses", "cite", "cites",
    "annoncee", "annoncees", "confirmee", "confirmees", "rapportee", "rapportees", "communiquee",
    "publiee", "recensees", "documentees", "documentes", "signalee", "signalees", "raised",
    "revised", "lowered", "corrected", "updated", "pegged", "placed", "fixe", "arrete", "etabli",
]);
static ACCUSED: Words = Words::new(&["accused", "accuse", "accuses", "accusee", "accusees"]);
static RAISED: Words = Words::new(&[
    "raised", "revised", "lowered", "brought", "increased", "reduced", "updated", "cut", "put",
    "puts", "porte", "releve", "ramene", "revu", "corrected", "corrige", "pegged", "pegs",
    "placed", "places",
]);
static NOUNS: Words = Words::new(&[
    "accusations", "accusation", "allegations", "allegation", "claims", "claim", "reports",
    "statements", "assertion", "assertions",
]);
static BY: Words = Words::new(&["by"]);
static LEARNT: Words = Words::new(&["aupres"]);
static QUOTED: Words = Words::new(&["quoted", "cited", "quotes", "cites"]);

/// The words of all of them: at any other token nobody gives a figure in these ways.
static OPENERS: Openers =
    Openers::of(&[&OWN_COUNTS, &GIVEN, &ACCUSED, &RAISED, &NOUNS, &BY, &LEARNT, &QUOTED]);

/// The most words between the participle and "by".
const MAX_BETWEEN: usize = 6;

impl Scene<'_> {
    /// Whoever says something at token `at` in one of these ways; `from` is where what was said
    /// before ends.
    pub(super) fn given(&self, at: usize, from: usize, speakers: &mut Speakers) -> Option<Speech> {
        if !OPENERS.may_have(&self.tokens[at]) {
            return None;
        }
        self.nominal(at, speakers)
            .or_else(|| self.given_by(at, from, speakers))
            .or_else(|| self.raised(at, from, speakers))
            .or_else(|| self.by_count(at, from, speakers))
            .or_else(|| self.own_count(at, from, speakers))
            .or_else(|| self.count_they_make(at, from, speakers))
            .or_else(|| self.accused_by(at, speakers))
            .or_else(|| self.learnt_from(at, from, speakers))
            .or_else(|| self.quoted_as(at, speakers))
    }

    /// "the figure, given on Monday by the mayor, was of 95 dead", "the toll, put at 37 by a UN
    /// source", "12 deaths reported by residents".
    fn given_by(&self, at: usize, from: usize, speakers: &mut Speakers) -> Option<Speech> {
        if !GIVEN.has(&self.tokens[at]) || self.is_claimed_deed(at, from) {
            return None;
        }
        let reach = (at + 1 + MAX_BETWEEN).min(self.tokens.len());
        let by = (at + 1..reach)
            .take_while(|i| self.tokens[*i].kind != TokenKind::Punct)
            .find(|i| one_of(&self.tokens[*i], &["by", "par"]))?;
        let counted = (at + 1..by).any(|i| figure(self.tokens, i).is_some());
        // "documented the killing of ten villagers by the army", "reported ten men killed by X":
        // whose deed it was, not whose figure.
        let led = one_of(&self.tokens[at + 1], &["at", "a", "de", "d", "of", "to"]);
        let done = |i: usize| self.vocabulary.casualty.at(self.tokens, i).is_some();
        // "later raised to ten by the ministry".
        let changed = ["raised", "revised", "lowered", "corrected", "updated"];
        let changed = one_of(&self.tokens[at], &changed) && !counted;
        if changed || counted && !led && (at + 1..by).any(done) {
            return None;
        }
        let toll =
            (from.max(at.saturating_sub(9))..at).rev().find(|i| one_of(&self.tokens[*i], TOLLS));
        let named = toll.is_some_and(|t| (t + 1..at).any(|i| figure(self.tokens, i).is_some()));
        let listed = || {
            let near = from.max(at.saturating_sub(6))..at;
            near.clone().any(|i| figure(self.tokens, i).is_some())
                && near.clone().any(|i| self.vocabulary.casualty.at(self.tokens, i).is_some())
        };
        let end = self.phrase_end(by + 1);
        // "32 morts, contre 27 annoncés vendredi par le gouvernement": the number beside it only.
        let bare = (from.max(at.saturating_sub(4))..at)
            .rev()
            .find(|i| figure(self.tokens, *i).is_some())
            .filter(|i| {
                let led = i.saturating_sub(2)..*i;
                led.into_iter().any(|j| one_of(&self.tokens[j], &["contre", "from"]))
            });
        let scope = match toll {
            _ if counted => at..by,
            _ if bare.is_some() => bare.unwrap_or(at)..at,
            Some(toll) if named => toll..at,
            Some(_) => end..self.until_contrast(end),
            None if listed() => from..at,
            None => return None,
        };
        let who = self.who(by + 1..end, speakers);
        let said_on = (at + 1..by).find_map(|i| date::date(self.tokens, i));
        (!who.is_empty()).then_some(Speech { speakers: who, scope, words: at..end, said_on })
    }

    /// "The attack, which left twelve dead, was claimed by JNIM": the deed, not the figure.
    fn is_claimed_deed(&self, at: usize, from: usize) -> bool {
        const CLAIMED: &[&str] = &["claimed", "revendique", "revendiques"];
        let before = &self.tokens[from.min(at)..at];
        one_of(&self.tokens[at], CLAIMED)
            && before.iter().rev().take(4).any(|t| one_of(t, &["was", "were", "been", "ete"]))
            && !before.iter().rev().take(9).any(|t| one_of(t, TOLLS))
    }

    /// "SITE quoted a JNIM statement as saying that 107 were killed": whoever is quoted says it.
    fn quoted_as(&self, at: usize, speakers: &mut Speakers) -> Option<Speech> {
        if !QUOTED.has(&self.tokens[at]) {
            return None;
        }
        let reach = (at + 14).min(self.tokens.len().saturating_sub(1));
        let as_saying = (at + 1..reach).find(|i| {
            self.tokens[*i].norm == "as" && one_of(&self.tokens[i + 1], &["saying", "stating"])
        })?;
        // "An officer was quoted by Reuters as saying that": whoever is quoted stands before.
        let be = at.checked_sub(1).filter(|i| one_of(&self.tokens[*i], &["was", "were"]));
        let subject = be.and_then(|be| self.subject(be, 0));
        let who = match (be, subject) {
            (None, _) => self.who(at + 1..as_saying, speakers),
            (_, Some(subject)) => self.who(subject.name, speakers),
            _ => return None,
        };
        let (scope, words) = (as_saying + 2..self.tokens.len(), at..as_saying + 2);
        (!who.is_empty()).then_some(Speech { speakers: who, scope, words, said_on: None })
    }

    /// "L'annonce a été faite samedi par le gouvernement : …", "C'est ce qu'a rapporté le
    /// ministère", "The announcement was made by the governor": whose word the text around is.
    /// What is said stands behind the colon, else in the sentences before (an empty scope).
    pub fn announced(&self, speakers: &mut Speakers) -> Option<Speech> {
        let (start, name) = self
            .announcing()
            .or_else(|| self.this_is_what())
            .or_else(|| self.this_is_the_toll())?;
        let end = self.phrase_end(name);
        let who = self.who(name..end, speakers);
        if who.is_empty() {
            return None;
        }
        let colon = (end..self.tokens.len()).find(|i| self.tokens[*i].is(":"));
        let close = colon.unwrap_or(self.tokens.len());
        let said_on = (start..close).find_map(|i| date::date(self.tokens, i));
        let scope = colon.map_or(close..close, |c| c + 1..self.tokens.len());
        speakers.heard(&who);
        Some(Speech { speakers: who, scope, words: start..end, said_on })
    }

    /// The first token of "the announcement was made … by" and that of whoever made it.
    fn announcing(&self) -> Option<(usize, usize)> {
        const NEWS: &[&str] = &[
            "annonce", "information", "nouvelle", "bilan", "chiffre", "chiffres", "announcement",
            "news", "toll", "figure", "figures",
        ];
        const MADE: &[&str] = &[
            "faite", "fait", "donnee", "donne", "livree", "livre", "confirmee", "confirme",
            "communiquee", "communique", "rapportee", "rendue", "rendu", "fournie", "fourni",
            "made", "given", "confirmed", "provided", "released", "announced",
        ];
        let noun = (0..self.tokens.len().min(4)).find(|i| one_of(&self.tokens[*i], NEWS))?;
        let made = (noun + 1..(noun + 6).min(self.tokens.len()))
            .find(|i| one_of(&self.tokens[*i], MADE))?;
        let passive = self.tokens[noun..made].iter().any(|t| one_of(t, &["ete", "was", "were"]));
        let by = (made + 1..(made + 10).min(self.tokens.len()))
            .find(|i| one_of(&self.tokens[*i], &["par", "by"]))?;
        passive.then_some((0, by + 1))
    }

    /// "C'est le bilan fait jeudi à Ouagadougou par Mossa Ag Attaher".
    fn this_is_the_toll(&self) -> Option<(usize, usize)> {
        const GIVEN: &[&str] = &[
            "fait", "donne", "dresse", "annonce", "communique", "livre", "fourni", "etabli",
            "avance", "rapporte", "given", "announced", "reported", "provided",
        ];
        let word = |i: usize, words: &[&str]| self.tokens.get(i).is_some_and(|t| any_of(t, words));
        let opens = word(0, &["c", "tel"]) && word(1, &["est"])
            || word(0, &["that", "this"]) && word(1, &["is", "was"]);
        let noun = (2..5).find(|i| word(*i, &["bilan", "chiffre", "toll", "figure", "count"]))?;
        let given = (noun + 1..noun + 3).find(|i| word(*i, GIVEN)).filter(|_| opens)?;
        let by = (given + 1..(given + 9).min(self.tokens.len()))
            .find(|i| one_of(&self.tokens[*i], &["par", "by"]))?;
        Some((0, by + 1))
    }

    /// "C'est ce qu'a indiqué".
    fn this_is_what(&self) -> Option<(usize, usize)> {
        let starts = ["c", "est", "ce"]
            .iter()
            .enumerate()
            .all(|(i, w)| self.tokens.get(i).is_some_and(|t| t.norm == *w));
        let that = self.tokens.get(3).is_some_and(|t| one_of(t, &["qu", "que"]));
        let verb = self.vocabulary.speech.at(self.tokens, 4).filter(|_| starts && that)?;
        Some((0, verb.end))
    }

    /// "a appris l'AFP lundi auprès du maire et d'une source de sécurité": those of whom it was
    /// learnt.
    pub(super) fn learnt_from(
        &self,
        at: usize,
        from: usize,
        speakers: &mut Speakers,
    ) -> Option<Speech> {
        if !LEARNT.has(&self.tokens[at]) {
            return None;
        }
        let learnt = (from.max(at.saturating_sub(9))..at).rev().find(|i| {
            one_of(
                &self.tokens[*i],
                &["appris", "recueilli", "recueillis", "recueillies", "obtenu", "obtenues"],
            )
        })?;
        let mut who = Vec::new();
        let mut end = at + 1;
        loop {
            let of = self.tokens.get(end)?;
            if !one_of(of, &["de", "du", "d", "des"]) {
                break;
            }
            let close = self.phrase_end(end + 1);
            who.extend(self.who(end + 1..close, speakers));
            end = close;
            let next = self.tokens.get(close).is_some_and(|t| t.is(",") || t.norm == "et");
            let again = self.tokens.get(close + 1);
            if !next || !again.is_some_and(|t| one_of(t, &["de", "du", "d", "des"])) {
                break;
            }
            end = close + 1;
        }
        let said_on = (learnt..at).find_map(|i| date::date(self.tokens, i));
        let verb = learnt - usize::from(learnt > from && self.tokens[learnt - 1].norm == "a");
        let (scope, words) = (from..verb, verb..end.max(at + 1));
        (!who.is_empty()).then_some(Speech { speakers: who, scope, words, said_on })
    }

    /// "X and Y are accused by Human Rights Watch of having killed 30": whoever accuses says it.
    fn accused_by(&self, at: usize, speakers: &mut Speakers) -> Option<Speech> {
        if !ACCUSED.has(self.tokens.get(at)?) {
            return None;
        }
        let passive = self.tokens[..at]
            .iter()
            .rev()
            .take(3)
            .any(|t| one_of(t, &["was", "were", "been", "are", "is", "ete", "est", "sont"]));
        if !passive {
            return None;
        }
        let by = (at + 1..(at + 4).min(self.tokens.len()))
            .find(|i| one_of(&self.tokens[*i], &["by", "par"]))?;
        let of = (by + 1..(by + 12).min(self.tokens.len()))
            .find(|i| one_of(&self.tokens[*i], &["of", "d", "de"]) && self.opens_charge(*i))?;
        let who = self.who(by + 1..of, speakers);
        let (scope, words) = (of..self.tokens.len(), at..of);
        (!who.is_empty()).then_some(Speech { speakers: who, scope, words, said_on: None })
    }

    /// "of having", "d'avoir", "of killing".
    fn opens_charge(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|t| t.norm == "avoir" || t.norm.ends_with("ing"))
    }

    /// "at least 25 people by the military's count", "selon le décompte de": whose count it is.
    fn by_count(&self, at: usize, from: usize, speakers: &mut Speakers) -> Option<Speech> {
        const COUNTS: &[&str] =
            &["count", "tally", "estimate", "estimates", "account", "reckoning", "figures"];
        if !BY.has(&self.tokens[at]) {
            return None;
        }
        let noun =
            (at + 2..(at + 8).min(self.tokens.len())).find(|i| one_of(&self.tokens[*i], COUNTS))?;
        let own = self.tokens[noun - 1].norm == "own";
        let owner = noun - 1 - usize::from(own);
        let owned = self.tokens[owner].is("'s") || self.tokens[owner].is("’s");
        if !owned || self.tokens[at..noun].iter().any(|t| t.is(",")) {
            return None;
        }
        let who = self.who(at + 1..owner, speakers);
        // "By the army's account, 27 soldiers were killed": at the start, of what follows.
        let opens = at == from && self.tokens.get(noun + 1).is_some_and(|t| t.is(","));
        let scope = if opens { noun + 1..self.tokens.len() } else { from..at };
        let words = at..noun + 1;
        (!who.is_empty()).then_some(Speech { speakers: who, scope, words, said_on: None })
    }

    /// "His ministry's final count, published after he had resigned, was 33 killed", "Le bilan de l'armée
    /// est de 12 morts": whose count the sentence opens with.
    fn own_count(&self, at: usize, from: usize, speakers: &mut Speakers) -> Option<Speech> {
        if at > 8 || at < from || !OWN_COUNTS.has(&self.tokens[at]) {
            return None;
        }
        // Of English the owner stands before, of French behind.
        let possessive =
            (from + 1..at).rev().find(|i| self.tokens[*i].is("'s") || self.tokens[*i].is("’s"));
        let of = self.tokens.get(at + 1).is_some_and(|t| one_of(t, &["de", "du", "des", "of"]));
        let (owner, end) = match possessive {
            Some(sign) if at - sign <= 4 => (from..sign, at + 1),
            None if of => {
                let end = self.phrase_end(at + 2);
                (at + 2..end, end)
            }
            _ => return None,
        };
        // ", published after he had resigned,".
        let aside = self.tokens.get(end).is_some_and(|t| t.is(","));
        let close = (end + 1..(end + 12).min(self.tokens.len()))
            .find(|i| self.tokens[*i].is(","))
            .filter(|_| aside);
        let verb = close.map_or(end, |close| close + 1);
        let be = self.tokens.get(verb).is_some_and(|t| {
            one_of(t, &["was", "is", "stood", "est", "etait", "stands", "gives", "gave"])
        });
        let step = self.tokens.get(verb + 1).is_some_and(|t| one_of(t, &["de", "d", "at"]));
        let scope = verb + 1 + usize::from(step);
        figure(self.tokens, scope).filter(|_| be)?;
        let who = self.who(owner, speakers);
        let scope = scope..self.until_contrast(scope);
        let words = from.max(at.saturating_sub(8)).min(at)..verb + 1;
        (!who.is_empty()).then_some(Speech { speakers: who, scope, words, said_on: None })
    }

    /// "a toll that the government later raised to 38", "brought the number down to seven".
    fn raised(&self, at: usize, from: usize, speakers: &mut Speakers) -> Option<Speech> {
        if !RAISED.has(&self.tokens[at]) {
            return None;
        }
        let reach = (at + 8).min(self.tokens.len());
        let to = (at + 1..reach).find(|i| {
            one_of(&self.tokens[*i], &["to", "a", "at"]) && figure(self.tokens, i + 1).is_some()
        })?;
        let near = at.saturating_sub(10)..to;
        // "the presidency raised it to 60 dead": the toll of the sentence before.
        let pronoun = self.tokens.get(at + 1).is_some_and(|t| one_of(t, &["it", "this", "that"]))
            && to == at + 2;
        // "JNIM put the army's dead at 40".
        let dead = one_of(&self.tokens[at], &["put", "puts"])
            && self.tokens[at + 1..to].iter().any(|t| one_of(t, &["dead", "wounded", "losses"]));
        let losses = || near.clone().any(|i| one_of(&self.tokens[i], &["losses", "pertes"]));
        if !pronoun && !dead && !losses() && !near.clone().any(|i| one_of(&self.tokens[i], TOLLS)) {
            return None;
        }
        let subject = self.subject(at, from)?;
        let who = self.who(subject.name.clone(), speakers);
        let words = subject.name.start..to;
        let scope = to + 1..self.until_contrast(to + 1);
        // "By the following day the army had revised the figures": the day of the count.
        // "died in September 2019, a toll that the government later raised": the day of the deed.
        let clause = (from..at).rev().find(|i| self.tokens[*i].is(",")).unwrap_or(from);
        let said_on = (clause..at).find_map(|i| date::date(self.tokens, i));
        (!who.is_empty()).then_some(Speech { speakers: who, scope, words, said_on })
    }

    /// "accusations from the FLA that …", "reports by residents that …".
    fn nominal(&self, at: usize, speakers: &mut Speakers) -> Option<Speech> {
        if !NOUNS.has(&self.tokens[at]) {
            return None;
        }
        let by = (at + 1..(at + 5).min(self.tokens.len()))
            .find(|i| one_of(&self.tokens[*i], &["from", "by", "of", "de", "par"]))?;
        let that = (by + 1..(by + 14).min(self.tokens.len()))
            .find(|i| one_of(&self.tokens[*i], &["that", "selon", "que"]))?;
        let who = self.who(by + 1..that, speakers);
        let scope = that..self.tokens.len();
        (!who.is_empty()).then_some(Speech { speakers: who, scope, words: at..that, said_on: None })
    }
}
