//! The words of pages, exports and reports, in English and French, from
//! `data/messages/*.ftl` (Project Fluent).

mod pattern;

use crate::knowledge::files::Files;
use crate::model::source::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::Entry;
use intl_pluralrules::{PluralRuleType, PluralRules};
use pattern::{Numbers, Pattern};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::FluentValue;

/// Narrow no-break space: separates thousands in French, and stands before `;`, `?` and `!`.
const NARROW_SPACE: char = '\u{202f}';

/// No-break space: stands before a colon and inside quotation marks in French.
const SPACE: char = '\u{a0}';

static CATALOGUES: LazyLock<[Messages; 2]> =
    LazyLock::new(|| [Messages::load(Lang::En), Messages::load(Lang::Fr)]);

/// The messages of one language.
pub struct Messages {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
    /// Those that need nothing else of Fluent.
    patterns: FxHashMap<String, Pattern>,
    numbers: Numbers,
}

impl Messages {
    /// The messages of `lang`.
    pub fn get(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &CATALOGUES[0],
            Lang::Fr => &CATALOGUES[1],
        }
    }

    /// The language that these messages are in.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The message of this key; the English one when there is none, the key itself when
    /// there is none in English either.
    pub fn text(&self, key: &str) -> String {
        match self.patterns.get(key).and_then(Pattern::text) {
            Some(text) => text.to_owned(),
            None => self.text_with(key, &[]),
        }
    }

    /// As [`Messages::text`], without a copy: for templates, which only write it.
    pub fn say(&self, key: &str) -> Cow<'_, str> {
        match self.patterns.get(key).and_then(Pattern::text) {
            Some(text) => text.into(),
            None => self.text_with(key, &[]).into(),
        }
    }

    /// As [`Messages::text`], with values for its variables. Numbers are written as the
    /// language writes them; years go in as text.
    pub fn text_with(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        // Most are shorter, and none grows piece by piece.
        let mut text = String::with_capacity(64);
        self.write(key, values, &mut text);
        text
    }

    /// Adds what [`Messages::text_with`] says to `out`.
    pub fn write(&self, key: &str, values: &[(&str, FluentValue<'_>)], out: &mut String) {
        let start = out.len();
        if let Some(pattern) = self.patterns.get(key) {
            if pattern.write(values, &self.numbers, out).is_some() {
                return;
            }
            out.truncate(start);
        }
        let args: FluentArgs = values.iter().cloned().collect();
        let text = self.format(key, &args).or_else(|| Self::get(Lang::En).format(key, &args));
        out.push_str(text.as_deref().unwrap_or(key));
    }

    /// Whether there is a message of this key in this language.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// `number` with thousands apart.
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        if number < 1_000 { digits } else { grouped(&digits, self.numbers.separator) }
    }

    fn load(lang: Lang) -> Self {
        let id: LanguageIdentifier =
            lang.as_str().parse().expect("ISO 639-1 codes are language identifiers");
        let text = Files::embedded()
            .text(&format!("messages/{}.ftl", lang.as_str()))
            .expect("a test loads the embedded messages");
        let text = match lang {
            Lang::En => text,
            Lang::Fr => spaced(&text),
        };
        // A message that cannot be read is left out; a test finds it.
        let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, _)| resource);
        let messages = resource.entries().filter_map(|entry| match entry {
            Entry::Message(message) => {
                Some((message.id.name.to_owned(), Pattern::of(message.value.as_ref()?)?))
            }
            _ => None,
        });
        let patterns = messages.collect();
        let plurals = PluralRules::create(id.clone(), PluralRuleType::CARDINAL)
            .expect("there are rules for both languages");
        let numbers = Numbers::new(plurals, separator(lang));
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Marks of direction would stand in CSV cells and page titles; pages isolate source
        // text with <bdi> instead.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match lang {
            Lang::En => |value, _| number_of(value, ','),
            Lang::Fr => |value, _| number_of(value, NARROW_SPACE),
        }));
        bundle.add_resource_overriding(resource);
        Self { lang, bundle, patterns, numbers }
    }

    fn format(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors);
        debug_assert!(errors.is_empty(), "message {key}: {errors:?}");
        Some(text.into_owned())
    }
}

/// French with the spaces at which no line may end, which are typed as plain ones.
pub(crate) fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(match (c, rest.peek()) {
            (' ', Some(':' | '»')) => SPACE,
            (' ', Some(';' | '?' | '!')) => NARROW_SPACE,
            (' ', _) if out.ends_with('«') => SPACE,
            _ => c,
        });
    }
    out
}

fn separator(lang: Lang) -> char {
    match lang {
        Lang::En => ',',
        Lang::Fr => NARROW_SPACE,
    }
}

fn number_of(value: &FluentValue<'_>, separator: char) -> Option<String> {
    match value {
        FluentValue::Number(n) => Some(grouped(&n.as_string(), separator)),
        _ => None,
    }
}

/// Digits in groups of three; what is no plain number stays as it is.
fn grouped(digits: &str, separator: char) -> String {
    if digits.len() <= 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return digits.to_owned();
    }
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    fn keys(name: &str) -> BTreeSet<String> {
        let text = Files::embedded().text(name).unwrap();
        FluentResource::try_new(text.clone())
            .map_err(|(_, errors)| panic!("{name}: {errors:?}"))
            .unwrap();
        let mut keys = BTreeSet::new();
        for line in text.lines() {
            if let Some((key, _)) = line.split_once(" =")
                && key.starts_with(|c: char| c.is_ascii_lowercase())
            {
                assert!(keys.insert(key.to_owned()), "{name}: {key} stands twice");
            }
        }
        keys
    }

    /// Every file of the program's own text below `folder`.
    fn files(folder: &Path, ending: &str, out: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, ending, out);
            } else if path.to_string_lossy().ends_with(ending) {
                out.push(std::fs::read_to_string(&path).unwrap());
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_messages() {
        let (en, fr) = (keys("messages/en.ftl"), keys("messages/fr.ftl"));
        let missing: Vec<_> = en.symmetric_difference(&fr).collect();
        assert!(missing.is_empty(), "only in one language: {missing:?}");
    }

    #[test]
    fn every_key_that_is_used_exists() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut texts = Vec::new();
        files(&root.join("src"), ".rs", &mut texts);
        files(&root.join("templates"), ".html", &mut texts);
        let call =
            regex::Regex::new(r#"\.(?:say|text|text_with|with)\(\s*"([a-z0-9-]+)""#).unwrap();
        let en = keys("messages/en.ftl");
        let used: BTreeSet<_> = texts
            .iter()
            .flat_map(|text| call.captures_iter(text).map(|c| c[1].to_owned()))
            .filter(|key| key != "no-such-message")
            .collect();
        let missing: Vec<_> = used.difference(&en).collect();
        assert!(missing.is_empty(), "used but not in en.ftl: {missing:?}");
        assert!(used.len() > 10, "the search finds the calls");
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        assert_eq!(Messages::get(Lang::En).number(1_234_567), "1,234,567");
        assert_eq!(Messages::get(Lang::Fr).number(12_345), "12\u{202f}345");
        assert_eq!(Messages::get(Lang::Fr).number(123), "123");
    }

    #[test]
    fn messages_taken_apart_say_what_fluent_says() {
        let texts = ["one", "other", "x", "", "<b>é</b>"].map(FluentValue::from);
        let numbers = [0, 1, 2, 5, 11, 1_234, 1_000_000].map(FluentValue::from);
        let value = regex::Regex::new(r"\$([a-z_]+)").unwrap();
        for lang in Lang::ALL {
            let messages = Messages::get(lang);
            let text = Files::embedded().text(&format!("messages/{}.ftl", lang.as_str())).unwrap();
            let names: BTreeSet<_> = value.captures_iter(&text).map(|c| c[1].to_owned()).collect();
            assert!(names.len() > 20, "the search finds the values");
            for (key, pattern) in &messages.patterns {
                for value in texts.iter().chain(&numbers) {
                    let values: Vec<_> =
                        names.iter().map(|n| (n.as_str(), value.clone())).collect();
                    let mut own = String::new();
                    pattern.write(&values, &messages.numbers, &mut own).unwrap();
                    let args: FluentArgs = values.into_iter().collect();
                    assert_eq!(Some(own), messages.format(key, &args), "{lang:?} {key} {value:?}");
                }
            }
            let all = keys(&format!("messages/{}.ftl", lang.as_str())).len();
            assert!(
                messages.patterns.len() * 100 > all * 95,
                "{} of {all}",
                messages.patterns.len()
            );
        }
    }

    #[test]
    fn no_line_ends_before_a_french_sign() {
        let text = "Trouvé : « un » ; et « deux » ? Oui !\nÀ 10:30 ?q";
        let spaced_text = "Trouvé\u{a0}: «\u{a0}un\u{a0}»\u{202f}; et «\u{a0}deux\u{a0}»\u{202f}? Oui\u{202f}!\nÀ 10:30\u{202f}?q";
        assert_eq!(spaced(text), spaced_text);
        let french = Messages::get(Lang::Fr).text("map-coordinates");
        assert!(french.ends_with("Contours\u{a0}:"), "{french:?}");
    }

    #[test]
    fn a_missing_message_shows_its_key() {
        assert_eq!(Messages::get(Lang::Fr).text("no-such-message"), "no-such-message");
    }
}
