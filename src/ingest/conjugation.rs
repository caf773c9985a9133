//! The forms of regular French verbs, so that lists of words need not spell out each.

/// The auxiliaries of what is told.
const AUXILIARIES: [&str; 7] = ["a", "ont", "avait", "avaient", "aurait", "auraient", "ayant"];

/// The forms of a verb in -er in which somebody tells something: "indique", "indiquaient",
/// "indiquant", "a indiqué", "avaient indiqué". None for other verbs.
pub fn told(infinitive: &str) -> Vec<String> {
    let Some(stem) = infinitive.strip_suffix("er") else { return Vec::new() };
    // "annonçait", "partageait".
    let soft = match stem.chars().last() {
        Some('c') => format!("{}ç", &stem[..stem.len() - 1]),
        Some('g') => format!("{stem}e"),
        _ => stem.to_owned(),
    };
    let plain = ["e", "ent", "èrent"].map(|end| format!("{stem}{end}"));
    let softened = ["ait", "aient", "ant", "a"].map(|end| format!("{soft}{end}"));
    let compound = AUXILIARIES.map(|auxiliary| format!("{auxiliary} {stem}é"));
    plain.into_iter().chain(softened).chain(compound).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_forms() {
        let all = told("annoncer").join(", ");
        assert_eq!(
            all,
            "annonce, annoncent, annoncèrent, annonçait, annonçaient, annonçant, annonça, \
             a annoncé, ont annoncé, avait annoncé, avaient annoncé, aurait annoncé, \
             auraient annoncé, ayant annoncé"
        );
        assert!(told("juger").contains(&"jugeait".to_owned()));
    }

    #[test]
    fn err_other_verbs() {
        assert!(told("reconnaître").is_empty());
    }
}
