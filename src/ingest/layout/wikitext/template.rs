//! What a template shows. Those that only set or measure words give their words; an infobox
//! gives its fields; the rest (navigation, notes, maps, maintenance) shows nothing.

use super::expand::BREAK;
use crate::ingest::lexicon::norm_phrase;

/// What a template shows.
pub(super) enum Shown {
    /// Words in the running text; often none.
    Words(String),
    /// The infobox of the page.
    Infobox {
        /// The name that it has at its top.
        title: Option<String>,
        /// Its labels and values, one for each line of a value.
        fields: Vec<(String, String)>,
    },
}

/// Values of an infobox that hold no facts to be read: pictures, maps, coordinates.
const UNREAD: [&str; 26] = [
    "image", "image_size", "alt", "caption", "legende", "taille", "map", "map_type", "map_size",
    "map_caption", "map_mark", "map_label", "mapframe", "coordinates", "coords", "width", "carte",
    "latitude", "longitude", "module", "campaignbox", "geolocalisation", "notes", "footer",
    "imagesize", "image_upright",
];

/// Templates that show their last argument: they set or tag it.
const LAST: [&str; 22] = [
    "lang", "langue", "nowrap", "nobr", "nobreak", "small", "smaller", "big", "larger", "abbr",
    "tooltip", "transl", "translit", "interlanguage link", "lien", "ill", "visible anchor", "size",
    "color", "couleur", "center", "resize",
];

/// Templates that show their first argument.
const FIRST: [&str; 15] = [
    "flag", "flagcountry", "flagu", "pays", "formatnum", "nombre", "nb", "abréviation",
    "abreviation", "citation", "quote", "cquote", "blockquote", "début citation", "tq",
];

/// Templates that show all their arguments, each on a line of its own.
const LINES: [&str; 9] = [
    "ubl", "unbulleted list", "plainlist", "bulleted list", "hlist", "flatlist", "liste",
    "collapsible list", "tree list",
];

/// Dashes and spaces.
const SIGNS: [(&str, &str); 12] = [
    ("nbsp", " "),
    ("spaces", " "),
    ("snd", " – "),
    ("spnd", " – "),
    ("spaced ndash", " – "),
    ("ndash", "–"),
    ("mdash", "—"),
    ("dash", "–"),
    ("endash", "–"),
    ("'", "'"),
    ("-\"", "\""),
    ("!", "|"),
];

/// What a template with these parts shows; the first part is its name.
pub(super) fn show(parts: &[String]) -> Shown {
    let name = parts.first().map(|n| n.trim().to_lowercase().replace('_', " ")).unwrap_or_default();
    if name.starts_with("infobox") || name.starts_with("taxobox") {
        return infobox(&parts[1..]);
    }
    let name = name.split(['\n', BREAK]).next().unwrap_or_default().trim();
    let arguments: Vec<&str> = parts.iter().skip(1).filter_map(|p| unnamed(p)).collect();
    let first = arguments.first().copied().unwrap_or_default();
    if let Some((_, sign)) = SIGNS.iter().find(|(n, _)| *n == name) {
        return Shown::Words((*sign).to_owned());
    }
    Shown::Words(match name {
        "convert" | "cvt" | "unité" | "unite" | "unit" => measure(&arguments),
        "start date" | "end date" | "start date and age" | "date" | "dts" | "start-date" => {
            date(&arguments)
        }
        "1er" => ["1er", first].join(" ").trim().to_owned(),
        "circa" | "c." | "ca" => format!("c. {first}"),
        "sfrac" | "frac" => arguments.join("/"),
        _ if LINES.contains(&name) => arguments.join(&BREAK.to_string()),
        _ if FIRST.contains(&name) => first.to_owned(),
        _ if LAST.contains(&name) => arguments.last().copied().unwrap_or_default().to_owned(),
        _ => String::new(),
    })
}

/// An argument without a name, or with a number in its place.
fn unnamed(part: &str) -> Option<&str> {
    let named = |(key, value)| (is_name(key), key, value);
    match part.split_once('=').map(named) {
        Some((true, key, value)) => key.trim().parse::<u8>().ok().map(|_| value.trim()),
        _ => Some(part.trim()),
    }
}

/// What may stand before `=` as the name of an argument.
fn is_name(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.len() <= 40
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '))
}

/// `{{convert|50|km|mi}}`: "50 km"; `{{convert|50|to|60|km}}`: "50 to 60 km".
fn measure(arguments: &[&str]) -> String {
    let unit = arguments
        .iter()
        .position(|a| !a.starts_with(|c: char| c.is_ascii_digit() || c == '-') && !is_between(a));
    let end = unit.map_or(arguments.len(), |at| at + 1);
    arguments[..end].join(" ")
}

fn is_between(word: &str) -> bool {
    matches!(word, "to" | "and" | "or" | "–" | "-" | "à" | "et" | "ou")
}

/// `{{start date|2022|4|19}}`, `{{date|19|avril|2022}}`: "19 April 2022", "19 avril 2022".
fn date(arguments: &[&str]) -> String {
    const MONTHS: [&str; 12] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ];
    let numbers: Vec<usize> = arguments.iter().map_while(|a| a.parse().ok()).collect();
    let month = |n: &usize| MONTHS.get(n.wrapping_sub(1)).copied();
    match numbers.as_slice() {
        [year, n, day, ..] if *year > 31 => match month(n) {
            Some(month) => format!("{day} {month} {year}"),
            None => arguments.join(" "),
        },
        [year, n] if *year > 31 => match month(n) {
            Some(month) => format!("{month} {year}"),
            None => arguments.join(" "),
        },
        _ => arguments.iter().take(3).copied().collect::<Vec<_>>().join(" "),
    }
}

fn infobox(parts: &[String]) -> Shown {
    let mut fields = Vec::new();
    let mut title = None;
    for part in parts {
        let Some((label, value)) = part.split_once('=').filter(|(label, _)| is_name(label)) else {
            continue;
        };
        let label = label.trim();
        let folded = norm_phrase(label).replace(' ', "_");
        if UNREAD.contains(&folded.as_str()) {
            continue;
        }
        if matches!(folded.as_str(), "conflict" | "conflit" | "title" | "titre" | "name" | "nom") {
            title = title.or(Some(super::lines::words(value)).filter(|t| !t.is_empty()));
        }
        let lines = value.split(['\n', BREAK]).map(super::lines::words);
        let lines = lines.map(|line| line.trim_start_matches(['*', '#', ':', ' ']).to_owned());
        fields.extend(lines.filter(|l| !l.is_empty()).map(|line| (capitalised(label), line)));
    }
    Shown::Infobox { title, fields }
}

fn capitalised(label: &str) -> String {
    let mut chars = label.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Links that show a picture or file the page: `[[File:…]]`, `[[Category:…]]`, `[[fr:…]]`.
pub(super) fn is_media(target: &str) -> bool {
    const SPACES: [&str; 9] = [
        "file", "image", "category", "fichier", "catégorie", "categorie", "media", "média",
        "template",
    ];
    let Some((space, _)) = target.split_once(':') else {
        return false;
    };
    let space = space.trim().to_lowercase();
    SPACES.contains(&space.as_str()) || (space.len() == 2 && space.is_ascii())
}
