use super::*;
use std::sync::LazyLock;

static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

/// A row of GeoNames with these cells; the others are empty.
fn row(cells: &[(usize, &str)]) -> String {
    let mut all = vec![""; 19];
    (all[0], all[4], all[5], all[8]) = ("1", "15.28", "-1.70", "ML");
    for (i, cell) in cells {
        all[*i] = cell;
    }
    all.join("\t")
}

fn geonames() -> String {
    let region = [(1, "Mopti Region"), (6, "A"), (7, "ADM1"), (10, "04")];
    let cercle = [(1, "Cercle de Douentza"), (6, "A"), (7, "ADM2"), (10, "04"), (11, "77")];
    let village = [
        (1, "Tora Bora"),
        (2, "Tora Bora"),
        (3, "Torabora,Тора-Бора,Tó,Tora  Bora,Tora Pora"),
        (6, "P"),
        (7, "PPL"),
        (10, "04"),
        (11, "77"),
    ];
    let unplaced = [(1, "Ailleurs"), (6, "P"), (7, "PPL"), (10, "99")];
    let ruin = [(1, "Gone"), (6, "P"), (7, "PPLQ"), (10, "04")];
    let well = [(1, "Well"), (6, "H"), (7, "WLL"), (10, "04")];
    let abroad = [(1, "Djibo"), (6, "P"), (7, "PPL"), (8, "BF")];
    let far = [(1, "Far"), (6, "P"), (7, "PPL"), (4, "48.8")];
    let rows = [&region[..], &village, &unplaced, &ruin, &well, &abroad, &far, &cercle];
    let rows: Vec<_> = rows.iter().map(|cells| row(cells)).collect();
    format!("{}\ncut\trow\n", rows.join("\n"))
}

#[test]
fn ok_populated_places_of_geonames_with_what_the_codes_stand_for() {
    let found = read("ML.txt", geonames().as_bytes(), &KNOWN).unwrap();
    let places: Vec<_> = found.places.iter().map(|p| (&*p.name, &*p.cercle, &*p.region)).collect();
    assert_eq!(places, [("Tora Bora", "Douentza", "mopti"), ("Ailleurs", "", "")]);
    assert_eq!(found.places[0].aliases, ["Torabora", "Tora Pora"]);
    assert_eq!(found.left_out, 5);
    let problems: Vec<_> = found.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "ML.txt:7: expected a point in Mali, found 48.8, -1.7",
            "ML.txt:9: expected 19 columns between tabs, found 2 columns",
        ]
    );
    assert!(found.credit.contains("CC BY 4.0"));
}

#[test]
fn ok_a_table_in_english_or_french() {
    for text in [
        "name,lat,lon,cercle,region,aliases\nTora Bora,15.1,-2.5,Douentza,,Torabora|Tora Pora\n",
        "Nom;Latitude;Longitude;Cercle;Région;Alias\nTora Bora;15,1;-2,5;Douentza;;Torabora|Tora Pora\n",
    ] {
        let found = read("places.csv", text.as_bytes(), &KNOWN).unwrap();
        assert!(found.problems.is_empty(), "{:?}", found.problems);
        let [place] = &found.places[..] else { panic!("{text}") };
        assert_eq!((place.lat, place.lon), (Some(15.1), Some(-2.5)));
        assert_eq!((&*place.cercle, place.aliases.len()), ("Douentza", 2));
    }
    let found = read("p.csv", b"lieu,region\nTora,Tombouctou\n", &KNOWN).unwrap();
    assert_eq!((&*found.places[0].region, found.places[0].lat), ("tombouctou", None));
}

#[test]
fn err_rows_are_named_and_the_others_are_in() {
    let text = "name,lat,lon,cercle,region\nA,x,1,,\nB,15,y,,\nC,48,2,,\nD,15,-2,Nowhere,\n\
                E,15,-2,,Atlantis\n,15,-2,,\nFine,15,-2,Gao,gao\n";
    let found = read("p.csv", text.as_bytes(), &KNOWN).unwrap();
    let problems: Vec<_> = found.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "p.csv:2: expected degrees north such as 15.28, found x",
            "p.csv:3: expected degrees east such as -1.70, found y",
            "p.csv:4: expected a point in Mali, found 48, 2",
            "p.csv:5: expected a cercle of Mali, found Nowhere",
            "p.csv:6: expected a region of Mali, found Atlantis",
            "p.csv:7: expected a name, found ",
        ]
    );
    assert_eq!(found.places.len(), 1);
    let error = read("p.csv", b"a,b\n1,2\n", &KNOWN).unwrap_err();
    assert!(error.to_string().starts_with("p.csv:1: expected a column name"), "{error}");
    assert!(read("p.csv", b"", &KNOWN).is_err() && read("p.csv", b"\0\x01", &KNOWN).is_err());
}

/// The real file, where it is at hand.
#[test]
fn ok_the_country_file_of_geonames() {
    let path = std::path::Path::new("../shared/geo/geonames_ML.txt");
    let Ok(bytes) = std::fs::read(path) else {
        println!("{}: not here, not tested", path.display());
        return;
    };
    let found = read("ML.txt", &bytes, &KNOWN).unwrap();
    // Some of its points lie in the neighbouring countries.
    assert!((1..20).contains(&found.problems.len()), "{:?}", found.problems);
    assert!((15_300..15_448).contains(&found.places.len()), "{}", found.places.len());
    let placed = found.places.iter().filter(|p| !p.cercle.is_empty()).count();
    let in_region = found.places.iter().filter(|p| !p.region.is_empty()).count();
    // The file itself gives the cercle of few.
    assert!(in_region > 14_000 && placed > 1_500, "{in_region} {placed}");
}
