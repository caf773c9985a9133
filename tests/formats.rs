//! Exports opened by readers that are not ours, and compared with the incidents they were made
//! from.

mod support;

use biblatex::{Bibliography, ChunksExt};
use calamine::{Data, Reader, Xlsx};
use mali_timeline::export::{self, Format, View, table};
use mali_timeline::model::date::DatePrecision;
use mali_timeline::model::document::ParsedDocument;
use mali_timeline::model::filter::Filter;
use mali_timeline::model::incident::{Incident, PlacePrecision};
use mali_timeline::model::source::{Lang, SourceKind};
use mali_timeline::verify::verify;
use mali_timeline::wording::Words;
use serde_json::Value;
use std::io::Cursor;
use support::generate::documents;
use support::{KNOWN, TempDb, document};

fn bytes(temp: &TempDb, format: Format, hxl: bool) -> Vec<u8> {
    written(temp, &[], Lang::En, format, hxl)
}

fn written(
    temp: &TempDb,
    pairs: &[(&str, &str)],
    lang: Lang,
    format: Format,
    hxl: bool,
) -> Vec<u8> {
    let view = View {
        filter: &Filter::parse(pairs.iter().copied(), |_, _| Ok(())).unwrap(),
        words: Words::new(lang, &KNOWN),
        at: "2025-11-20T08:30:00Z".parse().unwrap(),
        as_of: None,
        hxl,
        redact: false,
    };
    let mut out = Vec::new();
    temp.db
        .read(|db| {
            export::write(db, &view, format, &mut out).unwrap();
            Ok(())
        })
        .unwrap();
    out
}

fn text(temp: &TempDb, format: Format) -> String {
    String::from_utf8(bytes(temp, format, false)).unwrap()
}

/// What `verify` finds wrong.
fn wrong(temp: &TempDb, text: &[u8]) -> Vec<String> {
    let path = temp.folder.path().join("export");
    std::fs::write(&path, text).unwrap();
    verify(&path, Some(temp.db.path()), &KNOWN).unwrap().wrong
}

fn ids(incidents: &[Incident]) -> Vec<&str> {
    incidents.iter().map(|i| i.id.as_str()).collect()
}

/// Everything a source may say that means something to a file format.
const HOSTILE: &str =
    "=1+1 <b>x</b> {a} \\b $c$ 50% #d _e_ *f* [g](h) `i` --> @j, \"k\" 'l' & ~m^n 😀 <!-- seal -->";

fn hostile() -> ParsedDocument {
    let mut doc = document("a.txt", "Story", &["2022-04-19; other; Gao; jnim; -; killed total 3"]);
    doc.meta.title = HOSTILE.to_owned();
    doc.meta.publisher = Some("Press & Sons {Ltd} 100%".to_owned());
    doc.meta.url = Some("https://example.org/a_{b}?c=d%20e&f=\\g".to_owned());
    doc.meta.published = Some("2022-04".parse().unwrap());
    doc.meta.retrieved = Some("2023-05-06".parse().unwrap());
    doc.drafts[0].title = HOSTILE.to_owned();
    doc
}

#[test]
fn a_workbook_has_every_incident_claim_and_source() {
    let temp = TempDb::with(&documents(3, 12, 8));
    let all = temp.all();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes(&temp, Format::Xlsx, false))).unwrap();
    assert_eq!(book.sheet_names(), ["incidents", "claims", "sources", "readme"]);
    let mut sheet = |name: &str| {
        let rows = book.worksheet_range(name).unwrap();
        rows.rows().map(<[Data]>::to_vec).collect::<Vec<_>>()
    };
    let incidents = sheet("incidents");
    let names: Vec<_> = incidents[0].iter().map(ToString::to_string).collect();
    assert_eq!(names, table::INCIDENT.map(|c| c.name));
    let found: Vec<_> = incidents[1..].iter().map(|r| r[0].to_string()).collect();
    assert_eq!(found, ids(&all));
    let low = table::INCIDENT.iter().position(|c| c.name == "killed_low").unwrap();
    for (row, incident) in incidents[1..].iter().zip(&all) {
        let toll = incident.toll(mali_timeline::model::claim::Measure::Killed);
        assert_eq!(row[low].get_float_or_int(), toll.map(|t| f64::from(t.low)), "{row:?}");
    }
    let claims = sheet("claims");
    let told: Vec<_> = all
        .iter()
        .flat_map(|i| i.claims().map(|(_, c)| (i.id.clone(), c.passage.quote.clone())))
        .collect();
    let quote = table::CLAIM.iter().position(|c| c.name == "quote").unwrap();
    let found: Vec<_> =
        claims[1..].iter().map(|r| (r[0].to_string(), r[quote].to_string())).collect();
    assert_eq!(found, told);
    assert_eq!(sheet("sources").len(), 1 + 12);
    let readme = sheet("readme");
    assert_eq!(readme[0][1], Data::String("All incidents".to_owned()));
    assert!(readme.iter().any(|r| r[0] == Data::String("source".to_owned())));
    assert_eq!(wrong(&temp, &bytes(&temp, Format::Xlsx, false)), [""; 0]);
}

/// A workbook as another program saves it, some cells changed. What `change` gives nothing for
/// is left out.
fn saved_anew(book: &[u8], change: impl Fn(&str, u32, u16, Data) -> Option<Data>) -> Vec<u8> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let mut new = rust_xlsxwriter::Workbook::new();
    for name in book.sheet_names() {
        let cells = book.worksheet_range(&name).unwrap();
        let sheet = new.add_worksheet().set_name(&name).unwrap();
        for (row, cells) in (0..).zip(cells.rows()) {
            for (column, cell) in (0..).zip(cells) {
                match change(&name, row, column, cell.clone()) {
                    Some(Data::String(text)) if text.starts_with("formula ") => {
                        sheet.write_formula(row, column, &text["formula ".len()..]).unwrap();
                        sheet.set_formula_result(row, column, cell.to_string());
                    }
                    Some(Data::String(text)) => {
                        sheet.write_string(row, column, text).unwrap();
                    }
                    Some(Data::Float(n)) => {
                        sheet.write_number(row, column, n).unwrap();
                    }
                    Some(Data::Empty) | None => {}
                    other => panic!("{other:?}"),
                }
            }
        }
    }
    new.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_is_whole_until_a_cell_is_changed() {
    let temp = TempDb::with(&documents(9, 8, 8));
    let pairs = [("from", "2014"), ("q", "civilians"), ("sort", "oldest")];
    let book = written(&temp, &pairs, Lang::Fr, Format::Xlsx, true);
    assert_eq!(wrong(&temp, &book), [""; 0]);
    // A program for spreadsheets writes other bytes for the same cells.
    let same = saved_anew(&book, |_, _, _, cell| Some(cell));
    assert_ne!(same, book);
    assert_eq!(wrong(&temp, &same), [""; 0]);
    let low = table::INCIDENT.iter().position(|c| c.name == "killed_low").unwrap() as u16;
    let quote = table::CLAIM.iter().position(|c| c.name == "quote").unwrap() as u16;
    type Change<'a> = &'a dyn Fn(&str, u32, u16, Data) -> Option<Data>;
    let text = |text: &str| Some(Data::String(text.to_owned()));
    let changes: [(&str, Change); 7] = [
        ("a figure", &|sheet, row, column, cell| match (sheet, row, &cell) {
            ("incidents", 2, Data::Float(n)) if column == low => Some(Data::Float(n + 1.0)),
            _ => Some(cell),
        }),
        ("words", &|sheet, row, column, cell| match (sheet, row) {
            ("claims", 3) if column == quote => text("nobody"),
            _ => Some(cell),
        }),
        ("a row", &|sheet, row, _, cell| (sheet != "claims" || row != 3).then_some(cell)),
        ("a source", &|sheet, row, column, cell| match (sheet, row, column) {
            ("sources", 1, 1) => text("Another title"),
            _ => Some(cell),
        }),
        ("the filter", &|sheet, row, column, cell| match (sheet, row, column) {
            ("readme", 1, 1) => text("from=2015"),
            _ => Some(cell),
        }),
        ("a cell beside", &|sheet, row, column, cell| match (sheet, row, column) {
            ("incidents", 2, 16) => text("something else"),
            _ => Some(cell),
        }),
        ("a formula", &|sheet, row, column, cell| match (sheet, row, column) {
            ("incidents", 2, 1) => text("formula =HYPERLINK(\"http://evil.example\")"),
            _ => Some(cell),
        }),
    ];
    for (what, change) in changes {
        let wrong = wrong(&temp, &saved_anew(&book, change));
        assert_eq!(wrong.len(), 1, "{what}: {wrong:?}");
    }
    // What is no workbook of ours, and what was cut.
    assert_eq!(wrong(&temp, &book[..book.len() / 2]).len(), 1);
    let mut other = rust_xlsxwriter::Workbook::new();
    other.add_worksheet().write_string(0, 0, "id").unwrap();
    let wrong = wrong(&temp, &other.save_to_buffer().unwrap());
    assert!(wrong[0].contains("it has no sheet incidents"), "{wrong:?}");
}

/// Every cell of the two tables, as a spreadsheet reads it out of the workbook.
#[test]
fn a_workbook_says_cell_by_cell_what_the_tables_say() {
    let mut docs = documents(3, 12, 8);
    docs.push(hostile());
    let temp = TempDb::with(&docs);
    let filters: [&[(&str, &str)]; 2] = [&[], &[("region", "mopti"), ("sort", "deadliest")]];
    for (pairs, lang, hxl) in
        [(filters[0], Lang::En, false), (filters[0], Lang::Fr, true), (filters[1], Lang::En, true)]
    {
        let book = written(&temp, pairs, lang, Format::Xlsx, hxl);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
        let mut numbers = 0;
        for (sheet, format, columns) in [
            ("incidents", Format::Csv, &table::INCIDENT[..]),
            ("claims", Format::ClaimsCsv, &table::CLAIM[..]),
        ] {
            let cells = book.worksheet_range(sheet).unwrap();
            let csv = written(&temp, pairs, lang, format, hxl);
            let mut csv = csv::ReaderBuilder::new().has_headers(false).from_reader(&csv[3..]);
            let rows = csv.records().map(Result::unwrap).filter(|row| !row[0].starts_with("# "));
            let rows: Vec<_> = rows.collect();
            assert_eq!(cells.height(), rows.len(), "{sheet}");
            assert!(rows.len() > 2 + usize::from(hxl), "{sheet}: {pairs:?}");
            for (number, row) in (0..).zip(&rows) {
                for ((at, column), text) in (0..).zip(columns).zip(row) {
                    let cell = cells.get_value((number, at)).unwrap_or(&Data::Empty);
                    // In a CSV, what looks like a formula stands behind a sign.
                    let text =
                        text.strip_prefix('\'').filter(|t| t.starts_with('=')).unwrap_or(text);
                    let named = number <= u32::from(hxl);
                    let expected = match text.parse::<u32>() {
                        _ if text.is_empty() => Data::Empty,
                        Ok(n) if column.number && !named => Data::Float(f64::from(n)),
                        _ => Data::String(text.to_owned()),
                    };
                    numbers += usize::from(matches!(expected, Data::Float(_)));
                    assert_eq!(cell, &expected, "{sheet}, row {number}, {}", column.name);
                }
            }
        }
        assert!(numbers > 20, "numbers are numbers: {numbers}");
    }
}

/// What is no character of XML is written as Office Open XML has it; a reader has it back.
#[test]
fn signs_that_xml_cannot_hold_are_kept() {
    let mut doc = hostile();
    doc.drafts[0].title = "bell \u{7}, vertical \u{b}, cut \r\n _x0041_ end".to_owned();
    let temp = TempDb::with(&[doc]);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes(&temp, Format::Xlsx, false))).unwrap();
    let rows = book.worksheet_range("incidents").unwrap();
    let title = rows.get((1, 1)).unwrap().to_string();
    let read = title
        .replace("_x0007_", "\u{7}")
        .replace("_x000B_", "\u{b}")
        .replace("_x000D_", "\r")
        .replace("_x005F_", "_");
    assert_eq!(read, temp.all()[0].title);
    assert!(read.contains("_x0041_") && read.contains('\u{7}'), "{read:?}");
}

/// The number of a cell, if it is one.
trait Number {
    fn get_float_or_int(&self) -> Option<f64>;
}

impl Number for Data {
    fn get_float_or_int(&self) -> Option<f64> {
        match self {
            Data::Float(n) => Some(*n),
            Data::Int(n) => Some(*n as f64),
            _ => None,
        }
    }
}

#[test]
fn a_cell_of_a_workbook_is_text_however_it_looks_and_however_long_it_is() {
    let mut doc = hostile();
    doc.meta.licence = Some("long 😀 ".repeat(9_000));
    let temp = TempDb::with(&[doc]);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes(&temp, Format::Xlsx, false))).unwrap();
    let rows = book.worksheet_range("incidents").unwrap();
    assert_eq!(rows.get((1, 1)), Some(&Data::String(HOSTILE.to_owned())));
    assert_eq!(book.worksheet_formula("incidents").unwrap().used_cells().count(), 0);
    let sources = book.worksheet_range("sources").unwrap();
    let licence = sources.get((1, 8)).unwrap().to_string();
    assert!(licence.ends_with(" […]") && licence.encode_utf16().count() <= 32_767);
}

#[test]
fn geojson_has_a_point_only_where_one_is_known() {
    let mut docs = documents(4, 10, 8);
    docs.push(document("z.txt", "Region", &["2022-04-19; other; region:Mopti"]));
    docs.push(document("y.txt", "Two", &["2022-04-18; other; Hombori, Gao, region:Mopti"]));
    let temp = TempDb::with(&docs);
    let all = temp.all();
    let text = text(&temp, Format::GeoJson);
    let features: geojson::FeatureCollection =
        geojson::FeatureCollection::try_from(text.parse::<geojson::GeoJson>().unwrap()).unwrap();
    let found: Vec<_> =
        features.features.iter().map(|f| f.property("id").unwrap().as_str().unwrap()).collect();
    assert_eq!(found, ids(&all));
    let (mut points, mut nothing) = (0, 0);
    for (feature, incident) in features.features.iter().zip(&all) {
        let mut expected: Vec<(f64, f64)> = Vec::new();
        for place in incident.places() {
            let exact = matches!(place.precision, PlacePrecision::Exact | PlacePrecision::Near);
            if let (true, Some(lon), Some(lat)) = (exact, place.lon, place.lat)
                && !expected.contains(&(lon, lat))
            {
                expected.push((lon, lat));
            }
        }
        let json = serde_json::to_value(feature).unwrap();
        let geometry = &json["geometry"];
        let pair = |v: &Value| (v[0].as_f64().unwrap(), v[1].as_f64().unwrap());
        let drawn: Vec<_> = match geometry["type"].as_str() {
            None => Vec::new(),
            Some("Point") => vec![pair(&geometry["coordinates"])],
            Some(_) => geometry["coordinates"].as_array().unwrap().iter().map(pair).collect(),
        };
        assert_eq!(drawn, expected, "{}", incident.id);
        assert_eq!(json["properties"]["precision"].is_null(), drawn.is_empty());
        points += drawn.len();
        nothing += usize::from(drawn.is_empty());
    }
    assert!(points > 20 && nothing > 0, "{points} points, {nothing} without");
    assert!(text.contains("\"sentence\":\"All incidents\""));
    // A region named beside a town adds no point.
    let two = features.features.iter().find(|f| f.property("title").unwrap() == "other in Hombori");
    let two = serde_json::to_value(two.unwrap()).unwrap();
    assert_eq!(two["geometry"]["coordinates"].as_array().unwrap().len(), 2, "{two}");
    assert_eq!(two["properties"]["places"].as_array().unwrap().len(), 3);
}

#[test]
fn lines_of_json_are_the_incidents() {
    let temp = TempDb::with(&documents(5, 6, 6));
    let text = text(&temp, Format::Jsonl);
    let mut lines: Vec<&str> = text.lines().collect();
    let last: Value = serde_json::from_str(lines.pop().unwrap()).unwrap();
    let incidents: Vec<Incident> =
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(incidents, temp.all());
    assert_eq!(last["export"]["count"], incidents.len());
    assert_eq!(last["export"]["sources"].as_array().unwrap().len(), 6);
    // Two lines in another order, a line twice, a line lost.
    let without_first = text.split_once('\n').unwrap().1;
    for changed in [
        format!("{}\n{text}", lines[0]),
        without_first.to_owned(),
        format!("{}\n{}\n{}", lines[1], lines[0], text.splitn(3, '\n').nth(2).unwrap()),
    ] {
        assert_eq!(wrong(&temp, changed.as_bytes()).len(), 1);
    }
    let empty = TempDb::new();
    assert_eq!(wrong(&empty, &bytes(&empty, Format::Jsonl, false)), [""; 0]);
}

#[test]
fn a_row_of_the_table_of_claims_is_a_claim() {
    let temp = TempDb::with(&documents(6, 8, 8));
    let all = temp.all();
    for hxl in [false, true] {
        let bytes = bytes(&temp, Format::ClaimsCsv, hxl);
        let mut csv = csv::Reader::from_reader(&bytes[3..]);
        assert_eq!(csv.headers().unwrap(), table::CLAIM.map(|c| c.name).as_slice());
        let rows: Vec<_> = csv.records().map(Result::unwrap).collect();
        let tags = table::CLAIM.map(|c| c.hxl);
        assert_eq!(rows[0] == *tags.as_slice(), hxl);
        let rows: Vec<_> = rows.iter().filter(|r| !r[0].starts_with('#')).collect();
        let claims: Vec<_> =
            all.iter().flat_map(|i| i.claims().map(move |(a, c)| (i, a, c))).collect();
        assert_eq!(rows.len(), claims.len());
        let column = |name| table::CLAIM.iter().position(|c| c.name == name).unwrap();
        for (row, (incident, account, claim)) in rows.iter().zip(claims) {
            let cell = |name| &row[column(name)];
            let number = |name| cell(name).parse::<u32>().ok();
            assert_eq!(cell("incident_id"), incident.id);
            assert_eq!((number("min"), number("max")), (claim.min, claim.max));
            assert_eq!(cell("qualifier"), claim.qualifier.as_str());
            assert_eq!(cell("quote"), claim.passage.quote);
            assert_eq!(cell("source_id"), account.source.id);
            let by = claim.claimant.as_ref().map_or("", |by| by.name.as_str());
            assert_eq!(cell("claimant"), by);
        }
        assert_eq!(wrong(&temp, &bytes), [""; 0]);
    }
    let incidents = bytes(&temp, Format::Csv, true);
    let second = String::from_utf8(incidents.clone()).unwrap();
    assert!(second.lines().nth(1).unwrap().starts_with("#event+id,#event+name,#date+start"));
    assert_eq!(wrong(&temp, &incidents), [""; 0]);
}

#[test]
fn hashtags_are_well_formed_and_of_the_standard() {
    // Those of HXL 1.1 that are used here.
    let standard = [
        "#event", "#date", "#meta", "#loc", "#adm1", "#group", "#affected", "#description",
        "#status", "#contact",
    ];
    for column in table::INCIDENT.iter().chain(&table::CLAIM) {
        let mut parts = column.hxl.split('+');
        assert!(standard.contains(&parts.next().unwrap()), "{}", column.hxl);
        assert!(parts.all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase())));
    }
}

#[test]
fn slides_have_dates_no_more_exact_than_known() {
    let mut docs = documents(7, 10, 8);
    docs.push(document(
        "z.txt",
        "Undated",
        &["-; other; Gao", "2022; other; Gao", "2021-03; other; Gao"],
    ));
    docs.push(hostile());
    let temp = TempDb::with(&docs);
    let all = temp.all();
    let slides: Value = serde_json::from_str(&text(&temp, Format::TimelineJs)).unwrap();
    let events = slides["events"].as_array().unwrap();
    let dated: Vec<_> = all.iter().filter(|i| i.date.start().is_some()).collect();
    assert!(dated.len() < all.len(), "one has no date");
    assert_eq!(events.len(), dated.len());
    for (event, incident) in events.iter().zip(dated) {
        assert_eq!(event["unique_id"], incident.id.as_str());
        let start = &event["start_date"];
        assert_eq!(start["year"], incident.date.start().unwrap().year());
        let has = |v: &Value| (v.get("month").is_some(), v.get("day").is_some());
        let expected = match incident.date.precision() {
            DatePrecision::Day | DatePrecision::Range => (true, true),
            DatePrecision::Month => (true, false),
            _ => (false, false),
        };
        assert_eq!(has(start), expected, "{event}");
        let ends = event.get("end_date").is_some();
        assert_eq!(ends, incident.date.precision() == DatePrecision::Range);
        for text in [&event["text"]["headline"], &event["text"]["text"], &event["display_date"]] {
            let text = text.as_str().unwrap().replace("<p>", "").replace("</p>", "");
            assert!(!text.contains('<') && !text.contains('>'), "{text}");
        }
    }
    let undated = all.iter().filter(|i| i.date.start().is_none()).count();
    let title = slides["title"]["text"]["text"].as_str().unwrap();
    assert!(title.contains(&format!("{undated} incident")) && title.contains("without a date"));
    assert_eq!(wrong(&temp, text(&temp, Format::TimelineJs).as_bytes()), [""; 0]);
}

#[test]
fn bibtex_is_read_by_another_reader() {
    let mut docs = documents(8, 5, 3);
    docs.push(hostile());
    let temp = TempDb::with(&docs);
    let text = text(&temp, Format::Bib);
    let read = Bibliography::parse(&text).unwrap_or_else(|e| panic!("{e:?}\n{text}"));
    assert_eq!(read.len(), 6);
    let mut titles: Vec<_> = read.iter().map(|e| e.title().unwrap().format_verbatim()).collect();
    titles.sort();
    assert_eq!(titles[1], "Generated story 0");
    assert!(
        titles[0].starts_with("=1+1 <b>x</b> (a)") && titles[0].contains("50% #d _e_"),
        "{titles:?}"
    );
    let odd = read.iter().find(|e| e.date().is_ok()).expect("one has a date");
    assert_eq!(odd.url().unwrap(), "https://example.org/a_%7Bb%7D?c=d%20e&f=%5Cg");
    assert_eq!(odd.author().unwrap()[0].name, "Press & Sons (Ltd) 100%");
    let note = odd.note().unwrap().format_verbatim();
    assert!(note.starts_with("Licence: CC BY 4.0. SHA-256 of the text: "), "{note}");
    assert_eq!(wrong(&temp, text.as_bytes()), [""; 0]);
    for changed in [
        text.replacen("All incidents", "Some incidents", 1),
        text.replacen("Generated story 3", "Generated story 7", 1),
        text[..text.len() / 2].to_owned(),
        format!("{text}more"),
    ] {
        assert_eq!(wrong(&temp, changed.as_bytes()).len(), 1, "{changed}");
    }
}

#[test]
fn every_record_of_ris_is_whole() {
    let mut docs = vec![hostile()];
    for (i, kind) in SourceKind::ALL.into_iter().enumerate() {
        let title = format!("Story {i}");
        let mut doc = document(&format!("{i}.txt"), &title, &["2020-01-01; other; Gao"]);
        doc.meta.kind = kind;
        docs.push(doc);
    }
    let temp = TempDb::with(&docs);
    let text = text(&temp, Format::Ris);
    let mut records = Vec::new();
    for line in text.split("\r\n").filter(|line| !line.is_empty()) {
        let (tag, value) = line.split_once("  - ").expect(line);
        assert!(
            tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        );
        match tag {
            "TY" => records.push(vec![(tag, value)]),
            _ => records.last_mut().expect("TY comes first").push((tag, value)),
        }
    }
    assert_eq!(records.len(), 7);
    for record in &records {
        assert_eq!(record.last(), Some(&("ER", "")));
        assert_eq!(record.iter().filter(|(tag, _)| *tag == "TI").count(), 1);
        assert!(record.iter().any(|(_, v)| v.starts_with("All incidents. ")), "{record:?}");
    }
    let odd = records.iter().find(|r| r.contains(&("PY", "2022"))).unwrap();
    assert!(odd.contains(&("DA", "2022/04//")) && odd.contains(&("Y2", "2023/05/06/")));
    assert!(odd.contains(&("TI", HOSTILE)));
    // Its last notes are what can be verified.
    assert_eq!(wrong(&temp, text.as_bytes()), [""; 0]);
    for changed in [
        text.replacen("All incidents", "Some incidents", 1),
        text.replacen("Story 3", "Story 7", 1),
        text.replacen("count 7", "count 8", 1),
        text[..text.len() / 2].to_owned(),
        format!("{text}more"),
    ] {
        assert_ne!(changed, text);
        assert_eq!(wrong(&temp, changed.as_bytes()).len(), 1, "{changed}");
    }
    // A view of nothing has a record all the same, which says so.
    let none = written(&temp, &[("from", "2031")], Lang::En, Format::Ris, false);
    let none = String::from_utf8(none).unwrap();
    assert!(none.starts_with("TY  - GEN\r\nTI  - Incidents from 2031 on\r\nN1  - "), "{none}");
    assert_eq!(none.matches("ER  - ").count(), 1);
    assert_eq!(wrong(&temp, none.as_bytes()), [""; 0]);
}

#[test]
fn markdown_shows_the_words_and_nothing_of_them_is_markup() {
    let temp = TempDb::with(&[hostile()]);
    let text = text(&temp, Format::Markdown);
    let (mut shown, mut html, mut marks) = (String::new(), Vec::new(), 0);
    for event in pulldown_cmark::Parser::new(&text) {
        use pulldown_cmark::{Event, Tag};
        match event {
            Event::Text(text) => shown.push_str(&text),
            Event::Html(text) => html.push(text.to_string()),
            Event::InlineHtml(_) | Event::Code(_) => marks += 1,
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis) => marks += 1,
            Event::SoftBreak => shown.push(' '),
            _ => {}
        }
    }
    assert_eq!(marks, 0, "{text}");
    assert!(
        html.iter().all(|h| h.starts_with("<!-- lang ") || h.starts_with("<!-- sha256 ")),
        "{html:?}"
    );
    assert!(shown.contains(HOSTILE), "{shown}");
    assert!(shown.contains("“3 total killed”"), "{shown}");
    assert_eq!(wrong(&temp, text.as_bytes()), [""; 0]);
    let many = TempDb::with(&documents(9, 5, 5));
    let text = self::text(&many, Format::Markdown);
    for incident in many.all() {
        assert!(text.contains(&format!("\n\n{} · ", incident.id)), "{}", incident.id);
    }
    let quotes = text.lines().filter(|l| l.starts_with("- ")).count();
    assert_eq!(quotes, many.all().iter().map(|i| i.claims().count()).sum::<usize>());
}

#[test]
fn json_is_as_its_schema_says() {
    let schema: Value = serde_json::from_str(include_str!("../docs/export.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let mut docs = documents(10, 12, 10);
    docs.push(hostile());
    docs.push(document(
        "z.txt",
        "Undated",
        &["-; other; region:Mopti; wagner-group:denied:Army; -; killed total dozens"],
    ));
    for temp in [TempDb::with(&docs), TempDb::new()] {
        let export: Value = serde_json::from_str(&text(&temp, Format::Json)).unwrap();
        let errors: Vec<_> = schema.iter_errors(&export).map(|e| e.to_string()).collect();
        assert_eq!(errors, [""; 0]);
    }
    // It can fail.
    let temp = TempDb::with(&docs);
    let export: Value = serde_json::from_str(&text(&temp, Format::Json)).unwrap();
    for (path, bad) in [
        ("/incidents/0/date/precision", Value::from("week")),
        ("/incidents/0/accounts", Value::Array(Vec::new())),
        ("/sources/0/sha256", Value::from("x")),
        ("/exported", Value::Null),
    ] {
        let mut export = export.clone();
        *export.pointer_mut(path).unwrap() = bad;
        assert!(!schema.is_valid(&export), "{path}");
    }
}

/// What publishers ask for stands in every file that has rows of theirs, and in no other.
#[test]
fn what_publishers_ask_stands_in_every_format() {
    let mut ged = document("ged.txt", "GED", &["2022-04-19; massacre; Hombori; jnim; civilians"]);
    ged.meta.publisher = Some("Uppsala Conflict Data Program (UCDP)".to_owned());
    ged.meta.licence = Some("CC BY 4.0".to_owned());
    let story = document("story.txt", "Story", &["2023-04-20; other; Gao"]);
    let temp = TempDb::with(&[ged, story]);
    for format in Format::ALL {
        let said = |pairs: &[(&str, &str)], lang| {
            let bytes = written(&temp, pairs, lang, format, false);
            match format {
                Format::Xlsx => {
                    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
                    let sheets = book.worksheets();
                    let cells = sheets.iter().flat_map(|(_, sheet)| sheet.cells());
                    cells.map(|(_, _, cell)| format!("{cell}\n")).collect()
                }
                _ => String::from_utf8(bytes).unwrap(),
            }
        };
        let all = said(&[], Lang::En);
        assert!(
            all.contains("Introducing the UCDP Georeferenced Event Dataset"),
            "{format:?}: {all}"
        );
        assert!(all.contains("CC BY 4.0"), "{format:?}");
        assert!(said(&[], Lang::Fr).contains("et Erik Melander"), "{format:?}");
        let other = said(&[("from", "2023")], Lang::En);
        assert!(!other.contains("Melander"), "{format:?}: {other}");
    }
}
