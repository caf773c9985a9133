//! Who says so: verbs of saying with their subject, "according to", and how far what they
//! say reaches.

mod apposition;
mod given;
mod saying;
mod subject;
mod who;
mod words;

use super::actor::ActorFound;
use super::date::{self, DateFound};
use super::number::figure;
use crate::ingest::lexicon::{Hit, Words, one_of};
use crate::ingest::token::Token;
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::Knowledge;
use crate::knowledge::words::Form;
use crate::model::claim::Claimant;
use std::collections::HashMap;
use std::ops::Range;

/// Somebody says something.
#[derive(Debug, Clone, PartialEq)]
pub struct Speech {
    /// Who. Never empty.
    pub speakers: Vec<Claimant>,
    /// The tokens of what they say.
    pub scope: Range<usize>,
    /// The tokens that name the speaker and the saying.
    pub words: Range<usize>,
    /// When it was said, as the text puts it.
    pub said_on: Option<DateFound>,
}

/// Whom a sentence is about.
#[derive(Debug, Clone)]
struct Subject {
    who: Claimant,
    /// Whether that is one person, by title.
    person: bool,
}

/// Who spoke before, for pronouns and short names.
#[derive(Debug, Default, Clone)]
pub struct Speakers {
    last: Vec<Claimant>,
    /// The body that spoke last: whom "it" can mean.
    body: Vec<Claimant>,
    /// The person who spoke last: whom "it" cannot mean.
    person: Vec<Claimant>,
    /// Whether nobody has spoken in this paragraph yet.
    stale: bool,
    /// Whom the sentence before was about, when nobody spoke in it: "The minister visited the
    /// village on Monday. He said …".
    subject: Option<Subject>,
    /// Actors named, latest last: whom "the mission" and "the group" can mean.
    met: Vec<Claimant>,
    by_surname: HashMap<String, Claimant>,
}

impl Speakers {
    /// Remembers who spoke; a news agency only passes on what others said.
    pub(super) fn heard(&mut self, who: &[Claimant]) {
        if !who.iter().all(is_relay) {
            self.last = who.to_vec();
            self.stale = false;
            match who {
                [one] if is_person(one) => self.person = who.to_vec(),
                _ => self.body = who.to_vec(),
            }
        }
    }

    /// Whom a pronoun means after a sentence in which nobody spoke, in a paragraph in which
    /// nobody has: its subject. A person is no group.
    fn subject_of(&self, pronoun: &Token) -> Option<&Claimant> {
        let subject = self.subject.as_ref()?;
        let silent = self.stale || self.last.is_empty();
        let one = subject.person && one_of(pronoun, &["he", "she", "il", "elle"]);
        if !silent && !one {
            return None;
        }
        match pronoun.norm.as_str() {
            "he" | "she" => subject.person,
            "it" => !subject.person,
            "il" | "elle" | "they" | "ils" => true,
            _ => false,
        }
        .then_some(&subject.who)
    }

    /// Whether the sentence before was about a group, and not a person, in which nobody spoke.
    fn acted(&self) -> bool {
        self.subject.as_ref().is_some_and(|s| !s.person && s.who.actor.is_some())
    }

    /// Whether an actor of which this is true has been named.
    pub fn met(&self, fits: impl Fn(&str) -> bool) -> bool {
        self.met.iter().filter_map(|c| c.actor.as_deref()).any(fits)
    }

    /// The actor named last of which this is true.
    pub fn latest(&self, fits: impl Fn(&str) -> bool) -> Option<&Claimant> {
        self.met.iter().rev().find(|c| c.actor.as_deref().is_some_and(&fits))
    }

    /// A new paragraph: "the report" no longer means that of whoever spoke last.
    pub fn paragraph(&mut self) {
        self.stale = true;
        self.subject = None;
    }
}

/// "Three were hurt, a UN spokesman said on 4 November; a second civilian had been hurt": what
/// follows the semicolon is the same speaker's when nobody else speaks.
fn continue_after_semicolon(tokens: &[Token], speeches: &mut Vec<Speech>) {
    let Some(last) = speeches.last() else { return };
    let ends_before = last.scope.end <= last.words.start;
    let semicolon = (last.words.end..tokens.len()).find(|i| tokens[*i].is(";"));
    if let (true, Some(from)) = (ends_before, semicolon) {
        let speech = Speech { scope: from..tokens.len(), ..last.clone() };
        speeches.push(speech);
    }
}

/// "…, a annoncé l'armée, révisant à la hausse son précédent bilan de neuf morts": the earlier count is
/// whose the later one is.
fn recall_own_count(tokens: &[Token], speeches: &mut Vec<Speech>) {
    let Some(last) = speeches.last() else { return };
    let own = (last.words.end..tokens.len().saturating_sub(2)).find(|i| {
        one_of(&tokens[*i], &["son", "its", "their", "leur"])
            && one_of(
                &tokens[i + 1],
                &["precedent", "premier", "previous", "earlier", "first", "initial"],
            )
            && one_of(&tokens[i + 2], &["bilan", "toll", "count", "figure", "estimate"])
    });
    if let Some(own) = own.filter(|_| last.scope.end <= last.words.start) {
        let speech = Speech { scope: own..tokens.len(), said_on: None, ..last.clone() };
        speeches.push(speech);
    }
}

/// What a rule needs to know of the sentence.
pub struct Scene<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The sentence.
    pub tokens: &'a [Token],
    /// Known phrases.
    pub vocabulary: &'a Vocabulary,
    /// What is known.
    pub known: &'a Knowledge,
    /// The actors named in the sentence.
    pub actors: &'a [ActorFound],
}

/// Every saying of the sentence, in its order.
pub fn speeches(scene: &Scene<'_>, speakers: &mut Speakers) -> Vec<Speech> {
    let mut out: Vec<Speech> = Vec::new();
    let mut at = 0;
    while at < scene.tokens.len() {
        if let Some(hit) = scene.vocabulary.by.at(scene.tokens, at) {
            at = hit.end;
            let from = out.last().map_or(0, |s| s.words.end.max(s.scope.start));
            // "a-t-on appris auprès de la compagnie et d'un responsable de la santé": two of whom it
            // was learnt.
            let learnt = (hit.start..hit.end).find_map(|i| scene.learnt_from(i, from, speakers));
            let one = |s: &Speech| s.speakers.len() < 2;
            let found = match learnt.filter(|s| !one(s)) {
                Some(speech) => Some((speech.words.end, speech)),
                None => scene.according_to(&hit, from, speakers).map(|(s, end)| (end, s)),
            };
            if let Some((end, speech)) = found {
                at = end;
                speakers.heard(&speech.speakers);
                out.push(speech);
            }
        } else if let Some(speech) = {
            let from = out.last().map_or(0, |s| s.words.end);
            scene
                .nominal(at, speakers)
                .or_else(|| scene.given_by(at, from, speakers))
                .or_else(|| scene.raised(at, from, speakers))
                .or_else(|| scene.by_count(at, from, speakers))
                .or_else(|| scene.own_count(at, from, speakers))
                .or_else(|| scene.accused_by(at, speakers))
                .or_else(|| scene.learnt_from(at, from, speakers))
                .or_else(|| scene.quoted_as(at, speakers))
        } {
            at = speech.words.end;
            speakers.heard(&speech.speakers);
            out.push(speech);
        } else if let Some(hit) = scene.speech_verb(at) {
            at = hit.end;
            let from = out.last().map_or(0, |s| s.words.end);
            if let Some(speech) = scene.saying(&hit, from, speakers) {
                at = at.max(speech.words.end);
                speakers.heard(&speech.speakers);
                // What was said before ends where a new speaker begins.
                if let Some(before) = out.last_mut() {
                    before.scope.end =
                        before.scope.end.min(speech.words.start.max(before.scope.start));
                }
                out.push(speech);
            }
        } else {
            at += 1;
        }
    }
    continue_after_semicolon(scene.tokens, &mut out);
    recall_own_count(scene.tokens, &mut out);
    speakers.subject = match out.is_empty() {
        true => scene.whom_it_is_about().or_else(|| scene.described_subject(speakers)),
        false => None,
    };
    for actor in scene.actors {
        let claimant = scene.claimant_of(actor);
        speakers.met.retain(|c| c.actor != claimant.actor);
        speakers.met.push(claimant);
    }
    out
}

impl<'a> Scene<'a> {
    fn speech_verb(&self, at: usize) -> Option<Hit<'a, ()>> {
        // "au lieu-dit Tifolat": nobody says it.
        if self.tokens[at].glued {
            return None;
        }
        let hit = self.vocabulary.speech.at(self.tokens, at).or_else(|| self.over_adverbs(at));
        let hit = hit.or_else(|| self.over_pause(at)).or_else(|| self.closing(at))?;
        if self.tokens[at].norm == "accused"
            && self.tokens.get(at + 1).is_some_and(|t| t.norm == "of")
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
                "shows", "publie", "releve",
            ],
        );
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
            "fait", "font", "faisait", "faisaient",
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
                    "encore", "alors", "maintenant", "etat", "de", "son", "cote", "aussi",
                    "egalement", "a", "la", "television", "radio", "presse", "tele", "l",
                    "antenne",
                ],
            ) || self.tokens[i].is(",")
                || date::date(self.tokens, i).is_some()
        };
        let end = (at + 1..(at + 8).min(self.tokens.len()))
            .find(|i| one_of(&self.tokens[*i], of) && figure(self.tokens, i + 1).is_some())?;
        // "fait d'abord état de 37 morts".
        let state = self.tokens[at].norm.starts_with('f');
        if state && self.tokens[end - 1].norm != "etat" {
            return None;
        }
        // "a parlé pour sa part d'au moins trente morts".
        let auxiliary = at > 0 && one_of(&self.tokens[at - 1], &["a", "ont", "avait", "avaient"]);
        let start = at - usize::from(auxiliary && self.tokens[at].norm == "parle");
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

    /// "according to X": what stands before it, or after it at the start of a sentence.
    fn according_to(
        &self,
        hit: &Hit<'_, ()>,
        from: usize,
        speakers: &mut Speakers,
    ) -> Option<(Speech, usize)> {
        // "de source sécuritaire": the source is a part of the phrase.
        let sourced = one_of(&self.tokens[hit.start], &["de"]);
        // "un bilan de sources de sécurité avait fait état de": whose document it is.
        if sourced && hit.start > 0 {
            self.vocabulary.documents.at(self.tokens, hit.start - 1).map_or(Some(()), |_| None)?;
        }
        let start = if sourced { hit.start + 1 } else { self.what_was_said(hit.end) };
        let end = self.phrase_end(start);
        // "commises selon les témoins par l'armée": whose deed, unless it is whose document.
        let document = (start..end).any(|i| self.vocabulary.documents.at(self.tokens, i).is_some());
        let end = (start + 1..end)
            .find(|i| !document && one_of(&self.tokens[*i], &["par", "by"]))
            .unwrap_or(end);
        let mut who = self.who(start..end, speakers);
        if who.is_empty() {
            return None;
        }
        let end = self.and_another(end, &mut who, speakers);
        // "On 30 October, according to residents, soldiers executed".
        let adverbial = from == 0
            && hit.start > 1
            && self.tokens[hit.start - 1].is(",")
            && self.is_adverbial(from..hit.start);
        // "No toll was given, but according to several sources, 40 died".
        let dates = date::dates(self.tokens);
        let figures = |r: Range<usize>| {
            r.into_iter().any(|i| {
                figure(self.tokens, i).is_some()
                    && !dates.iter().any(|d| (d.start..d.end).contains(&i))
            })
        };
        let clause = self
            .tokens
            .get(end)
            .is_some_and(|t| t.is(",") || one_of(t, &["et", "and", "the", "a", "an"]))
            && hit.start > from
            && (self.tokens[hit.start - 1].is(",")
                || one_of(&self.tokens[hit.start - 1], &["but", "mais", "and", "et", "while"]))
            && !figures(from..hit.start)
            && figures(end..self.tokens.len());
        // "faisant selon les autorités 25 morts": what it gives stands right behind it.
        let qualified = self.tokens.get(end).is_some_and(|t| {
            one_of(t, &["au", "at", "plus", "more", "pres", "environ", "about", "some", "quelque"])
        });
        let parenthetical = hit.start > from
            && self.tokens[hit.start - 1].is_word()
            && !figures(from..hit.start)
            && (figure(self.tokens, end).is_some()
                || qualified && figures(end..(end + 4).min(self.tokens.len())));
        // "dit avoir tué 20 soldats ; de source militaire, on parle de sept morts".
        let parted = hit.start > from && self.tokens[hit.start - 1].is(";");
        let opens = hit.start <= from + 1 || adverbial || clause || parenthetical || parted;
        // "(three according to the army)": the bracket only; "12 (selon l'armée)": what is before.
        let bracket = (from..hit.start)
            .rev()
            .take_while(|i| !self.tokens[*i].is(")"))
            .find(|i| self.tokens[*i].is("("));
        let doer = self.tokens.get(end).is_some_and(|t| one_of(t, &["par", "by"]));
        // "40 people were killed, more than 50 according to an official": the 50 only.
        let bare = (hit.start.saturating_sub(5).max(from)..hit.start).find(|i| {
            let led = i.checked_sub(1).is_some_and(|b| {
                self.tokens[b].is(",") || one_of(&self.tokens[b], &["and", "et", "or", "ou"])
            });
            led && figure(self.tokens, *i).is_some_and(|f| f.end == hit.start)
        });
        let scope = match bracket {
            None if bare.is_some() && !opens => bare.unwrap_or(from)..hit.start,
            None if doer && !opens => from..self.tokens.len(),
            Some(open) if hit.start > open + 1 => open + 1..hit.start,
            Some(open) => open.saturating_sub(5).max(from)..open,
            None if opens => end..self.until_contrast(end),
            // "One peacekeeper is killed; 15 assailants were killed, according to the army".
            None => self.after_last_semicolon(from, hit.start)..hit.start,
        };
        Some((Speech { speakers: who, scope, words: hit.start..end, said_on: None }, end))
    }

    /// One past the last semicolon before `end` that parts two counts; `from` when none does.
    fn after_last_semicolon(&self, from: usize, end: usize) -> usize {
        let counts = |mut range: Range<usize>| range.any(|i| figure(self.tokens, i).is_some());
        let last = (from..end).rev().find(|i| self.tokens[*i].is(";"));
        last.filter(|at| counts(from..*at) && counts(at + 1..end)).map_or(from, |at| at + 1)
    }

    /// "selon ce qu'a rapporté à la presse le gouverneur": one past the verb and what stands between
    /// it and its subject; `at` itself when no such clause stands there.
    fn what_was_said(&self, at: usize) -> usize {
        let clause = self.tokens.get(at).is_some_and(|t| t.norm == "ce")
            && self.tokens.get(at + 1).is_some_and(|t| one_of(t, &["qu", "que"]));
        let verb = self.vocabulary.speech.at(self.tokens, at + 2).filter(|_| clause);
        let Some(mut end) = verb.map(|hit| hit.end) else { return at };
        while let Some(next) = self.over_adverbial(end) {
            end = next;
        }
        end
    }

    /// One past the noun phrase that begins at `start`.
    fn phrase_end(&self, start: usize) -> usize {
        let mut i = start;
        while let Some(token) = self.tokens.get(i) {
            let inside_name = self.actors.iter().any(|a| a.start < i && i < a.end);
            let ends = !token.is_word() && !token.is("'s") && !token.is("’s") && !token.is("/")
                || one_of(
                    token,
                    &[
                        "who", "which", "that", "qui", "que", "while", "but", "after", "when",
                        "in", "on", "at", "and", "et", "dans", "cite", "cites", "joint", "joints",
                        "est", "etait", "sont", "fait", "font", "faisait", "faisaient", "vient",
                        "viennent", "was", "were", "is", "are", "has", "had", "stood", "stands",
                        "put", "puts", "gave", "listed", "showed",
                    ],
                );
            // "according to several sources the attack left": another noun begins.
            let another = i > start
                && one_of(token, &["the", "a", "an"])
                && !token.capital
                && self.text[token.start..token.end].is_ascii()
                && !one_of(
                    &self.tokens[i - 1],
                    &["of", "in", "at", "from", "for", "with", "to", "by", "on", "near", "as"],
                );
            // "déclaré Human Rights Watch aujourd'hui": when, and no part of the name.
            let dated = i > start && !token.capital && date::date(self.tokens, i).is_some();
            if (ends || another || dated)
                && !self.joins_name(i)
                && !inside_name
                && !self.is_initial_stop(i)
            {
                break;
            }
            i += 1;
        }
        i
    }

    /// What is said ends where "while", "tandis que" sets somebody else against it.
    fn until_contrast(&self, from: usize) -> usize {
        let contrast = |i: &usize| one_of(&self.tokens[*i], &["while", "whereas", "tandis"]);
        (from + 2..self.tokens.len()).find(contrast).unwrap_or(self.tokens.len())
    }
}

/// Whether a speaker is one person, by their office or by having none.
fn is_person(speaker: &Claimant) -> bool {
    static OFFICES: &[&str] = &[
        "mayor", "maire", "governor", "gouverneur", "minister", "ministre", "president",
        "président", "spokesman", "spokeswoman", "spokesperson", "porte-parole", "chief", "chef",
        "resident", "habitant", "habitante", "official", "responsable", "élu", "witness", "témoin",
        "survivor", "rescapé", "officer", "officier", "doctor", "médecin", "elder", "deputy",
        "député", "lawmaker", "prefect", "préfet", "imam", "man", "woman", "colonel", "general",
    ];
    let mut words = speaker.name.split_whitespace();
    words.any(|word| OFFICES.contains(&word.to_lowercase().as_str()))
}

/// A news agency passes on what happened: its word is the document's own.
pub fn is_relay(speaker: &Claimant) -> bool {
    const RELAYS: [&str; 15] = [
        "afp", "reuters", "associated-press", "rfi", "france-24", "bbc", "jeune-afrique",
        "le-monde", "al-jazeera", "voa", "ortm", "studio-tamani", "xinhua", "anadolu",
        "dpa-agency",
    ];
    speaker.actor.as_deref().is_some_and(|slug| RELAYS.contains(&slug))
}

/// Verbs of counting one's own: what stands before them belongs to it too.
pub const COUNTING: [&str; 6] =
    ["compte", "comptent", "deplore", "deplorent", "enregistre", "enregistrent"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::rules::actor::{Cast, actors};
    use crate::ingest::token::{span, tokens};
    use std::sync::LazyLock;

    static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&KNOWN));

    /// "speaker, speaker: what is said" for each saying of the last of `sentences`.
    fn read(sentences: &[&str]) -> Vec<String> {
        let (mut speakers, mut cast) = (Speakers::default(), Cast::default());
        let mut out = Vec::new();
        for text in sentences {
            let tokens = tokens(text, 0..text.len());
            let actors = actors(&tokens, &VOCABULARY, &KNOWN, &mut cast);
            let scene = Scene {
                text,
                tokens: &tokens,
                vocabulary: &VOCABULARY,
                known: &KNOWN,
                actors: &actors,
            };
            out = speeches(&scene, &mut speakers)
                .into_iter()
                .map(|s| {
                    let names: Vec<_> = s.speakers.iter().map(|c| c.name.as_str()).collect();
                    let said = if s.scope.is_empty() { "" } else { &text[span(&tokens[s.scope])] };
                    format!("{}: {said}", names.join(", "))
                })
                .collect();
        }
        out
    }

    #[test]
    fn ok_over_clauses_and_adverbs() {
        for (text, said) in [
            (
                "Six soldats sont morts selon l'état-major, qui affirme en avoir tué 24.",
                "General Staff: en avoir tué 24.",
            ),
            (
                "Peu après le drame, un responsable du bureau des jeunes avait fait état de neuf tués.",
                "responsable du bureau des jeunes: neuf tués.",
            ),
            ("The MNLA, which blamed MOJWA, put the toll at thirty-five.", "MNLA: thirty-five."),
            (
                "The army, which had first given the number as eight, spoke of nine dead.",
                "Malian Armed Forces: nine dead.",
            ),
            (
                "Twenty died in Boni, a security source and two residents said.",
                "security source, two residents: Twenty died in Boni,",
            ),
            (
                "Vingt personnes sont mortes, selon un élu local et une source sécuritaire.",
                "élu local, source sécuritaire: Vingt personnes sont mortes,",
            ),
            (
                "Dix civils sont morts, a appris l'AFP lundi auprès du maire et d'un habitant.",
                "maire, un habitant: Dix civils sont morts,",
            ),
            (
                "SITE quoted a JNIM statement as saying that 107 soldiers died.",
                "JNIM: that 107 soldiers died.",
            ),
            (
                "Douze personnes ont été tuées à l'est de Ménaka dans le lieu-dit Tifolat, selon un élu.",
                "un élu: Douze personnes ont été tuées à l'est de Ménaka dans le lieu-dit Tifolat,",
            ),
            (
                "Onze civils ont été tués dans le nord, avait annoncé la Communauté Idaksahak.",
                "Communauté Idaksahak: Onze civils ont été tués dans le nord,",
            ),
            (
                "The army gave no toll, but according to several sources the attack left 20 dead.",
                "several sources: the attack left 20 dead.",
            ),
            ("A U.N. official said that 27 had died.", "U.N. official: that 27 had died."),
            (
                "Seize personnes ont été tuées, a dit une source proche des autorités à Ménaka.",
                "source proche des autorités: Seize personnes ont été tuées,",
            ),
            (
                "25 died in 2019, a toll that the government later raised to 38.",
                "Malian government: 38.",
            ),
            ("The toll, put at 37 by a UN source in the morning, rose.", "UN source: put at 37"),
            (
                "A convoy of the United Nations mission came under fire; one was killed, the mission said.",
                "United Nations: A convoy of the United Nations mission came under fire; one was killed,",
            ),
            (
                "Un bilan confirmé par le ministre de l'intérieur faisait état de 56 morts.",
                "ministre de l'intérieur: faisait état de 56 morts.",
            ),
            (
                "A team from MINUSMA that visited the site established that 157 had died.",
                "team from MINUSMA: that 157 had died.",
            ),
            (
                "The figure, given on Monday by the mayor of Sangha, was of 95 dead.",
                "mayor of Sangha: , was of 95 dead.",
            ),
            ("The government lowered the toll, which the mayor had raised to 95.", "mayor: 95."),
            ("It killed 25 by the military's count.", "Malian Armed Forces: It killed 25"),
        ] {
            assert_eq!(read(&[text]).last().map(String::as_str), Some(said), "{text}");
        }
    }

    #[test]
    fn ok_speakers() {
        let mut wrong = Vec::new();
        for (sentences, expected) in [
            (
                vec!["The Malian government claimed that eleven jihadists were killed."],
                vec!["Malian government: that eleven jihadists were killed."],
            ),
            (
                vec![
                    "It killed 18 people, according to a Tuareg separatist group, while military officials claim the attack hit militants.",
                ],
                vec![
                    "Tuareg separatist group: It killed 18 people,",
                    "military officials: the attack hit militants.",
                ],
            ),
            (
                vec!["The governor of Menaka, Daouda Maiga, stated that six were killed."],
                vec!["governor of Menaka: that six were killed."],
            ),
            (
                vec![
                    "The governor of Menaka, Daouda Maiga, stated that six were killed.",
                    "Maiga stated that many were young.",
                ],
                vec!["governor of Menaka: that many were young."],
            ),
            (
                vec!["GATIA and the MSA assessed that seventeen civilians were killed."],
                vec!["GATIA, MSA: that seventeen civilians were killed."],
            ),
            (
                vec!["MINUSMA stated on April 30 that forty-seven people were killed."],
                vec!["MINUSMA: on April 30 that forty-seven people were killed."],
            ),
            (
                vec!["A Daoussahak tribal administrator stated that 43 people were killed."],
                vec!["Daoussahak tribal administrator: that 43 people were killed."],
            ),
            (
                vec![
                    "An initial report by the Malian army stated that twelve soldiers were killed.",
                ],
                vec!["Malian army: that twelve soldiers were killed."],
            ),
            (
                vec!["In JNIM's statement, they claimed there was an unknown number."],
                vec!["JNIM: there was an unknown number."],
            ),
            (
                vec!["On January 11, Malian officials stated that fourteen soldiers died."],
                vec!["Malian officials: that fourteen soldiers died."],
            ),
            (
                vec!["Fifty-three soldiers were killed on Friday, the government said."],
                vec!["Malian government: Fifty-three soldiers were killed on Friday,"],
            ),
            (
                vec!["JNIM, for its part, said it had killed 85 soldiers."],
                vec!["JNIM: it had killed 85 soldiers."],
            ),
            (
                vec!["Two were missing, a UN spokesman said on 4 November."],
                vec!["UN spokesman: Two were missing,"],
            ),
            (
                vec![
                    "Quarante-deux militaires ont péri, a fait savoir mercredi le gouvernement de transition.",
                ],
                vec!["gouvernement de transition: Quarante-deux militaires ont péri,"],
            ),
            (
                vec!["Selon le gouvernement malien, 38 personnes sont mortes."],
                vec!["gouvernement malien: , 38 personnes sont mortes."],
            ),
            (
                vec!["Il y a des blessés, d'après des sources locales."],
                vec!["sources locales: Il y a des blessés,"],
            ),
            (
                vec![
                    "Twelve died, said the mayor of the nearby town, Moulaye Guindo.",
                    "Guindo said that many were young.",
                ],
                vec!["mayor of the nearby town: that many were young."],
            ),
            (
                vec![
                    "Dix sont morts, a dit une source policière.",
                    "Cinq sont morts, selon cette source.",
                ],
                vec!["source policière: Cinq sont morts,"],
            ),
            (vec!["Three people were reported dead."], vec![]),
        ] {
            let found = read(&sentences);
            if found != expected {
                wrong.push(format!("{sentences:?}\n  expected {expected:?}\n  found    {found:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
