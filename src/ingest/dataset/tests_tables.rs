//! Tables of any make: by mapping, by hashtags, workbooks, events as JSON.

use super::tests::{KNOWN, read, read_with, told, told_all};
use super::*;
use crate::model::document::Shape;

const FICHE: &str =
    "date;evenement;victimes;point;auteur;cibles;nbr_morts;nbr_blesses;source;lien\n";

#[test]
fn ok_a_french_sheet_kept_by_hand() {
    let text = format!(
        "{FICHE}\
         19/04/2022;Explosion d'un EEI;3 morts (2 militaires et 1 civil);Hombori;JNIM (présumé);militaires;3;;RFI;https://example.org/1\n\
         05/05/2022;Massacre dans un village;Au moins 12 civils tués;Diafarabé;inconnu;civils;12+;une dizaine;-;\n\
         mai 2022;Embuscade;néant;14.5, -4.1;revendiquée par le JNIM;FAMa;entre 6 et 9;0;AFP;\n"
    );
    let read = read("fiche.csv", &text);
    assert_eq!(read.problems, Vec::<String>::new());
    assert_eq!(read.shape, Some(Shape::Table));
    let keyless: Vec<String> =
        told_all(&read).iter().map(|t| t.split_once(" | ").expect("a key").1.to_owned()).collect();
    assert_eq!(
        keyless,
        [
            "2022-04-19..2022-04-19 day | bombing | hombori unknown mopti/douentza - | \
             suspected jnim | soldiers, civilians | killed total 3..3 exact by RFI*, \
             killed soldiers 2..2 exact part by RFI*, killed civilians 1..1 exact part by RFI*",
            "2022-05-05..2022-05-05 day | massacre | diafarabe unknown mopti/mopti - |  | \
             civilians | killed total 12..? at least, wounded total 10..10 about, \
             killed civilians 12..? at least",
            "2022-05-01..2022-05-31 month | attack-on-armed-forces | 14-5-4-1 exact -/- 14.50,-4.10 | \
             claimed jnim | soldiers | killed total 6..9 range by AFP*",
        ]
    );
    let claims = &read.records[0].draft.claims;
    assert_eq!(claims[1].passage.quote, "3 morts (2 militaires");
}

#[test]
fn ok_the_aid_worker_security_database() {
    let text = "Incident ID,Year,Month,Day,Country Code,Country,Region,District,City,Total killed,\
        Total wounded,Total kidnapped,Means of attack,Latitude,Longitude,Actor type,Actor name,Details\n\
        11,2021,8,2,ML,Mali,Mopti,,,1,0,2,Kidnapping,14.5,-4.2,Unknown,Unknown,Staff were taken.\n\
        12,2021,8,NULL,ML,Mali,Gao,Ansongo,Ansongo,0,3,0,Roadside IED,15.66,0.5,Non-state,JNIM,A mine.\n\
        13,2021,,,NE,Niger,,,,1,0,0,Shooting,,,,,\n";
    let read = read("security_incidents.csv", text);
    assert_eq!(read.problems, Vec::<String>::new());
    assert_eq!(
        told_all(&read),
        [
            "11 | 2021-08-02..2021-08-02 day | abduction | mopti region mopti/- - |  | \
             aid-workers, civilians | killed civilians 1..1 exact, abducted civilians 2..2 exact",
            "12 | 2021-08-01..2021-08-31 month | bombing | ansongo near gao/gao 15.66,0.50 | \
             stated jnim | aid-workers, civilians | wounded civilians 3..3 exact",
        ]
    );
    assert_eq!(read.outside, 1);
}

const HXL: &str = "code,when,until,what,who,whom,region,place,lat,lon,notes,dead low,dead high\n\
    #event+code,#date+occurred,#date+end,#event+type,#group+name+first,#group+name+second,\
    #adm1+name,#loc+name,#geo+lat,#geo+lon,#description,#affected+killed+min,#affected+max+killed\n";

#[test]
fn ok_hashtags_name_the_columns() {
    let row =
        "E1,2022-04-19,2022-04-20,airstrike,JNIM,Civilians,Mopti,Hombori,15.28,-1.7,Told.,3,7\n";
    let expected = "E1 | 2022-04-19..2022-04-20 range | airstrike | \
        hombori exact mopti/douentza 15.28,-1.70 | involved jnim |  | killed total 3..7 range";
    let (_, tags) = HXL.split_once('\n').expect("two rows");
    for text in [format!("{HXL}{row}"), format!("{tags}{row}"), format!("A title\n\n{HXL}{row}")] {
        let read = read("x.csv", &text);
        assert_eq!(told_all(&read), [expected], "{text} {:?}", read.problems);
    }
    // Below the header of a known dataset they are passed over.
    let text = "event_id_cnty,event_date,actor1,actor2\n#event+code,#date+occurred,#group+name,\n\
                MLI1,2022-04-19,JNIM,\n";
    let read = read("x.csv", text);
    assert_eq!((read.shape, read.records.len()), (Some(Shape::Acled), 1));
}

#[test]
fn ok_a_mapping_of_ones_own() {
    let mapping = Mapping::parse(
        "name = 'mine'\ndate_formats = ['%m/%d/%Y']\nmissing = ['?']\n\
         [columns]\nid = 'n°'\ndate = 'Jour'\ndate_precision = 'p'\nplace = 'Lieu'\n\
         place_precision = 'q'\nlatitude = 'y'\nlongitude = 'x'\nperpetrators = ['qui']\n\
         [[figures]]\ncolumn = 'min'\nhigh = 'max'\nmeasure = 'killed'\ngroup = 'soldiers'\n\
         [date_codes]\n1 = 'day'\n2 = 'week'\n[place_codes]\na = 'near'\n",
    );
    let options = Options { mapping: Some(mapping.expect("it is whole")), ..Options::default() };
    let text = "N°\tJOUR\tp\tlieu\tq\ty\tx\tqui\tmin\tmax\n\
        1\t04/19/2022\t2\tHombori\ta\t15,28\t-1,7\tDes inconnus\t3\t5\n\
        2\t?\t\tNulle part\t\t\t\t?\t\t\n\
        3\t04/19/2022\t9\tHombori\ta\t\t\t\t\t\n\
        4\t04/19/2022\t1\tHombori\tz\t\t\t\t\t\n\
        5\tjamais\t1\tHombori\ta\t\t\t\t\t\n\
        6\t04/19/2022\t1\tHombori\ta\t\t\t\tbeaucoup\t\n";
    let read = read_with("x.tsv", text.as_bytes(), &options);
    assert_eq!(
        told_all(&read),
        [
            "1 | 2022-04-13..2022-04-25 range | other | hombori near mopti/douentza 15.28,-1.70 | \
             involved des-inconnus | soldiers | killed soldiers 3..5 range",
            "2 | ?..? unknown | other | nulle-part unknown -/- - |  |  | ",
        ]
    );
    assert_eq!(
        read.problems,
        [
            "x.tsv:4: expected a code of the mapping in column p, found \"9\"",
            "x.tsv:5: expected a code of the mapping in column q, found \"z\"",
            "x.tsv:6: expected a date in column JOUR, found \"jamais\"",
            "x.tsv:7: expected a number of people in column min, found \"beaucoup\"",
        ]
    );
    assert_eq!(read.records[1].draft.date_passage, None);
}

#[test]
fn err_a_mapping_without_a_date() {
    let mapping = Mapping::parse("name = 'x'\n[columns]\nplace = 'a'").expect("it is whole");
    let options = Options { mapping: Some(mapping), ..Options::default() };
    let read = read_with("x.csv", b"a,b\n1,2\n", &options);
    assert_eq!(read.problems, ["x.csv:1: expected a column of dates, found the columns a, b"]);
}

#[test]
fn ok_a_row_without_an_id_is_known_by_what_it_says() {
    let row = "19/04/2022;Embuscade;;Hombori;JNIM;FAMa;3;;;\n";
    let key = |text: &str| read("x.csv", &format!("{FICHE}{text}")).records[0].key.clone();
    assert_eq!(key(row), key(&format!("\n{row}")));
    assert_ne!(key(row), key(&row.replace(";3;", ";4;")));
}

#[test]
fn ok_workbooks() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet();
    let sheet = book.add_worksheet();
    let date = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    sheet.write(0, 0, "Incidents, with a note; and more").expect("a cell");
    for (column, name) in FICHE.trim().split(';').enumerate() {
        sheet.write(2, column as u16 + 1, name).expect("a cell");
    }
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2022, 4, 19).expect("a day");
    sheet.write_with_format(3, 1, &day, &date).expect("a cell");
    sheet.write(3, 2, "Embuscade").expect("a cell");
    sheet.write(3, 4, "Hombori").expect("a cell");
    sheet.write(3, 5, "JNIM").expect("a cell");
    sheet.write(3, 6, "FAMa").expect("a cell");
    sheet.write(3, 7, 12).expect("a cell");
    sheet.write(4, 1, 44670).expect("a cell");
    sheet.write(4, 10, "x").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let read = read_with("x.xlsx", &bytes, &Options::default());
    assert_eq!(read.records.len(), 1, "{:?}", read.problems);
    let told = told(&read.records[0]);
    assert!(
        told.contains("2022-04-19..2022-04-19 day | attack-on-armed-forces | hombori"),
        "{told}"
    );
    assert!(told.ends_with("stated jnim | soldiers | killed total 12..12 exact"), "{told}");
    assert_eq!(read.records[0].line, 4);
    // A number that is not shown as a date is none.
    assert_eq!(read.problems, ["x.xlsx:5: expected a date in column date, found \"44670\""]);
    assert!(sheet::unpacked(&bytes) > bytes.len() as u64);
    let cut = read_with("x.xlsx", &bytes[..bytes.len() / 2], &Options::default());
    assert!(cut.problems[0].starts_with("x.xlsx:1: expected a workbook (XLSX), found "));
}

#[test]
fn ok_a_header_below_a_title() {
    let row = "19/04/2022;Embuscade;;Hombori;JNIM;FAMa;3;;;\n";
    let read = read("x.csv", &format!("Nos incidents;;;;;;;;;\n\n{FICHE}{row}"));
    let lines: Vec<_> = read.records.iter().map(|r| r.line).collect();
    assert_eq!((lines, read.problems), (vec![4], Vec::new()));
    assert_eq!(read.header[1], "evenement");
}

#[test]
fn ok_events_of_timemap() {
    let text = r#"[
        {"id":"t1","description":"A convoy was hit.","date":"04/19/2022","time":"10:00",
         "location":"Hombori","latitude":"15.28","longitude":-1.7,"category":"Airstrike",
         "sources":["a","b"],"associations":[{"id":"x"}]},
        {"id":2,"description":"","date":"2022-04-20","location":"","latitude":"","longitude":""},
        7]"#;
    let read = read("events.json", text);
    assert_eq!(
        told_all(&read),
        [
            "t1 | 2022-04-19..2022-04-19 day | airstrike | \
             hombori exact mopti/douentza 15.28,-1.70 |  |  | ",
            "2 | 2022-04-20..2022-04-20 day | other |  |  |  | ",
        ]
    );
    assert_eq!(read.shape, Some(Shape::Timemap));
    assert_eq!(read.problems, ["events.json:3: expected an object for each event, found 7"]);
    let record = &read.records[0];
    assert_eq!(record.draft.passage.quote, "description: A convoy was hit.");
    let text = crate::model::record::text(&read.header, &record.cells);
    assert!(text.contains("associations: {\"id\":\"x\"}\n") && text.contains("sources: a; b\n"));
}

#[test]
fn ok_every_ready_made_mapping_finds_its_own_header() {
    for mapping in &KNOWN.mappings {
        let columns = Columns::new(&mapping.header);
        let found = table::ready_made(&KNOWN, &columns).map(|m| m.name.as_str());
        assert_eq!(found, Some(mapping.name.as_str()));
        let fields = table::Fields::of(mapping, &columns);
        assert!(fields.date.or(fields.year).is_some(), "{}", mapping.name);
    }
}

#[test]
fn ok_names_of_any_script_are_kept() {
    let mapping = Mapping::parse(
        "name = 'x'\nmissing = ['-']\n[columns]\ndate = 'التاريخ'\nplace = 'المكان'\n\
         perpetrators = ['الفاعل']\n",
    );
    let options = Options { mapping: Some(mapping.expect("it is whole")), ..Options::default() };
    let text = "التاريخ,المكان,الفاعل\n2022-04-19,غاو,مسلحون\n2022-04-20,-,-\n";
    let read = read_with("x.csv", text.as_bytes(), &options);
    let [first, second] = &read.records[..] else { panic!("{:?}", read.problems) };
    assert_eq!(first.draft.places[0].name, "غاو");
    assert_eq!(first.draft.attributions[0].name, "مسلحون");
    assert_eq!(first.draft.attributions[0].passage.quote, "الفاعل: مسلحون");
    assert!(second.draft.places.is_empty() && second.draft.attributions.is_empty());
}

#[test]
fn a_homonym_that_nothing_tells_apart_is_read_and_reported() {
    let mapping = Mapping::parse(
        "name = \"mine\"\n[columns]\nid = \"id\"\ndate = \"date\"\nplace = \"place\"\n\
         region = \"region\"\ncercle = \"cercle\"\nlatitude = \"lat\"\nlongitude = \"lon\"\n",
    )
    .unwrap();
    let options = Options { mapping: Some(mapping), ..Options::default() };
    let text = "id,date,place,region,cercle,lat,lon\n\
                1,2022-04-19,Bamba,,,,\n\
                2,2022-04-19,Bamba,Gao,,,\n\
                3,2022-04-19,Bamba,,Koro,,\n\
                4,2022-04-19,Bamba,,,17.03,-1.40\n\
                5,2022-04-19,Hombori,,,,\n\
                6,2022-04-19,Sokoura,Mopti,,,\n";
    let read = read_with("a.csv", text.as_bytes(), &options);
    assert_eq!(read.problems, [""; 0]);
    assert_eq!(read.records.len(), 6, "every row is read");
    let open: Vec<_> = read.records.iter().flat_map(|r| &r.open).map(ToString::to_string).collect();
    assert_eq!(
        open,
        [
            "a.csv:2: expected a region, cercle or point that tells which of several places is \
             meant (Bamba (Koro), Bamba (Bourem)) in column place, found \"Bamba\"",
            "a.csv:7: expected a region, cercle or point that tells which of several places is \
             meant (Socoura (Mopti), Sokoura (Bankass)) in column place, found \"Sokoura\"",
        ]
    );
    // Which is meant stays open: no cercle, no point, no region but the one it was given.
    let place = &read.records[0].draft.places[0];
    assert_eq!((&place.region_then, &place.cercle, place.lat), (&None, &None, None));
    let ids: Vec<_> = read.records.iter().map(|r| r.draft.places[0].id.as_str()).collect();
    assert_eq!(ids[3], "bamba-bourem");
    assert_ne!(ids[0], ids[3]);
    assert_ne!(ids[0], ids[2]);
}
