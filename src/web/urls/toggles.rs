//! The links beside a list: a page has hundreds that differ in one value.

use super::Urls;
use crate::model::filter::{Dimension, Filter};
use form_urlencoded::byte_serialize;
use std::borrow::Cow;

/// The views that a filter gives with one value of a dimension more, or less where it is chosen
/// already. What the addresses have alike is put together once.
pub struct Toggles<'f> {
    /// "region=".
    key: String,
    /// Path and what stands before the values of the dimension.
    before: String,
    /// The chosen values, in their order, each with its pair.
    chosen: Vec<(&'f str, String)>,
    /// What stands after them.
    after: String,
}

impl Urls {
    /// See [`Toggles`].
    pub fn toggles<'f>(&self, filter: &'f Filter, dimension: Dimension) -> Toggles<'f> {
        // The filter's pairs stand in the order of the dimensions: cut where this one belongs.
        let mut without = filter.clone();
        let mut rest = without.chosen.split_off(&dimension);
        rest.remove(&dimension);
        let first = Filter { chosen: without.chosen, ..Filter::default() };
        let then = Filter { chosen: rest, ..without };
        let path = self.view.path();
        let chosen = filter.chosen.get(&dimension).into_iter().flatten();
        let key = format!("{}=", dimension.as_str());
        Toggles {
            before: self.bare().with_filter(path, &first, None),
            chosen: chosen.map(|value| (value.as_str(), pair(&key, value))).collect(),
            key,
            after: self.with_filter(path, &then, None).split_off(path.len()),
        }
    }

    /// The same links without what they keep.
    fn bare(&self) -> Self {
        Self { view: self.view, ..Self::default() }
    }
}

impl Toggles<'_> {
    /// The address of the view with `value` toggled.
    pub fn href(&self, value: &str) -> String {
        let plain = self.chosen.iter().map(|(_, pair)| pair.len() + 1).sum::<usize>();
        let length = self.before.len() + self.key.len() + value.len() + self.after.len() + plain;
        let mut href = String::with_capacity(length + 2);
        href.push_str(&self.before);
        let mut sign = if self.before.contains('?') { '&' } else { '?' };
        let mut add = |pieces: &[&str]| {
            href.push(sign);
            href.extend(pieces.iter().copied());
            sign = '&';
        };
        let (less, more) = self.chosen.split_at(self.chosen.partition_point(|(v, _)| *v < value));
        less.iter().for_each(|(_, pair)| add(&[pair]));
        match more {
            [(first, _), rest @ ..] if *first == value => rest.iter().for_each(|(_, p)| add(&[p])),
            _ => {
                add(&[&self.key, &encoded(value)]);
                more.iter().for_each(|(_, pair)| add(&[pair]));
            }
        }
        if let Some(after) = self.after.strip_prefix('?') {
            add(&[after]);
        }
        href
    }
}

fn pair(key: &str, value: &str) -> String {
    [key, &*encoded(value)].concat()
}

/// A value as it stands in an address: most are slugs.
fn encoded(value: &str) -> Cow<'_, str> {
    match value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        true => value.into(),
        false => byte_serialize(value.as_bytes()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::filter::Lanes;
    use crate::model::source::Lang;
    use crate::web::urls::View;
    use proptest::prelude::*;

    proptest! {
        /// As each view says it by itself.
        #[test]
        fn toggled_links_are_those_of_the_toggled_filters(
            chosen in prop::collection::vec((0..8_usize, "[a-e&é ]{1,2}"), 0..6),
            value in "[a-e&é ]{1,2}",
            killed in prop::option::of(1..9_u32),
            odd in any::<bool>(),
        ) {
            let mut filter = Filter { killed, ..Filter::default() };
            for (at, value) in chosen {
                filter.chosen.entry(Dimension::ALL[at]).or_default().insert(value);
            }
            let urls = match odd {
                true => Urls { lang: Some(Lang::Fr), lanes: Some(Lanes::Region), ..Urls::default() },
                false => Urls { view: View::Map, ..Urls::default() },
            };
            for &dimension in Dimension::ALL {
                let toggled = urls.view(&filter.toggled(dimension, &value));
                prop_assert_eq!(urls.toggles(&filter, dimension).href(&value), toggled);
            }
        }
    }
}
