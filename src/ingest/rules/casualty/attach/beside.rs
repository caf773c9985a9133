//! Figures without a predicate of their own: parts of others, counted along with them, listed
//! behind a colon, or joined to one that was taken.

use super::Scene;
use crate::ingest::lexicon::one_of;
use crate::ingest::rules::casualty::candidate::{including, is_part};
use crate::ingest::rules::casualty::shares::befell;
use crate::ingest::rules::casualty::{Candidate, Taken};
use crate::ingest::rules::people::Head;
use crate::knowledge::words::Form;
use crate::model::claim::{Measure, Qualifier};

impl Scene<'_> {
    /// Figures after "including", "dont" or an opening bracket have the measure of the
    /// figure before; "The victims included a woman and a child" too.
    pub(in crate::ingest::rules::casualty) fn take_included(&self, candidates: &mut [Candidate]) {
        for i in 0..candidates.len() {
            if !candidates[i].taken.is_empty() {
                continue;
            }
            let start = candidates[i].start();
            let led = self.tokens[..start].iter().rev().take(3).any(|t| including(t) || t.is("("))
                || self.among(start).is_some()
                // "22 dead, the two gunmen included".
                || self.tokens.get(candidates[i].end).is_some_and(|t| {
                    one_of(t, &["included", "inclus", "incluses", "compris", "comprises"])
                });
            let led = led || self.is_among_them(candidates, i);
            let so = start >= 2
                && one_of(&self.tokens[start - 1], &["were", "was"])
                && one_of(&self.tokens[start - 2], &["so", "as"]);
            let joined = i > 0
                && candidates[i - 1].subset
                && !candidates[i - 1].taken.is_empty()
                && self.is_joined(&candidates[i - 1], &candidates[i]);
            // "Eleven were wounded, three seriously".
            let badly = self.tokens.get(candidates[i].number.end).is_some_and(|t| {
                one_of(t, &["seriously", "critically", "severely", "grievement", "gravement"])
            }) && matches!(candidates[i].head, Head::Elided)
                && start > 0
                && self.tokens[start - 1].is(",")
                && self.predicate_after(candidates[i].end, 2).is_none();
            let part = is_part(self.tokens, &candidates[i]) || badly;
            if !(led || so || joined || part) || (candidates[i].weak && !led && !joined) {
                continue;
            }
            // "dont plusieurs, parmi les auteurs, ont été identifiés": of whom is not said.
            let vague = candidates[i].number.qualifier == Qualifier::Dozens
                && matches!(candidates[i].head, Head::Elided)
                && self.tokens.get(candidates[i].end).is_some_and(|t| t.is(","));
            if vague {
                continue;
            }
            // "to rescue 170 people, many of them foreigners": of those, who are not counted.
            if part && i > 0 && candidates[i - 1].taken.is_empty() {
                continue;
            }
            let whole = candidates[..i].iter().rposition(|c| !c.taken.is_empty());
            let taken = match whole {
                Some(w) => {
                    let evidence = candidates[w].start()..candidates[i].end;
                    candidates[w].taken.first().map(|t| Taken { evidence, ..t.clone() })
                }
                None => self.victims_included(start).map(|(measure, from)| Taken {
                    measure,
                    evidence: from..candidates[i].end,
                    predicate: None,
                    noun: false,
                    either: false,
                }),
            };
            if let Some(taken) = taken {
                candidates[i].taken.push(taken);
                candidates[i].subset |= !so;
            }
        }
    }

    /// "30 wounded, two women and two children among them": a part named before the words that say so.
    fn is_among_them(&self, candidates: &[Candidate], i: usize) -> bool {
        let behind = |at: usize| {
            matches!(self.tokens.get(at..at + 2), Some([a, b])
                if one_of(a, &["among", "parmi"]) && one_of(b, &["them", "whom", "eux", "elles"]))
        };
        let mut last = i;
        while !behind(candidates[last].end) {
            let Some(next) = candidates.get(last + 1) else { return false };
            let between = &self.tokens[candidates[last].end.min(next.start())..next.start()];
            let joined =
                between.len() == 1 && (between[0].is(",") || one_of(&between[0], &["and", "et"]));
            if !joined || last > i + 3 {
                return false;
            }
            last += 1;
        }
        let mut first = i;
        while first > 0 && candidates[first - 1].end + 1 == candidates[first].start() {
            first -= 1;
        }
        candidates[first].start() > 0 && {
            let sign = &self.tokens[candidates[first].start() - 1];
            sign.is(",") || sign.is("–") || sign.is("—") || sign.is("(")
        }
    }

    /// "Six soldiers were killed along with two of the attackers": the figure behind has the
    /// measure of the one before.
    pub(in crate::ingest::rules::casualty) fn take_along(&self, candidates: &mut [Candidate]) {
        const ALONG: &[&[&str]] = &[
            &["along", "with"],
            &["together", "with"],
            &["as", "well", "as"],
            &["ainsi", "que"],
            &["de", "meme", "que"],
            &["as", "are"],
            &["as", "were"],
            &["as", "was"],
            &["besides"],
            &["besides", "the"],
            &["in", "addition", "to"],
            &["outre"],
            &["not", "counting"],
            &["not", "counting", "the"],
            &["not", "including"],
            &["not", "including", "the"],
            &["sans", "compter"],
            &["sans", "compter", "les"],
        ];
        let took: Vec<usize> =
            candidates.iter().flat_map(|c| c.taken.iter().filter_map(|t| t.predicate)).collect();
        for b in candidates.iter_mut().filter(|c| c.taken.is_empty()) {
            let led = ALONG.iter().any(|words| {
                let from = b.start().checked_sub(words.len());
                let found = from.map(|from| &self.tokens[from..b.start()]);
                found.is_some_and(|found| found.iter().zip(*words).all(|(t, w)| t.norm == *w))
            });
            let counted = match b.head {
                Head::Elided | Head::Thing => false,
                Head::Unlisted => b.definite,
                Head::People(_) => true,
            };
            let verb = self.predicates.iter().rposition(|p| p.end <= b.start());
            let verb = verb.filter(|&p| {
                let predicate = &self.predicates[p];
                b.start() - predicate.end <= 16
                    && (predicate.passive || self.has(p, Form::Intransitive) || took.contains(&p))
            });
            // "six wounded in addition to the soldier": the one who was told of before.
            let known = b.weak && one_of(&self.tokens[b.start()], &["the", "le", "la", "l"]);
            let led = led && !known;
            if let Some(p) = verb.filter(|_| led && counted && !self.has_right_predicate(b.start()))
            {
                let evidence = self.predicates[p].start..b.end;
                let measures = self.measures(p);
                b.taken = measures.iter().map(|m| self.taken(p, *m, evidence.clone())).collect();
            }
        }
    }

    /// "counts thirteen dead: four soldiers, five contractors and four assailants": what a colon
    /// opens are parts of the figure before it.
    pub(in crate::ingest::rules::casualty) fn take_listed(&self, candidates: &mut [Candidate]) {
        for i in 1..candidates.len() {
            let (before, rest) = candidates.split_at_mut(i);
            let (a, b) = (&before[i - 1], &mut rest[0]);
            let Some(taken) = a.taken.first() else { continue };
            let between = &self.tokens[a.end.min(b.start())..b.start()];
            let opened = between.iter().any(|t| t.is(":"))
                && between.len() <= 3
                && !matches!(a.head, Head::People(_));
            let goes_on = a.subset
                && between.len() <= 3
                && between.iter().all(|t| t.is(",") || one_of(t, &["and", "et"]))
                && self.tokens[..a.start()].iter().any(|t| t.is(":"));
            // "killing 30 people: 12 in Boni, ten in Hombori and eight in Mondoro".
            let placed = matches!(b.head, Head::Elided)
                && b.taken.is_empty()
                && self
                    .tokens
                    .get(b.end)
                    .is_some_and(|t| one_of(t, &["in", "at", "near", "a", "dans", "pres", "au"]));
            let by_place = between.len() <= 3 && between.iter().any(|t| t.is(":"));
            let next_place = a.subset
                && matches!(a.head, Head::Elided)
                && between.len() <= 7
                && between.iter().any(|t| t.is(",") || one_of(t, &["and", "et"]));
            if placed && (by_place || next_place) {
                let evidence = taken.evidence.start..b.end;
                b.taken = vec![Taken { evidence, ..taken.clone() }];
                b.subset = true;
                continue;
            }
            let people = matches!(b.head, Head::People(_)) && b.taken.is_empty();
            if people && (opened || goes_on) && self.predicate_after(b.end, 3).is_none() {
                let evidence = taken.evidence.start..b.end;
                b.taken = vec![Taken { evidence, ..taken.clone() }];
                b.subset = true;
            }
        }
    }

    /// "The victims … included", "Among the dead were": what befell them, and the token of the
    /// noun, when it stands before `at`.
    fn victims_included(&self, at: usize) -> Option<(Measure, usize)> {
        let verb = self.tokens[..at].iter().rposition(including)?;
        let among = self.among(at).map_or(verb..verb, |from| from..at);
        let mut before = (0..verb).chain(among);
        before.find_map(|i| Some((befell(&self.tokens[i])?, i)))
    }

    /// "Among the 35 who died were 24 children", "Parmi les morts, on compte six femmes": the token of
    /// "among", when a figure at `start` stands right behind the verb.
    fn among(&self, start: usize) -> Option<usize> {
        const VERBS: &[&str] = &[
            "were", "was", "are", "is", "figurent", "figuraient", "figure", "figurait", "compte",
            "comptait", "denombre", "recense", "a", "sont", "etaient",
        ];
        let verb = start.checked_sub(1).filter(|i| one_of(&self.tokens[*i], VERBS))?;
        let among = (verb.saturating_sub(9)..verb)
            .rev()
            .find(|i| one_of(&self.tokens[*i], &["among", "parmi"]))?;
        let opens = among.checked_sub(1).is_none_or(|i| !self.tokens[i].is_word())
            || one_of(&self.tokens[among - 1], &["that", "que", "and", "et", "but", "mais"]);
        let named = self.tokens[among..verb].iter().any(|t| {
            befell(t).is_some() || one_of(t, &["died", "perished", "decedes", "decedees"])
        });
        (opens && named).then_some(among)
    }

    /// "32 morts, contre 27 annoncés vendredi", "climbed to 38 from the 25 first reported": the count
    /// before, of the same people.
    pub(in crate::ingest::rules::casualty) fn take_compared(&self, candidates: &mut [Candidate]) {
        const BEFORE: &[&str] = &[
            "annonce", "annonces", "annoncees", "initialement", "precedemment", "auparavant",
            "avances", "reported", "announced", "initially", "previously", "earlier", "first",
            "given",
        ];
        for i in 1..candidates.len() {
            let (before, rest) = candidates.split_at_mut(i);
            let b = &mut rest[0];
            let bare = matches!(b.head, Head::Elided) && !b.weak && b.taken.is_empty();
            let start = b.start();
            let led = (start.saturating_sub(2)..start)
                .any(|j| one_of(&self.tokens[j], &["contre", "from"]));
            let told = self.tokens[b.end..].iter().take(3).any(|t| one_of(t, BEFORE));
            let Some(a) = before.iter().rfind(|a| !a.taken.is_empty() && !a.subset) else {
                continue;
            };
            if bare && led && told {
                b.taken = a.taken.iter().take(1).cloned().collect();
                for taken in &mut b.taken {
                    taken.evidence = start..b.end;
                }
            }
        }
    }

    /// "twelve deaths in Aklaz and 31 in Awkassa": a bare figure joined to one that was taken.
    pub(in crate::ingest::rules::casualty) fn take_elided(&self, candidates: &mut [Candidate]) {
        for i in 1..candidates.len() {
            let (before, rest) = candidates.split_at_mut(i);
            let b = &mut rest[0];
            // "acknowledged three wounded in its ranks; the general staff of the army, two": those
            // named between the signs are not counted.
            let gapped = self.tokens[b.start().saturating_sub(1)].is(",");
            let counted = |a: &&Candidate| !(gapped && a.weak && a.taken.is_empty());
            let Some(a) = before.iter().rfind(counted) else { continue };
            let vague = b.number.qualifier == Qualifier::Dozens;
            let bare = matches!(b.head, Head::Elided) && !b.weak && !vague && b.taken.is_empty();
            let spoken = self.saying.get(b.end) == Some(&true);
            // "four more in an ambush", "quatre autres à Boni".
            let more = self
                .tokens
                .get(b.end)
                .is_some_and(|t| one_of(t, &["more", "others", "autres", "other"]));
            let placed = spoken
                || self.tokens.get(b.end + usize::from(more)).is_none_or(|t| {
                    one_of(
                        t,
                        &["in", "at", "near", "on", "a", "au", "en", "dans", "from", "outside"],
                    ) || t.is(".")
                });
            let range = a.end..b.start();
            let joint =
                self.tokens[range.clone()].iter().any(|t| t.is(",") || one_of(t, &["and", "et"]));
            let gapped = gapped && self.tokens[range.clone()].iter().any(|t| t.is(";"));
            let near = range.len() <= if gapped { 14 } else { 10 };
            if bare && placed && joint && near && !a.taken.is_empty() {
                let taken = a.taken.iter().map(|t| Taken {
                    evidence: t.evidence.start..b.end.max(t.evidence.end),
                    ..t.clone()
                });
                b.taken = taken.collect();
            }
        }
    }
}
