//! The dateline of an agency story: "BAMAKO, 12 June 2019 –", "(Dakar, 27 March 2024) –".

use super::layout::{BlockKind, Layout};
use super::rules::date::{self, DateWords};
use super::token::{Token, tokens};
use jiff::civil::Date;
use std::ops::Range;

/// The day in the dateline of the first paragraph, with its bytes: the day of publication, not
/// of what is told.
pub fn dateline(text: &str, layout: &Layout) -> Option<(Date, Range<usize>)> {
    let first = layout.blocks.iter().find(|b| b.kind == BlockKind::Paragraph)?;
    let mut end = (first.range.start + 120).min(first.range.end);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let all = tokens(text, first.range.start..end);
    let found = (0..all.len().min(8)).find_map(|i| date::date(&all, i))?;
    let DateWords::Days { from, to, year: Some(year) } = found.words else { return None };
    let place = all[..found.start].iter().any(|t| t.capital && t.is_word());
    let close = all.get(found.end..(found.end + 4).min(all.len()))?;
    let dash = |t: &Token| t.is("–") || t.is("—") || t.is("-");
    let words_before_dash = close.iter().take_while(|t| !dash(t)).filter(|t| t.is_word()).count();
    let dashed = close.iter().any(dash) && words_before_dash == 0;
    let day = Date::new(year, from.month, from.day).ok()?;
    let bytes = all[found.start].start..all[found.end - 1].end;
    (place && dashed && from == to).then_some((day, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::layout::{File, read};

    #[test]
    fn ok_datelines() {
        for (text, expected) in [
            ("BAMAKO, 12 June 2019 – Gunmen killed ten.", Some("2019-06-12")),
            ("(Dakar, 27 March 2024) – The army killed ten.", Some("2024-03-27")),
            ("On 12 June 2019, gunmen killed ten.", None),
            ("In Gao on 12 June 2019 gunmen - as often - killed ten.", None),
        ] {
            let document = read(&File::new("x", text.as_bytes()), None).unwrap();
            let found = dateline(text, &document.layout).map(|(day, _)| day.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
