//! What the formats made of XML share. Entities that a document defines are never expanded.

use quick_xml::events::{BytesRef, BytesStart};

/// The value of an attribute by its name without a prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(
        quick_xml::escape::unescape(&found.value)
            .map_or_else(|_| found.value.to_string(), |v| v.into_owned()),
    )
}

/// The character of `&#233;` or of one of the five entities of XML; none for others.
pub(super) fn entity(name: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return Some(c);
    }
    let text = quick_xml::escape::resolve_predefined_entity(name)?;
    text.chars().next()
}
