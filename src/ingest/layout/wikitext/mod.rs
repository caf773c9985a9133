//! Wikitext: the source of a wiki page. Templates and links become the words that they show,
//! references numbers in brackets, the infobox a list of fields.

mod expand;
mod lines;
mod template;

use super::{Document, File, Format, MetaFound};
use crate::model::document::{Problem, Shape};
use crate::model::source::SourceKind;

/// The source of a wiki page.
pub(super) struct Wikitext;

/// How much of the beginning is looked at, in bytes.
const LOOK: usize = 64 * 1024;

impl Format for Wikitext {
    fn shape(&self) -> Shape {
        Shape::Wikitext
    }

    fn detect(&self, file: &File<'_>) -> bool {
        let text = file.text_or_empty();
        let mut end = text.len().min(LOOK);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        let link = text.find("[[").is_some_and(|at| text[at..].contains("]]"));
        let template = text.find("{{").is_some_and(|at| text[at..].contains("}}"));
        if !link && !template {
            return false;
        }
        let others = ["'''", "<ref", "\n== ", "\n=="].iter().any(|sign| text.contains(sign));
        (link && (template || others)) || (template && others)
    }

    fn read(&self, file: &File<'_>) -> Result<Document, Problem> {
        read(file, file.text()?, MetaFound::default())
    }
}

/// Reads the source of a page of which `meta` is known already.
///
/// # Errors
/// When no words are left, or too many.
pub(super) fn read(file: &File<'_>, source: &str, meta: MetaFound) -> Result<Document, Problem> {
    let page = expand::expand(source);
    let kind = meta.kind.or(Some(SourceKind::Encyclopedia));
    let title = meta.title.or(page.title);
    let out = lines::write(title.as_deref(), &page.infobox, &page.text);
    out.finish(file, &Wikitext, MetaFound { title, kind, ..meta })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::layout::{BlockKind, Field};

    fn read_page(source: &str) -> Document {
        read(&File::new("x", source.as_bytes()), source, MetaFound::default()).unwrap()
    }

    #[test]
    fn ok_a_page() {
        let page = read_page(
            "{{Short description|Battle}}\n{{Infobox military conflict\n| conflict = Dia raid\n\
             | date = {{start date|2023|1|10|df=y}}\n| place = [[Dia, Mali|Dia]], [[Mali]]\n\
             | combatant1 = {{flag|Mali}}\n| combatant2 = [[JNIM]]<br>{{flagicon|x}} [[Katiba Macina]]\n\
             | casualties1 = 14 killed (per Mali)<ref>{{cite web|title=9 killed}}</ref><br />11 wounded\n\
             | map = {{location map|Mali|lat=1}}\n}}\nThe '''Dia raid''' took place on \
             [[10 January]] 2023.<ref name=\"a\" /> Some {{convert|50|km|mi}} away, \
             ''gunmen'' killed five.<!-- hidden: 99 killed -->\n\n== Aftermath ==\n* One &mdash; two\n\
             ** [[File:x.jpg|thumb|A man [[killed]] here]]three\n\n{| class=\"wikitable\"\n! Claim !! Dead\n\
             |-\n| Army || 14\n|-\n| style=\"x\" | JNIM\n| 20\n|}\n\n== References ==\n{{reflist}}\n\
             [[Category:Raids]]\n",
        );
        assert_eq!(
            page.text,
            "= Dia raid =\n\nInfobox\n- Conflict: Dia raid\n- Date: 10 January 2023\n\
             - Place: Dia, Mali\n- Combatant1: Mali\n- Combatant2: JNIM\n- Combatant2: Katiba Macina\n\
             - Casualties1: 14 killed (per Mali)[1]\n- Casualties1: 11 wounded\n\n\
             The Dia raid took place on 10 January 2023.[2] Some 50 km away, gunmen killed five.\n\n\
             == Aftermath ==\n\n- One — two\n- three\nClaim | Dead\nArmy | 14\nJNIM | 20\n\n\
             == References ==\n"
        );
        let kinds: Vec<_> = page.layout.blocks.iter().map(|b| &b.kind).collect();
        assert!(kinds.contains(&&BlockKind::Field(Field::Losses(1))), "{kinds:?}");
        assert_eq!(page.layout.meta.title.as_deref(), Some("Dia raid"));
    }

    #[test]
    fn ok_a_french_page() {
        let page = read_page(
            "{{Infobox Conflit militaire\n | conflit = Attaque de Dia\n | date = {{Date|10|janvier|2023}}\n\
              | lieu = Dia\n | combattants1 = {{Drapeau|Mali}} [[Mali]]\n | pertes1 = {{unité|14|morts}}\n}}\n\
             L\u{2019}'''attaque de Dia''' a lieu le {{1er|mai}} [[2023]]. [[Fichier:x.jpg|vignette|Rien]]",
        );
        assert_eq!(
            page.text,
            "= Attaque de Dia =\n\nInfobox\n- Conflit: Attaque de Dia\n- Date: 10 janvier 2023\n\
             - Lieu: Dia\n- Combattants1: Mali\n- Pertes1: 14 morts\n\n\
             L\u{2019}attaque de Dia a lieu le 1er mai 2023.\n"
        );
    }

    #[test]
    fn ok_what_is_not_closed_stays_readable() {
        for (source, text) in [
            ("a {{b|c\n\nd", "a {{b|c\n\nd\n"),
            ("a [[b|c", "a [[b|c\n"),
            ("a ]] }} b", "a ]] }} b\n"),
            ("a <ref>b", "a\n"),
            ("a <!-- b", "a\n"),
            ("x <nowiki>[[y]] {{z}}</nowiki>", "x [[y]] {{z}}\n"),
            ("5 < 6 & 7", "5 < 6 & 7\n"),
        ] {
            assert_eq!(read_page(source).text, text, "{source}");
        }
    }

    #[test]
    fn ok_signs_nested_without_end_take_time_in_proportion() {
        for sign in ["{{a|", "[[a|", "{|", "<ref>", "'''", "<!--", "{{{", "[[File:a|"] {
            let source = format!("word {}", sign.repeat(50_000));
            let page = read_page(&source);
            assert!(page.text.len() <= source.len() + 16, "{sign}");
        }
    }
}
