//! The dateline of an agency story: "BAMAKO, 12 June 2019 –", "(Dakar, 27 March 2024) –".

use super::layout::{Block, BlockKind, Layout};
use super::rules::date::{self, DateWords};
use super::token::{Token, tokens};
use jiff::civil::Date;
use std::ops::Range;

/// What a story opens with before it tells anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// Its day, where it gives a whole one: that of publication, not of what is told.
    pub day: Option<Date>,
    /// Its bytes: place, day and agency, none of which says where or when it happened.
    pub bytes: Range<usize>,
}

/// The dateline of the first paragraph or of the one behind it; else a line that is one by itself,
/// as communiqués have it ("Kidal, le 7 novembre 2023").
pub fn dateline(text: &str, layout: &Layout) -> Option<Dateline> {
    let paragraphs = layout.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph);
    let opening = paragraphs
        .clone()
        .take(2)
        .find_map(|block| read(&tokens(text, start_of(text, block, MAX_DATELINE))));
    let line = opening.or_else(|| {
        let mut lines = paragraphs.filter(|block| block.range.len() <= MAX_LINE);
        lines.find_map(|block| {
            let all = tokens(text, block.range.clone());
            if let Some(found) = published(&all) {
                return Some(found);
            }
            let found = read(&all)?;
            (found.bytes.len() + 1 >= block.range.len()).then_some(found)
        })
    });
    // "September 27, 2019" above "BAMAKO: Seven troops were killed".
    match line {
        Some(found) if found.day.is_some() => Some(found),
        Some(found) => {
            let day = day_alone(text, layout).and_then(|d| d.day);
            Some(Dateline { day, ..found })
        }
        None => day_alone(text, layout).or_else(|| opening_day(text, layout)),
    }
}

/// "8 mars 2015. – Un restaurant a été attaqué": a whole date, a stop and a dash before the first
/// sentence of a story that names a day of its own; one that names none is of that day. Where another
/// paragraph opens with a date they are entries of a chronology.
fn opening_day(text: &str, layout: &Layout) -> Option<Dateline> {
    let dated = |block: &Block| {
        let all = tokens(text, start_of(text, block, MAX_DATELINE));
        let found = date::date(&all, 0)?;
        let DateWords::Days { from, to, year: Some(year) } = found.words else { return None };
        let signed = all.get(found.end).is_some_and(|t| t.is("."))
            && all.get(found.end + 1).is_some_and(is_dash);
        let day = Date::new(year, from.month, from.day).ok().filter(|_| from == to);
        let sentence = tokens(text, start_of(text, block, MAX_SENTENCE));
        let rest = sentence.get(found.end + 2..).unwrap_or_default();
        let stop = rest.iter().position(|t| t.is(".")).unwrap_or(rest.len());
        let told = date::dates(&rest[..stop]).iter().any(|d| {
            let before = &rest[d.start.saturating_sub(2)..d.start];
            !before.iter().any(|t| matches!(t.norm.as_str(), "depuis" | "since"))
        });
        Some((day.filter(|_| signed && told), all[0].start..all[found.end - 1].end))
    };
    let mut told = layout
        .blocks
        .iter()
        .filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Item))
        .map(dated);
    let (day, bytes) = told.next()??;
    let alone = told.all(|found| found.is_none());
    day.filter(|_| alone).map(|day| Dateline { day: Some(day), bytes })
}

/// The most bytes of a dateline, and of the first sentence.
const MAX_DATELINE: usize = 160;
const MAX_SENTENCE: usize = 800;

/// The first bytes of a block.
fn start_of(text: &str, block: &Block, most: usize) -> Range<usize> {
    block.range.start..text.floor_char_boundary((block.range.start + most).min(block.range.end))
}

fn is_dash(token: &Token) -> bool {
    token.is("–") || token.is("—") || token.is("-")
}

/// The longest line, in bytes, that can be a dateline by itself.
const MAX_LINE: usize = 60;

/// Among how many blocks at the top a day by itself is that of publication.
const TOP: usize = 5;

/// "July 29, 2021", "Wednesday, January 18, 2017", "25 Nov 2020 | 08:58 PM UTC" at the top: a line
/// that is a whole date and nothing else. Where more lines are, each heads what follows it.
fn day_alone(text: &str, layout: &Layout) -> Option<Dateline> {
    let alone = |block: &Block| {
        // A page may have its date above its title.
        let line = matches!(block.kind, BlockKind::Paragraph | BlockKind::Title);
        let short = line
            && block.range.len() <= MAX_LINE
            && text[block.range.clone()].contains(|c: char| c.is_ascii_digit());
        let all = if short { tokens(text, block.range.clone()) } else { Vec::new() };
        let found = date::date(&all, 0)?;
        let DateWords::Days { from, to, year: Some(year) } = found.words else { return None };
        let clock = |t: &Token| {
            !t.is_word() && !t.is(".")
                || t.norm.starts_with(|c: char| c.is_ascii_digit())
                || matches!(t.norm.as_str(), "am" | "pm" | "utc" | "gmt" | "at" | "a" | "h")
        };
        let whole = from == to && all[found.end..].iter().all(clock);
        let day = Date::new(year, from.month, from.day).ok().filter(|_| whole)?;
        Some(Dateline { day: Some(day), bytes: block.range.clone() })
    };
    let mut lines = layout.blocks.iter().enumerate().filter_map(|(i, b)| Some((i, alone(b)?)));
    let (at, only) = lines.next()?;
    (at < TOP && at + 1 < layout.blocks.len() && lines.next().is_none()).then_some(only)
}

/// "Published 24 April 2023, 11:42 GMT", "Publié le 24 avril 2023": a line by itself.
fn published(all: &[Token]) -> Option<Dateline> {
    const WORDS: [&str; 6] = ["published", "publie", "posted", "updated", "modifie", "date"];
    all.first().filter(|t| WORDS.contains(&t.norm.as_str()))?;
    let found = (1..all.len().min(5)).find_map(|i| date::date(all, i))?;
    let DateWords::Days { from, to, year: Some(year) } = found.words else { return None };
    let day = Date::new(year, from.month, from.day).ok().filter(|_| from == to)?;
    Some(Dateline { day: Some(day), bytes: all[0].start..all[all.len() - 1].end })
}

/// "BAMAKO, Mali (AP) —", "Bamako, 12 June 2019 –", "Mopti, 2 octobre (AMAP)", "BAMAKO:".
fn read(all: &[Token]) -> Option<Dateline> {
    let open = usize::from(all.first()?.is("("));
    let mut at = open;
    // The place, and its country behind a comma.
    let names = |i: usize| {
        all.get(i).is_some_and(|t| {
            t.is_word()
                && (t.capital || t.glued)
                && date::date(all, i).is_none()
                && !matches!(t.norm.as_str(), "on" | "in" | "at" | "the" | "le" | "la" | "les")
        })
    };
    while at < open + 4 && names(at) {
        at += 1;
    }
    let shouted = all[open..at].iter().all(|t| t.shouted);
    if at == open {
        return None;
    }
    let comma = all.get(at).is_some_and(|t| t.is(","));
    let country = all.get(at + 1).is_some_and(|t| t.is_word() && t.capital);
    if comma && country && date::date(all, at + 1).is_none() {
        at += 2;
    }
    // "Bamako (AFP) Mar 23, 2022": the agency first.
    let first = all.get(at).is_some_and(|t| t.is("(")) && open == 0;
    let close = (at..(at + 7).min(all.len())).find(|i| all[*i].is(")")).filter(|_| first);
    // "BAMAKO, Mali (May 20, 2022) —": the day in brackets.
    let inside = close.and_then(|close| date::date(all, at + 1).filter(|d| d.end == close));
    if let (Some(found), Some(close)) = (inside, close)
        && all.get(close + 1).is_some_and(is_dash)
    {
        let DateWords::Days { from, to, year } = found.words else { return None };
        let day = year.and_then(|y| Date::new(y, from.month, from.day).ok()).filter(|_| from == to);
        return Some(Dateline { day, bytes: all[0].start..all[close + 1].end });
    }
    if let Some(close) = close.filter(|close| date::date(all, close + 1).is_some()) {
        let found = date::date(all, close + 1)?;
        let rest =
            all.len() == found.end || all.get(found.end).is_some_and(|t| is_dash(t) || t.capital);
        let DateWords::Days { from, to, year } = found.words else { return None };
        let day = year.and_then(|y| Date::new(y, from.month, from.day).ok()).filter(|_| from == to);
        let end = found.end + usize::from(all.get(found.end).is_some_and(is_dash));
        return rest.then(|| Dateline { day, bytes: all[0].start..all[end - 1].end });
    }
    // The day, with or without its year.
    let sign = all.get(at).is_some_and(|t| t.is(",") || is_dash(t));
    let led = at + usize::from(sign);
    let led =
        led + usize::from(all.get(led).is_some_and(|t| matches!(t.norm.as_str(), "le" | "on")));
    let found = date::date(all, led).filter(|d| matches!(d.words, DateWords::Days { .. }));
    if let Some(found) = found.filter(|_| sign) {
        at = found.end;
    }
    // The agency in brackets.
    let agency = all.get(at).is_some_and(|t| t.is("("));
    let close = (at..(at + 6).min(all.len())).find(|i| all[*i].is(")"));
    let bracketed = agency && close.is_some();
    if let Some(close) = close.filter(|_| agency || open == 1) {
        at = close + 1;
    }
    let ends = all.get(at).is_some_and(is_dash);
    // "Bamako: Gunmen killed ten", where agencies have their desks.
    const DESKS: [&str; 8] =
        ["bamako", "dakar", "ouagadougou", "niamey", "abidjan", "paris", "nairobi", "geneva"];
    let desk = at == open + 1
        && DESKS.contains(&all[open].norm.as_str())
        && all.get(at + 1).is_some_and(|t| t.capital);
    let colon = (shouted || desk) && all.get(at).is_some_and(|t| t.is(":"));
    let dated = found.is_some_and(|_| sign);
    let begins = all.get(at).is_some_and(|t| t.capital);
    // A bare "Mopti –" without day, agency or capitals may open any sentence.
    let whole = (ends && (dated || bracketed || shouted || open == 1))
        || colon
        || (dated && begins)
        || (dated && at == all.len());
    if !whole {
        return None;
    }
    let day = found.and_then(|d| match d.words {
        DateWords::Days { from, to, year: Some(year) } if from == to => {
            Date::new(year, from.month, from.day).ok()
        }
        _ => None,
    });
    Some(Dateline { day, bytes: all[0].start..all[at.min(all.len()) - 1].end })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::layout::{self, File};

    #[test]
    fn ok_datelines() {
        for (text, expected) in [
            ("BAMAKO, 12 June 2019 – Gunmen killed ten.", Some("2019-06-12")),
            ("(Dakar, 27 March 2024) – The army killed ten.", Some("2024-03-27")),
            ("BAMAKO, Mali (May 20, 2022) — Gunmen killed ten.", Some("2022-05-20")),
            ("Ten die\n\n26 janvier 2018 - 17h40\n\nLa place est vide.", Some("2018-01-26")),
            ("Bamako (AFP) Mar 23, 2022 – Gunmen killed ten.", Some("2022-03-23")),
            ("Ten die\n\nJuly 29, 2021\n\nGunmen killed ten.", Some("2021-07-29")),
            ("July 29, 2021\n\nTen die\n\nBAMAKO: Ten died.", Some("2021-07-29")),
            ("July 29, 2021\n\nTen die\n\nGunmen killed ten.", Some("2021-07-29")),
            ("Ten die\n\n25 Nov 2020 | 08:58 PM UTC\n\nGunmen killed ten.", Some("2020-11-25")),
            ("The week\n\n7 May 2021\n\nTen died.\n\n8 May 2021\n\nFive died.", None),
            ("Cinq morts\n\n8 mars 2015. – Un bar a été attaqué vendredi.", Some("2015-03-08")),
            ("Cinq morts\n\n8 mars 2015. – Un bar a été attaqué.", None),
            ("8 mars 2015. – Dix morts à Gao.\n\n9 mars 2015. – Cinq morts à Boni.", None),
            ("8 mars 2015 – Dix morts à Gao.", None),
            ("On 12 June 2019, gunmen killed ten.", None),
            ("In Gao on 12 June 2019 gunmen - as often - killed ten.", None),
        ] {
            let document = layout::read(&File::new("x", text.as_bytes()), None).unwrap();
            let found = dateline(text, &document.layout).and_then(|d| d.day);
            assert_eq!(found.map(|d| d.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_dateline_ends_where_the_story_begins() {
        for (text, expected) in [
            ("BAMAKO, Mali (AP) — Gunmen killed ten.", "BAMAKO, Mali (AP)"),
            ("BAMAKO (Reuters) – Gunmen killed ten.", "BAMAKO (Reuters)"),
            ("BAMAKO: At least ten died.", "BAMAKO"),
            ("Mopti, 2 octobre (AMAP) Vingt soldats ont été tués.", "Mopti, 2 octobre (AMAP)"),
            ("Bamako, 21 Mar The armed forces killed 22.", "Bamako, 21 Mar"),
            ("Bamako - 19 Février 2019 - La Division enquête.", "Bamako - 19 Février 2019"),
            ("(Nairobi) – The army killed ten.", "(Nairobi)"),
            ("Le mouvement informe.\n\nKidal, le 7 mai 2023", "Kidal, le 7 mai 2023"),
            ("On Friday, 12 June 2019 Malian soldiers died.", ""),
            (
                "Ten die\n\nPublished 24 April 2023, 11:42 GMT\n\nIt was over.",
                "Published 24 April 2023, 11:42 GMT",
            ),
            ("Bamako: Gunmen killed ten.", "Bamako"),
            ("Gao: Gunmen killed ten.", ""),
            ("Bamako: ten soldiers died.", ""),
            ("Gao, Mali: ten people died.", ""),
            ("Mopti – a town of fishers – was attacked.", ""),
            ("Hombori, 19 April 2022, was a market day.", ""),
            ("Ten soldiers died in Gao (Mali) – the army said.", ""),
        ] {
            let document = layout::read(&File::new("x", text.as_bytes()), None).unwrap();
            let found = dateline(text, &document.layout).map_or("", |d| &text[d.bytes]);
            assert_eq!(found, expected, "{text}");
        }
    }
}
