//! Datasets whole: bytes in, records and problems out.

use super::*;
use crate::model::claim::Claim;
use crate::model::record;
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

pub(super) static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

/// What became of a file.
#[derive(Default)]
pub(super) struct Read {
    pub header: Vec<String>,
    pub shape: Option<Shape>,
    pub records: Vec<Record>,
    pub problems: Vec<String>,
    pub outside: u64,
}

/// Reads a file, and holds every passage against the text of its row.
pub(super) fn read_with(name: &str, bytes: &[u8], options: &Options) -> Read {
    let mut dataset = match open(name, bytes, options, &KNOWN) {
        Ok(dataset) => dataset,
        Err(problem) => return Read { problems: vec![problem.to_string()], ..Read::default() },
    };
    let mut read = Read::default();
    while let Some(row) = dataset.next() {
        match row {
            Ok(record) => {
                let text = record::text(&dataset.header, &record.cells);
                for passage in record.draft.passages() {
                    assert!(passage.holds_in(&text), "{passage:?} in {text}");
                    assert!(!passage.quote.is_empty(), "{passage:?} in {text}");
                }
                read.records.push(record);
            }
            Err(problem) => read.problems.push(problem.to_string()),
        }
    }
    read.header = dataset.header;
    read.shape = Some(dataset.shape);
    read.outside = dataset.outside;
    read
}

pub(super) fn read(name: &str, text: &str) -> Read {
    read_with(name, text.as_bytes(), &Options::default())
}

/// A record on one line: date, kind, places, perpetrators, victims, figures.
pub(super) fn told(record: &Record) -> String {
    let draft = &record.draft;
    let (start, end) = (draft.date.start(), draft.date.end());
    let day = |d: Option<jiff::civil::Date>| d.map_or("?".to_owned(), |d| d.to_string());
    let places = draft.places.iter().map(|p| {
        let (then, now) = (p.region_then.as_deref(), p.region_now.as_deref());
        let point = p.lat.zip(p.lon).map_or("-".to_owned(), |(a, b)| format!("{a:.2},{b:.2}"));
        let (then, now) = (then.unwrap_or("-"), now.unwrap_or("-"));
        let country = p.country.as_deref().map_or(String::new(), |c| format!(" {c}"));
        format!("{} {} {then}/{now} {point}{country}", p.id, p.precision.as_str())
    });
    let who = draft.attributions.iter().map(|a| format!("{} {}", a.stance.as_str(), a.actor));
    let figures = draft.claims.iter().map(figure);
    [
        record.key.clone(),
        format!("{}..{} {}", day(start), day(end), draft.date.precision().as_str()),
        draft.kind.as_str().to_owned(),
        places.collect::<Vec<_>>().join(", "),
        who.collect::<Vec<_>>().join(", "),
        draft.victims.iter().map(|v| v.group.clone()).collect::<Vec<_>>().join(", "),
        figures.collect::<Vec<_>>().join(", "),
    ]
    .join(" | ")
}

fn figure(claim: &Claim) -> String {
    let end = |n: Option<u32>| n.map_or("?".to_owned(), |n| n.to_string());
    let by = claim.claimant.as_ref().map_or(String::new(), |c| {
        format!(" by {}{}", c.name, c.actor.as_ref().map_or("", |_| "*"))
    });
    let part = if claim.partial { " part" } else { "" };
    let (measure, group) = (claim.measure.as_str(), claim.group.as_str());
    let how = claim.qualifier.as_str();
    format!("{measure} {group} {}..{} {how}{part}{by}", end(claim.min), end(claim.max))
}

pub(super) fn told_all(read: &Read) -> Vec<String> {
    read.records.iter().map(told).collect()
}

#[test]
fn ok_the_real_sample_of_ged() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/datasets/ged_v26_0_7_mali_excerpt.csv");
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: no {}", path.display());
        return;
    };
    let read = read_with("ged_v26_0_7_mali_excerpt.csv", &bytes, &Options::default());
    assert_eq!(read.problems, Vec::<String>::new());
    assert_eq!((read.shape, read.outside), (Some(Shape::UcdpGed), 1));
    insta::assert_snapshot!(told_all(&read).join("\n"));
    let whole = Options { countries: Countries::All, ..Options::default() };
    let read = read_with("ged.csv", &bytes, &whole);
    assert_eq!((read.records.len(), read.outside), (18, 0));
    assert!(
        told(&read.records[17]).contains("dushi cercle -/- - ZZ"),
        "{}",
        told(&read.records[17])
    );
}

/// A row of GED with its usual cells, some of them others.
fn ged(changes: &[(&str, &str)]) -> String {
    let usual = [
        ("id", "1"),
        ("relid", "MLI-2020-1-1-1"),
        ("year", "2020"),
        ("active_year", "1"),
        ("type_of_violence", "1"),
        ("dyad_name", "Government of Mali - JNIM"),
        ("side_a", "Government of Mali"),
        ("side_b", "JNIM"),
        ("source_original", "FAMa"),
        ("where_prec", "1"),
        ("where_coordinates", "Gao town"),
        ("adm_1", "Gao region"),
        ("adm_2", "Gao cercle"),
        ("latitude", "16.27"),
        ("longitude", "-0.04"),
        ("country", "Mali"),
        ("date_prec", "1"),
        ("date_start", "2020-05-01"),
        ("date_end", "2020-05-01"),
        ("deaths_a", "2"),
        ("deaths_b", "3"),
        ("deaths_civilians", "0"),
        ("deaths_unknown", "0"),
        ("best", "5"),
        ("high", "5"),
        ("low", "5"),
    ];
    let cell = |name: &&str| {
        let of = |cells: &[(&str, &str)]| {
            cells.iter().find(|(n, _)| n == name).map(|(_, cell)| format!("\"{cell}\""))
        };
        of(changes).or_else(|| of(&usual)).unwrap_or_default()
    };
    ged::COLUMNS.iter().map(cell).collect::<Vec<_>>().join(",")
}

fn ged_header() -> String {
    ged::COLUMNS.join(",")
}

/// What one row of GED says, from the given part of [`told`] on.
fn ged_told(changes: &[(&str, &str)]) -> String {
    let read = read("ged.csv", &format!("{}\n{}\n", ged_header(), ged(changes)));
    match &read.records[..] {
        [record] => told(record),
        _ => read.problems.join("\n"),
    }
}

#[test]
fn ok_ged_is_never_sharper_than_its_codes() {
    let (a, b) = (("deaths_a", "0"), ("deaths_b", "0"));
    for (changes, expected) in [
        (
            vec![],
            "1 | 2020-05-01..2020-05-01 day | other | gao exact gao/gao 16.27,-0.04 | \
             involved malian-armed-forces, involved jnim | soldiers, militants | \
             killed total 5..5 exact by FAMa*, killed soldiers 2..2 exact by FAMa*, \
             killed militants 3..3 exact by FAMa*",
        ),
        // Always the range; parts of a best estimate never make a toll.
        (
            vec![("best", "0"), ("high", "21"), ("low", "0"), a, b, ("source_original", "")],
            "1 | 2020-05-01..2020-05-01 day | other | gao exact gao/gao 16.27,-0.04 | \
             involved malian-armed-forces, involved jnim |  | killed total 0..21 range",
        ),
        (
            vec![("high", "9"), ("low", "3")],
            "1 | 2020-05-01..2020-05-01 day | other | gao exact gao/gao 16.27,-0.04 | \
             involved malian-armed-forces, involved jnim | soldiers, militants | \
             killed total 3..9 range by FAMa*, killed soldiers 2..2 about part by FAMa*, \
             killed militants 3..3 about part by FAMa*",
        ),
        // One-sided: the only type with a perpetrator. Whom the report goes back to as written.
        (
            vec![
                ("type_of_violence", "3"),
                ("side_a", "IS"),
                ("side_b", "Civilians"),
                a,
                b,
                ("deaths_civilians", "5"),
                ("source_original", "Africa Corps; JNIM"),
                ("date_end", "2020-05-03"),
                ("date_prec", "2"),
                ("where_prec", "2"),
            ],
            "1 | 2020-05-01..2020-05-03 range | other | gao near gao/gao 16.27,-0.04 | \
             stated islamic-state | civilians | \
             killed total 5..5 exact by Africa Corps; JNIM, \
             killed civilians 5..5 exact by Africa Corps; JNIM",
        ),
        // Two sides whose dead are counted alike: parts.
        (
            vec![("type_of_violence", "2"), ("side_a", "IS"), ("source_original", "")],
            "1 | 2020-05-01..2020-05-01 day | other | gao exact gao/gao 16.27,-0.04 | \
             involved islamic-state, involved jnim | militants | \
             killed total 5..5 exact, killed militants 2..2 exact part, \
             killed militants 3..3 exact part",
        ),
        // A summary event: a year, nowhere.
        (
            vec![
                ("date_prec", "5"),
                ("where_prec", "5"),
                ("date_start", "2020-01-01"),
                ("date_end", "2020-12-31 00:00:00.000"),
                ("adm_2", ""),
                ("deaths_unknown", "1"),
                ("where_coordinates", "Mopti and Segou"),
                ("adm_1", ""),
                a,
                b,
                ("best", "1"),
                ("high", "1"),
                ("low", "1"),
                ("source_original", ""),
            ],
            "1 | 2020-01-01..2020-12-31 year | other | mopti-and-segou unknown -/- - | \
             involved malian-armed-forces, involved jnim |  | \
             killed total 1..1 exact, killed total 1..1 exact part",
        ),
    ] {
        assert_eq!(ged_told(&changes), expected);
    }
}

#[test]
fn ok_codes_of_ged() {
    for (date_prec, start, end, expected) in [
        ("1", "2020-05-01", "", "2020-05-01..2020-05-01 day"),
        ("", "2020-05-01", "2020-05-01", "2020-05-01..2020-05-01 day"),
        ("1", "2020-05-01", "2020-05-02", "2020-05-01..2020-05-02 range"),
        ("3", "2020-05-10", "2020-05-10", "2020-05-04..2020-05-16 range"),
        ("4", "2020-05-01", "2020-05-31", "2020-05-01..2020-05-31 month"),
        ("4", "2020-05-10", "2020-05-10", "2020-05-01..2020-05-31 month"),
        ("5", "2020-05-10", "2020-05-10", "2020-01-01..2020-12-31 year"),
    ] {
        let told = ged_told(&[("date_prec", date_prec), ("date_start", start), ("date_end", end)]);
        assert_eq!(told.split(" | ").nth(1), Some(expected), "{date_prec} {start} {end}");
    }
    for (code, expected) in [
        ("1", "gao exact gao/gao 16.27,-0.04"),
        ("3", "gao cercle gao/gao -"),
        ("4", "gao region gao/gao -"),
        ("5", "gao unknown gao/gao -"),
        ("6", ""),
        ("7", ""),
        ("", "gao unknown gao/gao -"),
    ] {
        let told = ged_told(&[("where_prec", code)]);
        assert_eq!(told.split(" | ").nth(3), Some(expected), "{code}");
    }
}

#[test]
fn err_cells_of_ged() {
    for (changes, expected) in [
        (("date_start", "soon"), "a date such as 2026-07-25 in column date_start, found \"soon\""),
        (("best", "x"), "a number of people in column best, found \"x\""),
        (("best", ""), "a number of people in column best, found nothing"),
        (("best", "-1"), "a number of people in column best, found \"-1\""),
        (("high", "99999999999"), "a number of people in column high, found \"99999999999\""),
        (("where_prec", "8"), "a code from 1 to 7 in column where_prec, found \"8\""),
        (("date_prec", "0"), "a code from 1 to 5 in column date_prec, found \"0\""),
        (("type_of_violence", "4"), "a code from 1 to 3 in column type_of_violence, found \"4\""),
        (("latitude", "116"), "degrees from -90 to 90 in column latitude, found \"116\""),
        (("longitude", ""), "degrees from -180 to 180 in column longitude, found nothing"),
        (("id", ""), "the id of the event in column id, found nothing"),
    ] {
        assert_eq!(ged_told(&[changes]), format!("ged.csv:2: expected {expected}"));
    }
}

#[test]
fn ok_files_of_ged_of_every_make() {
    let plain = format!("{}\n{}\n", ged_header(), ged(&[]));
    let usual = read("a.csv", &plain);
    assert_eq!(usual.records.len(), 1);
    let bom = format!("\u{feff}{plain}");
    let semicolons = plain.replace(',', ";");
    let tabs = plain.replace(',', "\t");
    let crlf = plain.replace('\n', "\r\n");
    let shouting = format!("{}\n{}\n", ged_header().to_uppercase(), ged(&[]));
    let no_header = format!("{}\n", ged(&[]));
    let end = plain.trim_end().to_owned();
    for text in [bom, semicolons, tabs, crlf, shouting, no_header, end] {
        let read = read("a.csv", &text);
        assert_eq!(read.problems, Vec::<String>::new(), "{text}");
        assert_eq!(told_all(&read), told_all(&usual), "{text}");
    }
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(plain.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let read = read_with("a.csv", &utf16, &Options::default());
    assert_eq!(told_all(&read), told_all(&usual));
    // A reduced column set.
    let text = "id,date_start,best,country\n7,2020-05-01,4,Mali\n8,2020-05-01,4,Chad\n";
    let options = Options { shape: Some(Shape::UcdpGed), ..Options::default() };
    let read = read_with("a.csv", text.as_bytes(), &options);
    assert_eq!(
        told_all(&read),
        ["7 | 2020-05-01..2020-05-01 day | other |  |  |  | killed total 4..4 exact"]
    );
    assert_eq!(read.outside, 1);
}

#[test]
fn err_rows_are_told_with_their_line_and_the_others_are_read() {
    let header = ged_header();
    let (one, two) = (ged(&[("id", "1")]), ged(&[("id", "2")]));
    let broken = ged(&[("where_description", "first\n\nsecond"), ("best", "many")]);
    let short = "9,x,y";
    let long = format!("{one},,,more");
    let text = format!("{header}\r\n{one}\n\r\n\n{broken}\n,,,,\n{short}\r\n{long}\r\n{two}");
    let read = read("a.csv", &text);
    let keys: Vec<_> = read.records.iter().map(|r| (r.key.as_str(), r.line)).collect();
    assert_eq!(keys, [("1", 2), ("2", 11)]);
    assert_eq!(
        read.problems,
        [
            "a.csv:5: expected a number of people in column best, found \"many\"",
            "a.csv:9: expected 49 cells, found 3 cells",
            "a.csv:10: expected 49 cells, found 52 cells",
        ]
    );
}

#[test]
fn err_files_that_are_no_dataset() {
    for (name, bytes, expected) in [
        ("a.csv", b"".as_slice(), "a.csv:1: expected rows, found an empty file"),
        ("a.csv", b" \n\n", "a.csv:1: expected rows, found an empty file"),
        (
            "a.csv",
            b"\n<!DOCTYPE html><html>id,date_start",
            "a.csv:1: expected a table, found a page of the web (HTML or XML)",
        ),
        ("a.csv", b"a,b\n1,\0", "a.csv:2: expected a table, found binary data"),
        (
            "a.csv",
            b"a,b\n1,2\n",
            "a.csv:1: expected columns of a known dataset, HXL hashtags, or a mapping, \
             found the columns a, b",
        ),
        (
            "a.xlsx",
            b"PK\x03\x04 and no more",
            "a.xlsx:1: expected a workbook (XLSX), found Zip error: ",
        ),
        ("a.json", b"[{\"a\":", "a.json:1: expected JSON, found EOF while parsing a value"),
        ("a.json", b"{\"a\":1}", "a.json:1: expected an array of events, found JSON without one"),
    ] {
        let read = read_with(name, bytes, &Options::default());
        assert!(read.problems[0].starts_with(expected), "{}", read.problems[0]);
        assert_eq!(read.problems.len(), 1);
    }
    let options = Options { shape: Some(Shape::UcdpGed), ..Options::default() };
    let read = read_with("a.csv", b"id,best\n1,2\n", &options);
    let expected = "a.csv:1: expected a column date_start, found the columns id, best";
    assert_eq!(read.problems, [expected]);
}

#[test]
fn err_a_quotation_mark_that_never_closes_does_not_fill_memory() {
    let text = format!("{}\n{}\n\"{}", ged_header(), ged(&[]), "x,y\n".repeat(3_000_000));
    let read = read("a.csv", &text);
    assert_eq!(read.records.len(), 1);
    assert_eq!(
        read.problems,
        ["a.csv:3: expected the end of the row, \
          found more than 8 MiB: a quotation mark that is not closed?"]
    );
}

#[test]
fn ok_encodings_of_cells() {
    let row = |name: &str| format!("{}\n{}\n", ged_header(), ged(&[("where_coordinates", name)]));
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode("S\u{e9}gou – nord");
    let latin: Vec<u8> =
        row("@").split('@').map(str::as_bytes).collect::<Vec<_>>().join(&latin[..]);
    let read_one = |bytes: &[u8]| read_with("a.csv", bytes, &Options::default());
    let read = read_one(&latin);
    assert_eq!(read.records[0].draft.places[0].name, "Ségou – nord");
    // The cell stays as it was, the name is mended.
    let read = read_one(row("NiafunkÃ© town").as_bytes());
    let record = &read.records[0];
    assert_eq!(record.draft.places[0].name, "Niafunké");
    assert!(record.cells.contains(&"NiafunkÃ© town".to_owned()));
    assert_eq!(record.draft.places[0].passage.quote, "where_coordinates: NiafunkÃ© town");
    // Bytes that are no UTF-8 in a file that is.
    let mut bytes = row("Ségou").into_bytes();
    bytes.extend_from_slice(b"2,\xFF\n");
    assert_eq!(
        read_one(&bytes).problems,
        ["a.csv:3: expected UTF-8 text, found the byte 0xFF in column 2"]
    );
}

#[test]
fn ok_sniffing() {
    let ged = format!("{}\n", ged(&[]));
    for (text, name, expected) in [
        (ged_header().as_str(), "a.txt", Some(Shape::UcdpGed)),
        (&ged, "a.csv", Some(Shape::UcdpGed)),
        ("event_id_cnty;event_date;actor1\n", "x", Some(Shape::Acled)),
        ("code,when\n#event+code,#date+occurred\n", "x.txt", Some(Shape::Table)),
        ("a,b\n1,2\n", "a.CSV", Some(Shape::Table)),
        ("<html>", "a.csv", Some(Shape::Table)),
        ("On 5 May, two were killed, he said.\n", "a.txt", None),
        ("PK\u{3}\u{4}", "a.xlsx", Some(Shape::Table)),
        ("PK\u{3}\u{4}", "a.docx", None),
        (
            "[{\"id\":1,\"date\":\"2014-07-08\",\"location\":\"Gao\",\"description\":\"x\"}]",
            "a.json",
            Some(Shape::Timemap),
        ),
        ("{\"count\":1,\n\"format\":\"mali-timeline/1\",", "a.json", Some(Shape::MaliTimeline)),
        ("{\"a\":1}", "a.json", None),
        ("", "a.txt", None),
    ] {
        assert_eq!(sniff(text.as_bytes(), name), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn any_bytes_give_records_or_problems(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_with("x.csv", &bytes, &Options::default());
    }

    #[test]
    fn any_cells_give_records_or_problems(
        cells in prop::collection::vec("[0-9éÃ©\\-\",;: /A-Za-z\n#]{0,12}", 0..60),
        acled in any::<bool>(),
    ) {
        let header = match acled {
            true => "event_id_cnty,event_date,actor1,actor2,location,admin1,admin2,latitude,\
                     longitude,geo_precision,fatalities,notes".to_owned(),
            false => ged_header(),
        };
        let text = format!("{header}\n{}\n", cells.join(","));
        read_with("x.csv", text.as_bytes(), &Options::default());
        let usual: Vec<_> = ged::COLUMNS.iter().copied().zip(cells.iter().map(String::as_str)).collect();
        let text = format!("{}\n{}\n", ged_header(), ged(&usual[..usual.len().min(30)]));
        read_with("x.csv", text.as_bytes(), &Options::default());
    }
}
