//! Codes of regions and cercles. One code stands for different areas in different sets and
//! editions, so none is shown without its set and its edition.

use crate::web::item::Show;

/// Codes of a region: ISO 3166-2, and the P-code of the edition that has the regions of 2023.
pub fn of_region(slug: &str, show: &Show) -> Vec<String> {
    let regions = &show.known.regions;
    let iso = regions.get(slug).and_then(|region| region.iso.as_deref());
    let pcode = regions.pcode_cod_v03(slug);
    let iso = iso.map(|code| coded("code-iso", code, show));
    let pcode = pcode.map(|code| coded("code-cod-v03", code, show));
    iso.into_iter().chain(pcode).collect()
}

/// As [`of_region`], with the name of the region before each.
pub fn named(slug: &str, show: &Show) -> Vec<String> {
    let name = show.words.region(slug);
    let named = |code: String| {
        let parts = [("name", name.as_str().into()), ("code", code.as_str().into())];
        show.words.messages().text_with("code-of", &parts)
    };
    of_region(slug, show).into_iter().map(named).collect()
}

/// The P-code of the cercle of 2023 that has this slug.
pub fn of_cercle(slug: &str, show: &Show) -> Vec<String> {
    let all = show.known.regions.cercles().iter();
    let found = all.filter(|c| crate::model::slug::slug(&c.name) == slug);
    let codes = found.map(|c| c.pcode_cod_v03.as_str()).filter(|code| !code.is_empty());
    codes.map(|code| coded("code-cod-v03", code, show)).collect()
}

fn coded(key: &str, code: &str, show: &Show) -> String {
    show.words.messages().text_with(key, &[("code", code.into())])
}
