//! Incidents that a text itself links: one is told as the answer to another ("in retaliation
//! for the attack on Hombori"), or so many days after it ("four days after the massacre in
//! Hombori"). The other is found by the place that the words name, or by the very day that the
//! number of days gives; where that leaves any doubt there is no link.

use super::rules::number::small_number;
use super::sentence::sentences;
use super::token::{Token, tokens};
use crate::model::date::DatePrecision;
use crate::model::incident::{Draft, EventType};
use crate::model::relation::{Relation, RelationKind};
use std::ops::Range;

/// Words after which stands what was answered, lower case and without accents.
const ANSWERS: &[&[&str]] = &[
    &["retaliation", "for"],
    &["retaliation", "to"],
    &["retaliation", "against"],
    &["reprisal", "for"],
    &["reprisals", "for"],
    &["revenge", "for"],
    &["in", "response", "to"],
    &["to", "avenge"],
    &["avenging"],
    &["represailles", "a"],
    &["represailles", "au"],
    &["represailles", "aux"],
    &["represailles", "de"],
    &["represailles", "du"],
    &["en", "reponse", "a"],
    &["en", "reponse", "au"],
    &["en", "reponse", "aux"],
    &["pour", "venger"],
];

/// What is answered or followed must be named as something that could be an incident.
const INCIDENTS: &[&str] = &[
    "attack", "attacks", "massacre", "massacres", "killing", "killings", "abduction", "abductions",
    "kidnapping", "kidnappings", "ambush", "ambushes", "clash", "clashes", "bombing", "bombings",
    "airstrike", "airstrikes", "strike", "strikes", "raid", "raids", "assault", "assaults",
    "attaque", "attaques", "tuerie", "tueries", "enlevement", "enlevements", "embuscade",
    "embuscades", "affrontement", "affrontements", "attentat", "attentats", "frappe", "frappes",
    "bombardement", "bombardements", "assaut",
];

/// Words before a cue that take it back.
const NOT: &[&str] = &["not", "no", "never", "without", "pas", "non", "sans", "jamais"];

/// A link in words: what kind, and where its words and its object stand among the tokens.
struct Cue {
    kind: RelationKind,
    /// Days between, where the text says how many.
    days: Option<i32>,
    words: Range<usize>,
    object: Range<usize>,
}

/// The links between the incidents of a document.
pub fn relations(text: &str, drafts: &[Draft]) -> Vec<Relation> {
    let mut found: Vec<Relation> = Vec::new();
    for (from, draft) in drafts.iter().enumerate() {
        let range = draft.passage.range();
        if text.get(range.clone()).is_none() {
            continue;
        }
        for sentence in sentences(text, 0, range) {
            let told = &sentence.tokens;
            let Some(cue) = cue(told) else { continue };
            let aside = told[cue.words.start].start..told[cue.object.end - 1].end;
            let tells = |draft: &Draft| tells(draft, &sentence.range(), &aside);
            // A sentence that tells several incidents does not say which of them is meant.
            if !tells(draft) || drafts.iter().filter(|other| tells(other)).count() > 1 {
                continue;
            }
            let Some(to) = meant(&cue, &told[cue.object.clone()], from, drafts) else { continue };
            let relation = Relation { from, to, kind: cue.kind, passage: draft.passage.clone() };
            if !found.contains(&relation) {
                found.push(relation);
            }
        }
    }
    found
}

/// Whether a fact of the incident, its date included, stands in the sentence beside the words
/// that link it.
fn tells(draft: &Draft, sentence: &Range<usize>, aside: &Range<usize>) -> bool {
    draft.passages().skip(1).any(|passage| {
        let within = sentence.start <= passage.start && passage.end <= sentence.end;
        within && (passage.end <= aside.start || aside.end <= passage.start)
    })
}

/// The first link in a sentence.
fn cue(tokens: &[Token]) -> Option<Cue> {
    (0..tokens.len()).find_map(|at| {
        let (kind, days, length) = answer(&tokens[at..]).or_else(|| days_after(&tokens[at..]))?;
        let negated = at > 0 && NOT.contains(&tokens[at - 1].norm.as_str());
        let negated = negated || (at > 1 && NOT.contains(&tokens[at - 2].norm.as_str()));
        let start = at + length;
        let rest = tokens.get(start..)?;
        let ends = |t: &Token| [",", ";", ":", ".", "(", "—", "–"].iter().any(|sign| t.is(sign));
        let end = start + rest.iter().position(ends).unwrap_or(rest.len());
        let object = &tokens[start..end];
        let named = object.iter().any(|t| INCIDENTS.contains(&t.norm.as_str()));
        (!negated && named).then_some(Cue { kind, days, words: at..start, object: start..end })
    })
}

fn answer(tokens: &[Token]) -> Option<(RelationKind, Option<i32>, usize)> {
    let begins = |cue: &&&[&str]| {
        cue.len() < tokens.len() && cue.iter().zip(tokens).all(|(word, t)| t.norm == *word)
    };
    ANSWERS.iter().find(begins).map(|cue| (RelationKind::Answer, None, cue.len()))
}

/// "four days after", "trois jours après", "the day after".
fn days_after(tokens: &[Token]) -> Option<(RelationKind, Option<i32>, usize)> {
    let [first, second, third, ..] = tokens else { return None };
    let is = |token: &Token, words: &[&str]| words.contains(&token.norm.as_str());
    let one = is(first, &["the"]) && is(second, &["day"]);
    let many = is(second, &["day", "days", "jour", "jours"]);
    let days = if one { Some(1) } else { small_number(first).filter(|_| many) };
    let days = days.filter(|days| (1..=60).contains(days))?;
    is(third, &["after", "apres"]).then_some((RelationKind::After, Some(days), 3))
}

/// The one earlier incident that the words can mean.
fn meant(cue: &Cue, object: &[Token], from: usize, drafts: &[Draft]) -> Option<usize> {
    let this = &drafts[from];
    let fits = |draft: &Draft| match (cue.days, draft.date.start(), this.date.start()) {
        // A number of days gives a day, and only exact dates can be counted.
        (Some(days), Some(then), Some(now)) => {
            let exact = |d: &Draft| d.date.precision() <= DatePrecision::Range;
            let end = draft.date.end().unwrap_or(then);
            let day = now.checked_sub(jiff::Span::new().days(days));
            exact(draft) && exact(this) && day.is_ok_and(|day| then <= day && day <= end)
        }
        (Some(_), ..) => false,
        (None, Some(then), Some(_)) => this.date.end().is_some_and(|end| then <= end),
        (None, ..) => false,
    };
    let others =
        || drafts.iter().enumerate().filter(|(i, draft)| *i != from && fits(draft)).map(|(i, _)| i);
    let mut named: Vec<usize> = others().filter(|i| names(object, &drafts[*i])).collect();
    if named.len() > 1
        && let Some(kind) = object.iter().find_map(|token| kind(&token.norm))
    {
        // "The massacre in Hombori" is not the bomb there on the same day.
        named.retain(|i| drafts[*i].kind == kind);
    }
    let names_any = drafts.iter().any(|draft| names(object, draft));
    match (named.as_slice(), cue.kind) {
        ([one], _) => Some(*one),
        ([], RelationKind::After) if !names_any => {
            let mut all = others();
            all.next().filter(|_| all.next().is_none())
        }
        _ => None,
    }
}

/// The kind of incident that a word can only mean.
fn kind(word: &str) -> Option<EventType> {
    Some(match word {
        "massacre" | "massacres" => EventType::Massacre,
        "abduction" | "abductions" | "kidnapping" | "kidnappings" | "enlevement"
        | "enlevements" => EventType::Abduction,
        "airstrike" | "airstrikes" => EventType::Airstrike,
        _ => return None,
    })
}

/// Whether the words name a place of the incident.
fn names(object: &[Token], draft: &Draft) -> bool {
    draft.places.iter().any(|place| {
        let name = tokens(&place.name, 0..place.name.len());
        !name.is_empty()
            && object
                .windows(name.len())
                .any(|words| words.iter().zip(&name).all(|(word, part)| word.norm == part.norm))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Hints, Parser};
    use crate::knowledge::Knowledge;

    /// The links in a text, as the titles' days: "2022-04-23 after 2022-04-19".
    fn linked(text: &str) -> Vec<String> {
        let known = Knowledge::embedded();
        let doc = Parser::new(&known).parse("t.txt", text.as_bytes(), &Hints::default());
        let doc = doc.unwrap();
        let day = |i: usize| doc.drafts[i].date.start().map_or("?".into(), |d| d.to_string());
        let relations = relations(&doc.text, &doc.drafts).into_iter();
        let said = relations.map(|r| {
            assert_eq!(doc.text[r.passage.range()], r.passage.quote);
            format!("{} {} {}", day(r.from), r.kind.as_str(), day(r.to))
        });
        said.collect()
    }

    const HOMBORI: &str =
        "Hombori massacre\n\nOn 19 April 2022, gunmen killed 50 civilians in Hombori.\n\n";

    #[test]
    fn ok_what_the_text_links() {
        for (sentence, expected) in [
            (
                "On 23 April 2022, just four days after the massacre in Hombori, fighters killed six soldiers in Boni.",
                "2022-04-23 after 2022-04-19",
            ),
            (
                "On 24 April 2022, in retaliation for the massacre in Hombori, fighters killed six soldiers in Boni.",
                "2022-04-24 answer 2022-04-19",
            ),
            (
                "On 24 April 2022, fighters killed six soldiers in Boni in response to the attack on Hombori.",
                "2022-04-24 answer 2022-04-19",
            ),
            (
                "Le 24 avril 2022, en représailles à l'attaque de Hombori, des combattants ont tué six soldats à Boni.",
                "2022-04-24 answer 2022-04-19",
            ),
            // The day alone says which, where the words name no place.
            (
                "On 22 April 2022, three days after the massacre, fighters killed six soldiers in Boni.",
                "2022-04-22 after 2022-04-19",
            ),
        ] {
            assert_eq!(linked(&format!("{HOMBORI}{sentence}\n")), [expected], "{sentence}");
        }
    }

    #[test]
    fn ok_the_kind_tells_two_of_one_place_and_day_apart() {
        let known = Knowledge::embedded();
        let text = format!(
            "{HOMBORI}On 23 April 2022, four days after the massacre in Hombori, fighters killed \
             six soldiers in Boni.\n"
        );
        let doc = Parser::new(&known).parse("t.txt", text.as_bytes(), &Hints::default()).unwrap();
        let mut drafts = doc.drafts.clone();
        drafts.push(Draft { kind: EventType::Bombing, ..drafts[0].clone() });
        drafts[0].kind = EventType::Massacre;
        let found = relations(&doc.text, &drafts);
        assert_eq!(found.iter().map(|r| r.to).collect::<Vec<_>>(), [0]);
        drafts[2].kind = EventType::Massacre;
        assert_eq!(relations(&doc.text, &drafts), []);
    }

    #[test]
    fn err_no_link_where_there_is_any_doubt() {
        for sentence in [
            // Another place, another day, no incident, a denial, a later one.
            "On 24 April 2022, in retaliation for the attack on Gossi, fighters killed six soldiers in Boni.",
            "On 24 April 2022, four days after the massacre, fighters killed six soldiers in Boni.",
            "On 22 April 2022, three days after the elections, fighters killed six soldiers in Boni.",
            "On 24 April 2022, not in retaliation for the massacre in Hombori, fighters killed six soldiers in Boni.",
            "On 2 April 2022, in retaliation for the massacre in Hombori, fighters killed six soldiers in Boni.",
            "On 24 April 2022, in retaliation for the attacks, fighters killed six soldiers in Boni.",
            "On 24 April 2022, fighters killed six soldiers in Boni.",
        ] {
            assert_eq!(linked(&format!("{HOMBORI}{sentence}\n")), [""; 0], "{sentence}");
        }
    }
}
