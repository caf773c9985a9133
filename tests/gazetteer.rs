//! Places that users load, with the real program: used by later imports, never in place of
//! what the program knows, ambiguous where they are.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).unwrap();
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_mali-timeline"))
            .args(args)
            .current_dir(self.path())
            .env_remove("MALI_TIMELINE_DB")
            .output()
            .unwrap()
    }

    /// What it says on standard output, and that all was well.
    fn ok(&self, args: &[&str]) -> String {
        let out = self.run(args);
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    /// The first place of the one incident.
    fn place(&self) -> Value {
        let lines = self.ok(&["export", "--format", "json"]);
        let json: Value = serde_json::from_str(&lines).unwrap();
        let incidents = json["incidents"].as_array().unwrap();
        assert_eq!(incidents.len(), 1, "{lines}");
        incidents[0]["accounts"][0]["places"][0].clone()
    }
}

const STORY: &str = "On 3 May 2022, gunmen killed 12 civilians in the village of Zangadji.\n";

#[test]
fn a_loaded_place_is_known_to_later_imports() {
    let folder = Folder::new();
    folder.write("story.txt", STORY);
    folder
        .write("mine.csv", "name,lat,lon,cercle,aliases\nZanga Dji,14.10,-3.50,Bankass,Zangadji\n");
    let said = folder.ok(&["gazetteer", "import", "mine.csv"]);
    assert!(said.starts_with("places     1 loaded"), "{said}");
    assert!(folder.ok(&["gazetteer", "list"]).starts_with("mine.csv: 1 places, loaded 2"));
    folder.ok(&["import", "story.txt"]);
    let place = folder.place();
    assert_eq!((&place["lat"], &place["lon"]), (&14.1.into(), &(-3.5).into()), "{place}");
    assert_eq!(
        (&place["region_then"], &place["region_now"]),
        (&"mopti".into(), &"bandiagara".into())
    );
    assert_eq!(place["id"], "zanga-dji");

    assert_eq!(folder.ok(&["gazetteer", "remove", "mine.csv"]), "mine.csv: removed\n");
    assert_eq!(folder.ok(&["gazetteer", "list"]), "");
    assert_eq!(folder.run(&["gazetteer", "remove", "mine.csv"]).status.code(), Some(1));
}

#[test]
fn a_homonym_without_context_is_reported_with_its_candidates() {
    let folder = Folder::new();
    folder.write(
        "mine.csv",
        "name,lat,lon,cercle\nZangadji,14.10,-3.50,Bankass\nZangadji,16.2,-0.1,Gao\n",
    );
    folder.ok(&["gazetteer", "import", "mine.csv"]);
    folder.write("story.txt", STORY);
    let out = folder.run(&["import", "story.txt"]);
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(
        said.contains(
            "line 1: expected a region or cercle that tells which of several places is \
                       meant: Zangadji (Bankass), Zangadji (Gao), found Zangadji"
        ),
        "{said}"
    );
    let place = folder.place();
    assert_eq!((&place["lat"], &place["region_then"]), (&Value::Null, &Value::Null));
    folder.write("story.txt", &STORY.replace("Zangadji", "Zangadji, in Gao Region"));
    folder.ok(&["import", "story.txt"]);
    assert_eq!(
        (&folder.place()["lat"], &folder.place()["region_now"]),
        (&16.2.into(), &"gao".into())
    );
}

#[test]
fn what_the_program_knows_wins() {
    let folder = Folder::new();
    folder.write("mine.csv", "name,lat,lon,cercle\nHombori,12.0,-8.0,Kati\n");
    folder.ok(&["gazetteer", "import", "mine.csv"]);
    folder.write("story.txt", &STORY.replace("Zangadji", "Hombori"));
    folder.ok(&["import", "story.txt"]);
    assert_eq!(folder.place()["lat"], 15.28);
}

#[test]
fn a_place_of_a_dataset_with_an_exact_point_is_known_to_later_documents() {
    let folder = Folder::new();
    let header = "id,type_of_violence,side_a,side_b,dyad_name,source_original,where_prec,\
                  where_coordinates,adm_1,adm_2,latitude,longitude,country,date_prec,date_start,\
                  date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low";
    let row = "1,3,JNIM,Civilians,JNIM - Civilians,locals,1,Zangadji village,Mopti region,\
               Bankass cercle,14.1,-3.5,Mali,1,2021-01-05,2021-01-05,0,0,3,0,3,3,3";
    folder.write("ged.csv", &format!("{header}\n{row}\n"));
    folder.write("story.txt", STORY);
    folder.ok(&["import", "ged.csv"]);
    folder.ok(&["import", "story.txt"]);
    let json: Value =
        serde_json::from_str(&folder.ok(&["export", "--format", "json", "--from", "2022"]))
            .unwrap();
    let place = &json["incidents"][0]["accounts"][0]["places"][0];
    assert_eq!(
        (&place["lat"], &place["region_now"]),
        (&14.1.into(), &"bandiagara".into()),
        "{place}"
    );
}

#[test]
fn err_files_that_are_no_gazetteer() {
    let folder = Folder::new();
    folder.write("bad.csv", "a,b\n1,2\n");
    let out = folder.run(&["gazetteer", "import", "bad.csv"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&out.stderr).contains("line 1: expected a column name"));
    assert!(!folder.path().join("mali-timeline.db").exists(), "nothing is made of a bad file");
    assert_eq!(folder.run(&["gazetteer", "import", "none.csv"]).status.code(), Some(1));
    assert_eq!(folder.run(&["gazetteer", "list"]).status.code(), Some(1));
    folder.write("half.csv", "name,lat,lon\nFine,14,-4\nBad,99,0\n");
    let out = folder.run(&["gazetteer", "import", "half.csv"]);
    assert!(out.status.success(), "what can be read is in");
    assert!(String::from_utf8_lossy(&out.stderr).contains("line 3: expected a point in Mali"));
    assert!(folder.ok(&["gazetteer", "list"]).starts_with("half.csv: 1 places"));
}

/// Fifteen thousand places beside those that the program knows.
#[test]
fn the_country_file_of_geonames_is_loaded_and_used() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/geo/geonames_ML.txt");
    if !file.exists() {
        println!("{}: not here, not tested", file.display());
        return;
    }
    let folder = Folder::new();
    let said = folder.ok(&["gazetteer", "import", file.to_str().unwrap()]);
    assert!(said.contains("credit     GeoNames"), "{said}");
    folder.write("story.txt", &STORY.replace("Zangadji", "Hombori"));
    folder.ok(&["import", "story.txt"]);
    let place = folder.place();
    assert_eq!((&place["id"], &place["lat"]), (&"hombori".into(), &15.28.into()));
}
