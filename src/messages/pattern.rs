//! Messages taken apart once: texts, values and choices by number or word, which nearly all
//! are. Fluent walks through its syntax tree and asks for rules behind locks each time; a page
//! has a thousand messages. What is not of these kinds stays with Fluent, and a test holds that
//! both say the same.

use super::{FluentValue, grouped};
use fluent_bundle::types::FluentNumber;
use fluent_syntax::ast::{self, Expression, InlineExpression, PatternElement, Variant, VariantKey};
use intl_pluralrules::{PluralCategory, PluralRules};

/// A message taken apart.
#[derive(Debug)]
pub(super) struct Pattern(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Text(String),
    /// The value of this name.
    Value(String),
    /// One of these, by the value of this name: the first that fits, otherwise the last.
    Choice(String, Vec<(String, Pattern)>, Box<Pattern>),
}

/// How a language writes numbers.
pub(super) struct Numbers {
    plurals: PluralRules,
    pub separator: char,
    /// The categories of the numbers below its length, since a rule is asked with texts.
    small: Vec<&'static str>,
}

/// Numbers of which the category is kept.
const SMALL: usize = 256;

impl Numbers {
    pub fn new(plurals: PluralRules, separator: char) -> Self {
        let small = (0..SMALL).map_while(|n| plurals.select(n).ok().map(category)).collect();
        Self { plurals, separator, small }
    }

    /// Which form of a word goes with a number.
    fn category(&self, number: &FluentNumber) -> Option<&'static str> {
        let whole = number.value as usize;
        let plain = whole as f64 == number.value
            && number.options.minimum_fraction_digits.is_none_or(|digits| digits == 0);
        match self.small.get(whole).filter(|_| plain) {
            Some(category) => Some(category),
            None => self.plurals.select(number).ok().map(category),
        }
    }
}

impl Pattern {
    /// Takes a message apart; none where it has more than is known here.
    pub fn of(pattern: &ast::Pattern<&str>) -> Option<Self> {
        pattern.elements.iter().map(Piece::of).collect::<Option<_>>().map(Self)
    }

    /// The text of a message without values.
    pub fn text(&self) -> Option<&str> {
        match &self.0[..] {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Writes the message; none where a value is missing or is neither text nor number.
    pub fn write(
        &self,
        values: &[(&str, FluentValue<'_>)],
        numbers: &Numbers,
        out: &mut String,
    ) -> Option<()> {
        let value = |name: &str| values.iter().find(|(own, _)| *own == name).map(|(_, v)| v);
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Value(name) => match value(name)? {
                    FluentValue::String(text) => out.push_str(text),
                    FluentValue::Number(n) => {
                        out.push_str(&grouped(&n.as_string(), numbers.separator));
                    }
                    _ => return None,
                },
                Piece::Choice(name, variants, other) => {
                    let key = match value(name)? {
                        FluentValue::String(text) => text.as_ref(),
                        FluentValue::Number(n) => numbers.category(n)?,
                        _ => return None,
                    };
                    let found = variants.iter().find(|(own, _)| own == key);
                    found.map_or(&**other, |(_, p)| p).write(values, numbers, out)?;
                }
            }
        }
        Some(())
    }
}

impl Piece {
    fn of(element: &PatternElement<&str>) -> Option<Self> {
        match element {
            PatternElement::TextElement { value } => Some(Self::Text((*value).to_owned())),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(inline) => Some(Self::Value(variable(inline)?.to_owned())),
                Expression::Select { selector, variants } => {
                    let word = |variant: &Variant<&str>| match variant.key {
                        VariantKey::Identifier { name } => {
                            Some((name.to_owned(), Pattern::of(&variant.value)?))
                        }
                        VariantKey::NumberLiteral { .. } => None,
                    };
                    let other = variants.iter().find(|variant| variant.default)?;
                    Some(Self::Choice(
                        variable(selector)?.to_owned(),
                        variants.iter().map(word).collect::<Option<_>>()?,
                        Box::new(Pattern::of(&other.value)?),
                    ))
                }
            },
        }
    }
}

fn variable<'a>(inline: &InlineExpression<&'a str>) -> Option<&'a str> {
    match inline {
        InlineExpression::VariableReference { id } => Some(id.name),
        _ => None,
    }
}

fn category(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    }
}
