//! Which predicate takes which figures.

mod beside;
mod summed;

use super::candidate::{including, is_part};
use super::predicate::{is_adverb, is_be};
use super::{Candidate, Predicate, Taken};
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::date;
use crate::ingest::rules::number::figure;
use crate::ingest::rules::people::Head;
use crate::ingest::token::Token;
use crate::ingest::vocabulary::Vocabulary;
use crate::knowledge::words::Form;
use crate::model::claim::{Measure, Qualifier};
use std::ops::Range;

/// For each token whether somebody is said to say something there.
pub(super) fn saying(tokens: &[Token], vocabulary: &Vocabulary) -> Vec<bool> {
    let says =
        |i| vocabulary.speech.at(tokens, i).is_some() || vocabulary.by.at(tokens, i).is_some();
    // "were reported killed": nobody is said to say it.
    let passive = |i: usize| i > 0 && is_be(&tokens[i - 1]);
    (0..tokens.len()).map(|i| says(i) && !passive(i)).collect()
}

pub(super) struct Scene<'a> {
    pub(super) tokens: &'a [Token],
    /// For each token whether a verb of saying begins there.
    pub(super) saying: &'a [bool],
    pub(super) predicates: &'a [Predicate],
}

impl Scene<'_> {
    /// "27 detained civilians": the predicate inside a noun phrase.
    pub(super) fn take_inner(&self, candidates: &mut [Candidate], p: usize) {
        let predicate = &self.predicates[p];
        for c in candidates.iter_mut().filter(|c| c.inner == Some(predicate.start)) {
            for measure in self.measures(p) {
                let evidence = c.number.start..c.end.max(predicate.end);
                c.taken.push(Taken {
                    measure,
                    evidence,
                    predicate: Some(p),
                    noun: false,
                    either: false,
                });
                // "the 27 detained civilians": those still held, a part of all. "17 bodies of
                // terrorists" are whole.
                c.subset = !self.has(p, Form::NounOf)
                    && c.start()
                        .checked_sub(1)
                        .is_some_and(|i| one_of(&self.tokens[i], &["the", "les", "these", "ces"]));
            }
        }
    }

    fn measures(&self, p: usize) -> Vec<Measure> {
        let mut all: Vec<_> = self.predicates[p].uses.iter().map(|(m, _)| *m).collect();
        all.dedup();
        all.truncate(1);
        all
    }

    fn has(&self, p: usize, form: Form) -> bool {
        self.predicates[p].uses.iter().any(|(_, f)| *f == form)
    }

    /// The predicate that begins at most `gap` tokens after `at`, adverbs and auxiliaries
    /// passed over.
    fn predicate_after(&self, at: usize, gap: usize) -> Option<usize> {
        let p = self.predicates.iter().position(|p| p.start >= at)?;
        let between = &self.tokens[at..self.predicates[p].start];
        let close = between.iter().all(|t| {
            is_be(t)
                || is_adverb(t)
                || t.is_quote()
                || one_of(
                    t,
                    &["others", "more", "autres", "had", "have", "ont", "a", "as", "of", "de", "d"],
                )
        });
        (between.len() <= gap && close).then_some(p)
    }

    /// Whether a predicate looks right from directly before this figure.
    fn has_right_predicate(&self, start: usize) -> bool {
        self.predicates.iter().enumerate().any(|(p, pred)| {
            pred.end <= start
                && self.tokens[pred.end..start].iter().all(|t| t.is_quote())
                && !pred.passive
                && (self.has(p, Form::Gerund)
                    || self.has(p, Form::Active)
                    || self.has(p, Form::NounOf)
                    || (self.has(p, Form::Participle) && !self.is_left_adjacent(p)))
        })
    }

    /// Whether a figure may end directly before this predicate (only by words, no figure is
    /// looked for): used to tell "50 killed 4 captured" from "attackers killed 4".
    fn is_left_adjacent(&self, p: usize) -> bool {
        let Some(before) = self.predicates[p].start.checked_sub(1) else {
            return false;
        };
        figure(self.tokens, before).is_some()
    }

    /// Nothing between the two that ends a clause or says something else.
    fn is_open(&self, range: Range<usize>) -> bool {
        let predicate_inside =
            self.predicates.iter().any(|p| range.start <= p.start && p.end <= range.end);
        let speech = self.saying[range.clone()].contains(&true);
        let closed = self.tokens[range].iter().any(|t| {
            t.is(";")
                || one_of(t, &["that", "while", "but", "although", "mais", "tandis", "whereas"])
        });
        !predicate_inside && !speech && !closed
    }

    /// Whether figure `a` and the later `b` are joined: only "and", commas, places and the
    /// like between them.
    fn is_joined(&self, a: &Candidate, b: &Candidate) -> bool {
        let range = a.end.min(b.start())..b.start();
        let between = &self.tokens[range.clone()];
        let joint = between.iter().any(|t| {
            t.is(",")
                || t.is("(")
                || one_of(
                    t,
                    &["and", "et", "along", "together", "plus", "well", "ainsi", "or", "ou"],
                )
                || including(t)
        });
        let verb = between.iter().any(|t| {
            is_be(t)
                || t.is(")")
                || one_of(
                    t,
                    &[
                        "had", "has", "have", "who", "which", "when", "after", "qui", "lorsque",
                        "ont", "leaving", "laissant", "against", "contre", "before", "by", "par",
                        "where", "climbs", "climbed", "rises", "rose", "reaches", "reached",
                        "passe", "grimpe", "il", "y", "elle", "ils", "on", "faisant", "laissant",
                        "causant", "causing", "leaving",
                    ],
                )
                || (t.is_word() && !t.capital && t.norm.len() > 4 && t.norm.ends_with("ed"))
        });
        // "“They killed twelve,” a resident said": who speaks is none of them.
        let spoken = between.iter().any(|t| t.is(","))
            && between.iter().any(|t| t.is_quote())
            && between.len() <= 12
            && self.saying[b.start()..].iter().take(14).any(|s| *s);
        joint && !verb && !spoken && between.len() <= 14 && self.is_open(range)
    }

    pub(super) fn take_left(&self, candidates: &mut [Candidate], p: usize) {
        let predicate = &self.predicates[p];
        let leftward = [Form::Participle, Form::Intransitive, Form::CountNoun, Form::State];
        if predicate.active && !self.has(p, Form::Intransitive)
            || !leftward.iter().any(|f| self.has(p, *f))
        {
            return;
        }
        let reached =
            |c: &Candidate| c.end <= predicate.start && self.may_hurt(p, c, c.end..predicate.start);
        let Some(mut last) = candidates.iter().rposition(reached) else {
            return;
        };
        // "five workers, four of whom were employed …, disappeared": the five.
        while last > 0
            && is_part(self.tokens, &candidates[last])
            && candidates[last].start() == candidates[last - 1].end + 1
            && self.over_aside(candidates[last - 1].end, predicate.start) > candidates[last].end
        {
            last -= 1;
        }
        let nearest = &candidates[last];
        let from = self.over_aside(nearest.end, predicate.start);
        let gap = &self.tokens[from..predicate.start];
        let shared = self.shares_subject(p, nearest.end);
        let verb_like = predicate.passive || self.has(p, Form::Intransitive);
        let limit = match () {
            () if nearest.weak && !verb_like && !self.follows_leaving(nearest) => 0,
            () if nearest.weak => 8,
            () if verb_like || self.follows_leaving(nearest) => 24,
            () => 2,
        };
        let adjacent = self.is_reduced(p, &nearest.head, gap)
            || gap.iter().all(|t| {
                is_adverb(t) || t.is_quote() || one_of(t, &["of", "de", "d", "others", "autres"])
            });
        // A long way back over another verb leads to somebody else.
        let other_verb = gap.len() > 6
            && gap
                .iter()
                .any(|t| t.is_word() && !t.capital && t.norm.len() > 4 && t.norm.ends_with("ed"));
        let reaches = gap.len() <= limit
            && !other_verb
            && (verb_like || self.follows_leaving(nearest) || adjacent)
            && (shared || self.is_open(from..predicate.start));
        if !reaches || (!nearest.taken.is_empty() && !shared) {
            return;
        }
        // "avaient tué dix soldats, certains ayant été faits prisonniers": the verb before them
        // has them.
        if !shared && gap.iter().any(|t| t.is(",")) && self.has_right_predicate(nearest.start()) {
            return;
        }
        // "several of the civilians killed": some of those counted elsewhere.
        let vague = nearest.number.qualifier == Qualifier::Dozens;
        if vague && nearest.definite && !verb_like {
            return;
        }
        // "attackers killed two soldiers": what stands right of it is its figure.
        // "the parents of the young man were among the victims": of the parents.
        let of = nearest.start().checked_sub(1).map(|i| &self.tokens[i]);
        let the = one_of(&self.tokens[nearest.start()], &["the", "le", "la", "l"]);
        if nearest.weak && the && of.is_some_and(|t| one_of(t, &["of", "de"])) {
            return;
        }
        if !predicate.passive && !self.has(p, Form::Intransitive) && self.owns_right(candidates, p)
        {
            return;
        }
        let measures = self.measures(p);
        let mut first = last;
        // "a soldier, a civilian who had been taken hostage": of the civilian alone. "four assailants,
        // one of whom was killed": of the one, but "fourteen, four of them children, were killed".
        let relative = gap.first().is_some_and(|t| one_of(t, &["who", "qui"]))
            && candidates[last].start().checked_sub(1).is_some_and(|i| self.tokens[i].is(","));
        let part = is_part(self.tokens, &candidates[last]) && gap.iter().all(|t| !t.is(","));
        let alone = relative || part;
        // "77 victims and more than 80 wounded": the victims are not the wounded.
        let wounded = measures.contains(&Measure::Wounded);
        let victims = |c: &Candidate| {
            let noun = c.end.checked_sub(1).and_then(|i| self.tokens.get(i));
            wounded && noun.is_some_and(|t| one_of(t, &["victims", "victimes"]))
        };
        while first > 0
            && !alone
            && !victims(&candidates[first - 1])
            && !self.are_others_beside_part(candidates, first, last)
            && !self.is_counted_again(candidates[first - 1].start())
            && !self.is_of_earlier(candidates, first - 1)
            && !self.is_included_behind(candidates, first - 1)
            && self.is_joined(&candidates[first - 1], &candidates[first])
            && candidates[first - 1].taken.is_empty()
            && !matches!(candidates[first - 1].head, Head::Unlisted)
            && !self.has_right_predicate(candidates[first].start())
            && !self.has_right_predicate(candidates[first - 1].start())
            && !(candidates[first - 1].weak && candidates[first].weak && !verb_like)
        {
            first -= 1;
        }
        let evidence = candidates[first].start()..predicate.end;
        let mut part = false;
        for i in first..=last {
            if i > first {
                let between = candidates[i - 1].end..candidates[i].start();
                part |= self.tokens[between].iter().any(including);
            }
            let c = &mut candidates[i];
            c.subset |= part;
            c.taken.extend(measures.iter().map(|m| self.taken(p, *m, evidence.clone())));
        }
    }

    /// "dix Casques bleus, tués le 20 janvier", "ten peacekeepers, killed in an ambush": a participle
    /// behind a comma that says when, where or by whom.
    fn is_reduced(&self, p: usize, head: &Head, gap: &[Token]) -> bool {
        const NEXT: &[&str] = &[
            "le", "dans", "par", "lors", "a", "au", "en", "hier", "in", "by", "during", "when",
            "on", "at", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
            "pres",
        ];
        let predicate = &self.predicates[p];
        let comma = gap.len() == 1 && gap[0].is(",");
        let next = self.tokens.get(predicate.end).is_some_and(|t| one_of(t, NEXT));
        let people = matches!(head, Head::People(_));
        comma && next && people && self.has(p, Form::Participle)
    }

    /// "five workers, four of whom were employed by the Red Cross, disappeared": one past the
    /// clause between commas.
    fn over_aside(&self, from: usize, end: usize) -> usize {
        let opens = self.tokens.get(from).is_some_and(|t| t.is(","))
            && self.tokens[from..end]
                .iter()
                .take(5)
                .any(|t| one_of(t, &["whom", "who", "dont", "qui"]));
        let close = (from + 1..end).rev().find(|i| self.tokens[*i].is(",")).filter(|_| opens);
        close.map_or(from, |i| i + 1)
    }

    /// "vingt morts à Karou et 14 à Ouatagouna, ainsi que dix blessés", "13 were killed, two of them
    /// children, and 24 others were abducted": a figure that leans on what was counted before.
    fn is_of_earlier(&self, candidates: &[Candidate], i: usize) -> bool {
        let c = &candidates[i];
        let counted = candidates[..i].iter().any(|b| {
            let before =
                |t: &Taken| t.predicate.is_some_and(|p| self.predicates[p].end <= c.start());
            b.taken.iter().any(before)
        });
        let placed = matches!(c.head, Head::Elided)
            && self
                .tokens
                .get(c.end)
                .is_some_and(|t| one_of(t, &["a", "in", "at", "near", "dans"]));
        counted && (placed || is_part(self.tokens, c))
    }

    /// "qui parlait de 20 morts, en reconnaît 33, ainsi que 41 blessés": the 33 have their word.
    fn is_counted_again(&self, start: usize) -> bool {
        self.predicates.iter().enumerate().any(|(p, predicate)| {
            predicate.end == start && self.has(p, Form::Toll) && predicate.active
        })
    }

    /// "six morts, dont deux femmes, et quatre autres blessés": the others are none of the part.
    fn are_others_beside_part(&self, candidates: &[Candidate], first: usize, last: usize) -> bool {
        let others = |c: &Candidate| {
            let word = self.tokens.get(c.number.end);
            word.is_some_and(|t| one_of(t, &["autres", "others", "other"]))
        };
        let start = candidates[first - 1].start();
        let part = self.tokens[start.saturating_sub(2)..start].iter().any(including);
        first == last && others(&candidates[last]) && part
    }

    /// "12 died, including two women and three children, and 20 were hurt": whether a figure is
    /// named as a part of what an earlier predicate counts.
    fn is_included_behind(&self, candidates: &[Candidate], i: usize) -> bool {
        let mut at = i;
        loop {
            let start = candidates[at].start();
            let led = (start.saturating_sub(3)..start).rev().find(|j| including(&self.tokens[*j]));
            if let Some(led) = led {
                let counted = self.predicates.iter().any(|p| p.end <= led && led - p.end <= 3);
                // "the death of seven fighters, including a commander, with another 12 injured".
                let whole = at.checked_sub(1).map(|i| &candidates[i]).filter(|w| w.end <= led);
                let of_it =
                    whole.is_some_and(|w| led - w.end <= 2 && self.has_right_predicate(w.start()));
                return counted || of_it;
            }
            let joined = at > 0
                && start - candidates[at - 1].end.min(start) <= 2
                && self.tokens[candidates[at - 1].end.min(start)..start]
                    .iter()
                    .all(|t| t.is(",") || one_of(t, &["and", "et"]));
            if !joined {
                return false;
            }
            at -= 1;
        }
    }

    /// Whether a predicate can count a figure: one with a noun that nothing knows only when it
    /// stands beside it and is said of people alone ("four shepherds were killed").
    fn may_hurt(&self, p: usize, c: &Candidate, gap: Range<usize>) -> bool {
        const OF_PEOPLE: &[&str] = &[
            "killed", "slain", "massacred", "slaughtered", "murdered", "assassinated", "beheaded",
            "shot", "gunned", "wounded", "injured", "hurt", "kidnapped", "abducted", "died",
            "perished", "killing", "wounding", "injuring", "kidnapping", "abducting", "murdering",
            "death", "deaths", "killings", "murder", "abduction", "lost", "remains", "bodies",
            "lives", "corps", "depouilles", "cadavres", "tue", "tues", "tuee", "tuees", "tuant",
            "assassine", "assassines", "massacre", "massacres", "egorge", "egorges", "blesse",
            "blesses", "blessee", "blessees", "blessant", "enleve", "enleves", "mort", "morts",
            "peri", "deces", "enlevement", "assassinat", "sont", "ont", "meurent", "perissent",
            "decedent",
        ];
        let predicate = &self.predicates[p];
        let first = &self.tokens[predicate.start];
        // "seized six drivers", but "twelve were seized" may be rifles.
        if first.norm == "seized" && predicate.end == predicate.start + 1 {
            return matches!(c.head, Head::People(_)) && !c.weak;
        }
        if !matches!(c.head, Head::Unlisted) {
            return true;
        }
        let lost = one_of(first, &["lost", "ont"]) && predicate.end - predicate.start < 3;
        let beside = gap.len() <= 4 && self.tokens[gap].iter().all(|t| is_be(t) || is_adverb(t));
        beside && one_of(first, OF_PEOPLE) && !lost
    }

    fn taken(&self, predicate: usize, measure: Measure, evidence: Range<usize>) -> Taken {
        let uses = &self.predicates[predicate].uses;
        let noun = uses.iter().all(|(_, f)| matches!(f, Form::CountNoun | Form::State));
        let either = self.is_either(predicate);
        let noun = noun && measure == Measure::Killed;
        Taken { measure, evidence, predicate: Some(predicate), noun, either }
    }

    /// "killed or captured": the second predicate has the first one's figures. Those are
    /// counted as the first only; "killed and wounded hundreds" is the right-hand case.
    fn shares_subject(&self, p: usize, from: usize) -> bool {
        let Some(previous) = p.checked_sub(1).map(|i| &self.predicates[i]) else {
            return false;
        };
        let between = &self.tokens[previous.end..self.predicates[p].start];
        previous.start >= from
            && (1..=2).contains(&between.len())
            && between.iter().all(|t| one_of(t, &["and", "et", "then", "puis"]))
    }

    /// "leaving 18 of the militiamen dead".
    fn follows_leaving(&self, c: &Candidate) -> bool {
        self.tokens[..c.start()].iter().rev().take(2).any(|t| {
            one_of(
                t,
                &[
                    "leaving", "left", "leaves", "laissant", "laisse", "fait", "faisant", "found",
                    "saw", "with", "hold", "holds", "holding", "held", "took", "take", "taking",
                    "taken", "retient", "retiennent", "retenant",
                ],
            )
        })
    }

    /// Whether a figure begins right after this predicate and has no predicate of its own.
    fn owns_right(&self, candidates: &[Candidate], p: usize) -> bool {
        let predicate = &self.predicates[p];
        let nominal = !self.has(p, Form::Participle) && !self.has(p, Form::Active);
        if nominal {
            return false;
        }
        let Some(next) = candidates.iter().find(|c| c.start() >= predicate.end) else {
            return false;
        };
        let gap = &self.tokens[predicate.end..next.start()];
        gap.len() <= 1
            && gap.iter().all(|t| t.is_quote() || one_of(t, &["another", "the", "his", "their"]))
            && self.predicate_after(next.end, 2).is_none_or(|q| {
                // "killed 14 soldiers and …" ends its phrase; "killed 4 captured" does not.
                q <= p
            })
    }

    pub(super) fn take_right(&self, candidates: &mut [Candidate], p: usize) {
        let predicate = &self.predicates[p];
        let toll = self.has(p, Form::Toll);
        let rightward = toll
            || self.has(p, Form::Gerund)
            || self.has(p, Form::Active)
            || self.has(p, Form::NounOf)
            || (self.has(p, Form::Participle) && !predicate.passive);
        // "The 65 civilians killed were 52 men": it has its figure.
        let only = self.has(p, Form::Participle)
            && !self.has(p, Form::Active)
            && !self.has(p, Form::Gerund);
        let taken_left = candidates
            .iter()
            .any(|c| c.end <= predicate.start && c.taken.iter().any(|t| t.predicate == Some(p)));
        if !rightward || (only && taken_left) {
            return;
        }
        let reached = |c: &Candidate| {
            c.start() >= predicate.end && self.may_hurt(p, c, predicate.end..c.start())
        };
        let Some(first) = candidates.iter().position(reached) else {
            return;
        };
        // "ont tué, le 14 juillet, six éléments", "a tué, selon les autorités, deux enfants": what
        // stands between commas is passed over.
        let from = self.over_commas(predicate, candidates[first].start());
        let gap = from..candidates[first].start();
        let limit = if toll { 10 } else { 4 };
        let conjoined = self.predicates.get(p + 1).is_some_and(|q| q.end <= gap.end);
        let open = conjoined && self.shares_object(p) || self.is_open(gap.clone());
        // "shot them one after another": the object is the pronoun.
        let object =
            self.tokens[gap.clone()].iter().any(|t| one_of(t, &["them", "him", "it", "her"]));
        if object {
            return;
        }
        let comma = self.tokens[gap.clone()].iter().any(|t| t.is(","));
        if gap.len() > limit
            || !(open || toll)
            || (comma && !toll)
            || !candidates[first].taken.is_empty()
        {
            return;
        }
        if candidates[first].weak && gap.len() > 1 {
            return;
        }
        let mut measures = self.measures(p);
        if conjoined && self.shares_object(p) && !self.is_either(p) {
            measures.extend(self.measures(p + 1));
            measures.dedup();
        }
        let mut last = first;
        while !toll
            && last + 1 < candidates.len()
            && candidates[last + 1].taken.is_empty()
            && !matches!(candidates[last + 1].head, Head::Unlisted)
            && self.is_joined(&candidates[last], &candidates[last + 1])
            && self.predicate_after(candidates[last + 1].end, 3).is_none_or(|q| {
                self.has(q, Form::Gerund) || self.has(q, Form::Active) || self.has(q, Form::NounOf)
            })
        {
            last += 1;
        }
        let mut part = false;
        for i in first..=last {
            if i > first {
                let between = candidates[i - 1].end..candidates[i].start();
                part |= self.tokens[between].iter().any(including);
            }
            let c = &mut candidates[i];
            c.subset |= part;
            let evidence = predicate.start..c.end;
            c.taken.extend(measures.iter().map(|m| self.taken(p, *m, evidence.clone())));
        }
    }

    /// One past ", le 14 juillet," or ", selon les autorités," at `from`; `from` itself when neither
    /// stands there.
    fn over_commas(&self, predicate: &Predicate, end: usize) -> usize {
        let from = predicate.end;
        // "ont tué, au moins 20 autres": a comma too much.
        if predicate.active && end == from + 1 && self.tokens[from].is(",") {
            return end;
        }
        let opens = self.tokens.get(from).is_some_and(|t| t.is(",")) && from < end;
        let close = (from + 1..end).find(|i| self.tokens[*i].is(",")).filter(|_| opens);
        let day = |i: usize| date::date(self.tokens, i).is_some();
        let said = || self.saying.get(from + 1) == Some(&true);
        close
            .filter(|close| close - from <= 9 && ((from + 1..from + 4).any(day) || said()))
            .map_or(from, |close| close + 1)
    }

    /// "killed or captured": at most all of them were killed.
    fn is_either(&self, p: usize) -> bool {
        // "killed, wounded or missing".
        let listed = |p: usize| {
            let (a, b) = (&self.predicates[p], self.predicates.get(p + 1)?);
            (b.start == a.end + 1 && self.tokens[a.end].is(",")).then_some(p + 1)
        };
        let p = listed(p).unwrap_or(p);
        let next = self.predicates.get(p + 1).filter(|n| n.start == self.predicates[p].end + 1);
        next.is_some_and(|n| {
            n.uses.first().map(|u| u.0) != self.predicates[p].uses.first().map(|u| u.0)
                && one_of(&self.tokens[n.start - 1], &["or", "ou"])
        })
    }

    /// "having killed and wounded hundreds".
    fn shares_object(&self, p: usize) -> bool {
        let Some(next) = self.predicates.get(p + 1) else {
            return false;
        };
        let between = &self.tokens[self.predicates[p].end..next.start];
        between.len() == 1 && one_of(&between[0], &["and", "et", "or", "ou"]) && !next.passive
    }
}
