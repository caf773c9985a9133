//! The program as it is called: what it prints, and its exit codes.

mod support;

use std::fs;
use std::io::BufRead;
use std::path::Path;
use std::process::{Command, Output};
use support::generate::documents;
use support::{TempDb, document};

/// A document that the program itself can read.
const STORY: &str = "---
title: Attack on a market
publisher: The Test Press
published: 2022-04-20
kind: news
---

On 19 April 2022, soldiers killed at least 50 civilians in Hombori, Mali.
";

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mali-timeline"))
        .args(args)
        .current_dir(folder)
        .env_remove("MALI_TIMELINE_DB")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Exit code, standard output, standard error.
fn said(output: &Output) -> (i32, String, String) {
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn small() -> TempDb {
    TempDb::with(&[document(
        "a.txt",
        "Story",
        &[
            "2022-04-19; massacre; Hombori; jnim; civilians; killed civilians 50+",
            "2021-04-19; other; Gao; wagner-group:denied; -; -",
        ],
    )])
}

#[test]
fn sources_are_marked_as_sensitive_and_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let sensitive = STORY.replace("kind: news", "kind: news\nsensitive: yes");
    std::fs::write(folder.path().join("a.md"), sensitive).unwrap();
    assert_eq!(run(folder.path(), &["import", "a.md"]).status.code(), Some(0));
    let rows = |more: &[&str]| {
        let args = [&["export", "--format", "jsonl"], more].concat();
        text(&run(folder.path(), &args).stdout).lines().count() - 1
    };
    assert_eq!((rows(&[]), rows(&["--redact"])), (1, 0));
    let mark = |args: &[&str]| said(&run(folder.path(), &[&["source", "mark"], args].concat()));
    let id = "attack-on-a-market";
    let (code, out, _) = mark(&[id, "--no-sensitive"]);
    assert_eq!((code, out), (0, format!("{id}: no longer marked as sensitive\n")));
    assert_eq!(rows(&["--redact"]), 1);
    let (code, out, err) = mark(&["nobody", id, "--sensitive"]);
    assert_eq!((code, out), (1, format!("{id}: marked as sensitive\n")));
    assert!(err.contains("\"nobody\" is no source"), "{err}");
    assert_eq!(rows(&["--redact"]), 0);
    for usage in [&[id][..], &[id, "--sensitive", "--no-sensitive"], &["--sensitive"]] {
        assert_eq!(mark(usage).0, 2, "{usage:?}");
    }
}

#[test]
fn err_bad_usage_is_exit_2_and_says_what_is_allowed() {
    let temp = small();
    let folder = temp.folder.path();
    let export =
        |more: &[&'static str]| [&["export", "--db", "test.db", "--format", "json"], more].concat();
    for (args, expected) in [
        (export(&["--region", "nowhere"]), "error: --region=nowhere: expected one of"),
        (export(&["--perpetrator", "nobody"]), "error: --perpetrator=nobody: expected one of"),
        (export(&["--source", "x"]), "error: --source=x: expected one of story"),
        (export(&["--from", "May"]), "error: --from=May: expected a date as YYYY"),
        (export(&["--from", "2023", "--to", "2022"]), "expected a date not before 2023"),
        (export(&["-q", "…"]), "has no letter or digit to search for"),
        (export(&["--stance", "sure"]), "[possible values: stated, claimed, accused"),
        (export(&["--lang", "de"]), "[possible values: en, fr]"),
        (
            vec!["export", "--format", "pdf"],
            "[possible values: html, csv, claims.csv, xlsx, json, jsonl, geojson, timelinejs, md, bib, ris]",
        ),
        (vec!["export"], "--format <FORMAT>"),
        (vec!["import"], "<PATH>..."),
        (
            vec!["import", "--published", "May", "a.txt"],
            "expected YYYY, YYYY-MM or YYYY-MM-DD, found \"May\"",
        ),
        (vec!["--port", "80000"], "80000"),
        (vec!["--allow-host", "http://desk:80"], "expected the name of a host without http://"),
        (vec!["--time-limit=-1"], "expected seconds, 0 to 3600"),
        (vec!["--time-limit", "soon"], "expected seconds, 0 to 3600"),
        (vec!["--token", " "], "expected a key, found nothing"),
        (
            vec!["--port", "1", "verify", "a.txt"],
            "--port, --open, --lan and all that serve takes stand after the command serve",
        ),
        (vec!["--data", "nowhere", "verify", "a.txt"], "--data nowhere: no such folder"),
        (vec!["fly"], "unrecognized subcommand"),
    ] {
        let (code, out, err) = said(&run(folder, &args));
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(err.contains(expected), "{args:?}: {err}");
    }
}

#[test]
fn export_writes_the_filtered_rows_or_leaves_the_old_file() {
    let temp = small();
    let folder = temp.folder.path();
    let ids = |args: &[&str]| {
        let all = [&["export", "--db", "test.db", "--format", "json"], args].concat();
        let (code, out, err) = said(&run(folder, &all));
        assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
        let json: serde_json::Value = serde_json::from_str(&out).unwrap();
        let incidents = json["incidents"].as_array().unwrap().iter();
        incidents.map(|i| i["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&[]), ["2022-04-19-hombori", "2021-04-19-gao"]);
    assert_eq!(ids(&["--sort", "oldest"]), ["2021-04-19-gao", "2022-04-19-hombori"]);
    assert_eq!(
        ids(&["--region", "mopti", "--region", "kidal", "--from", "2022"]),
        ["2022-04-19-hombori"]
    );
    assert_eq!(ids(&["--perpetrator", "wagner-group"]), [""; 0]);
    assert_eq!(ids(&["--perpetrator", "wagner-group", "--stance", "denied"]), ["2021-04-19-gao"]);

    let file = folder.join("view.html");
    let to = |more: &[&'static str]| {
        [&["export", "--db", "test.db", "--format", "html", "-o", "view.html"], more].concat()
    };
    let (code, out, _) = said(&run(folder, &to(&["--lang", "fr"])));
    assert_eq!((code, out.as_str()), (0, ""));
    let first = std::fs::read_to_string(&file).unwrap();
    assert!(first.contains("<html lang=\"fr\">"));
    assert_eq!(said(&run(folder, &to(&["--region", "nowhere"]))).0, 2);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), first);
    let names: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(names.iter().all(|n| !n.to_string_lossy().starts_with(".tmp")), "{names:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o444, 0o444, "a colleague may read it: {mode:o}");
    }

    let (code, out, _) = said(&run(folder, &["verify", "view.html", "--db", "test.db"]));
    assert_eq!((code, out.lines().count()), (0, 2), "{out}");
    std::fs::write(&file, first.replace("50", "5")).unwrap();
    let (code, out, err) = said(&run(folder, &["verify", "view.html"]));
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.starts_with("view.html: it was changed"), "{err}");
    assert_eq!(said(&run(folder, &["verify", "test.db"])).0, 0);
}

#[test]
fn an_export_is_made_as_of_an_earlier_day() {
    let temp = small();
    let sql = "update import_run set started_at = '2020-05-05T23:59:59Z'";
    temp.db.write(|tx| Ok(tx.execute(sql, [])?)).unwrap();
    temp.import(&document("b.txt", "Later", &["2023-01-01; bombing; Kidal; -; -; -"]));
    let folder = temp.folder.path();
    let export = |more: &[&'static str]| {
        let args = ["export", "--db", "test.db", "--format", "csv", "--lang", "fr"];
        said(&run(folder, &[&args, more].concat()))
    };
    let ids = |out: &str| out.lines().filter(|line| line.starts_with("20")).count();
    let (_, now, _) = export(&[]);
    assert_eq!((ids(&now), now.contains("état des connaissances")), (3, false), "{now}");
    let (code, then, err) = export(&["--as-of", "2020-05-05"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(ids(&then), 2, "{then}");
    assert!(then.contains("état des connaissances au 2020-05-05"), "{then}");
    std::fs::write(folder.join("then.csv"), &then).unwrap();
    let (code, out, err) = said(&run(folder, &["verify", "then.csv", "--db", "test.db"]));
    assert_eq!((code, out.lines().count(), err.as_str()), (0, 2, ""), "{out}");
    assert_eq!(ids(&export(&["--as-of", "2020-05-04"]).1), 0);
    // A source that came later is none then.
    let (code, _, err) = export(&["--as-of", "2020-05-05", "--source", "later"]);
    assert_eq!(code, 2);
    assert!(err.contains("--source=later: expected one of story"), "{err}");
    for day in ["2020-05", "soon", "2999-01-01"] {
        let (code, out, err) = export(&["--as-of", day]);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains("expected a day up to today as YYYY-MM-DD"), "{err}");
    }
}

#[test]
fn what_may_not_be_passed_on_is_said_before_it_is_exported() {
    let folder = tempfile::tempdir().unwrap();
    let docs = folder.path().join("docs");
    std::fs::create_dir(&docs).unwrap();
    std::fs::write(docs.join("a.md"), STORY).unwrap();
    let rows = STORY
        .replace("Attack on a market", "Rows of a dataset")
        .replace("The Test Press", "ACLED")
        .replace("Hombori", "Gao");
    std::fs::write(docs.join("b.md"), rows).unwrap();
    assert_eq!(said(&run(folder.path(), &["import", "docs"])).0, 0);
    let err = |region| {
        said(&run(folder.path(), &["export", "--format", "csv", "--region", region, "-o", "x.csv"]))
            .2
    };
    assert_eq!(
        err("gao"),
        "NOTE: not for passing on: the terms of ACLED forbid it for \"Rows of a dataset\"\n"
    );
    assert_eq!(err("mopti"), "");
}

#[test]
fn err_a_database_that_is_none_is_exit_1() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("x.db"), "Dear reader, this is no database. ".repeat(9))
        .unwrap();
    for (args, expected) in [
        (vec!["export", "--format", "csv"], "error: mali-timeline.db: no such database\n"),
        (
            vec!["export", "--format", "csv", "--db", "x.db"],
            "error: x.db: not a database of mali-timeline\n",
        ),
        (vec!["import", "x.db", "--db", "x.db"], "error: x.db: not a database of mali-timeline\n"),
        (vec!["--db", "x.db"], "error: x.db: not a database of mali-timeline\n"),
        (
            vec!["--db", "none/x.db"],
            "error: none/x.db: cannot be opened for writing: its folder does not exist\n",
        ),
    ] {
        assert_eq!(
            said(&run(folder.path(), &args)),
            (1, String::new(), expected.to_owned()),
            "{args:?}"
        );
    }
    assert!(!folder.path().join("mali-timeline.db").exists(), "asking makes no database");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let temp = TempDb::with(&documents(1, 40, 12));
    let mut child = Command::new(env!("CARGO_BIN_EXE_mali-timeline"))
        .args(["export", "--format", "json", "--db"])
        .arg(temp.db.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
}

#[test]
fn import_takes_the_good_files_and_reports_the_bad_ones() {
    let folder = tempfile::tempdir().unwrap();
    let docs = folder.path().join("docs");
    std::fs::create_dir(&docs).unwrap();
    std::fs::write(docs.join("a.md"), STORY).unwrap();
    std::fs::write(docs.join("b.txt"), "").unwrap();
    std::fs::write(docs.join("c.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0").unwrap();
    let (code, out, err) = said(&run(folder.path(), &["import", "docs"]));
    assert_eq!(code, 1, "{out}{err}");
    assert!(out.starts_with("sources    1 added, 0 changed, 0 unchanged, 2 refused\n"), "{out}");
    assert!(out.contains("incidents  1 added, "), "{out}");
    let refused: Vec<_> = err.lines().map(|l| l.split(": expected").next().unwrap()).collect();
    assert_eq!(refused, ["refused docs/b.txt: line 1", "refused docs/c.png: line 1"], "{err}");

    // Again: nothing changes, and a good file alone is exit 0.
    let (code, out, _) = said(&run(folder.path(), &["import", "docs/a.md"]));
    assert_eq!(code, 0);
    assert!(out.starts_with("sources    0 added, 0 changed, 1 unchanged, 0 refused\n"), "{out}");
    let (code, out, _) =
        said(&run(folder.path(), &["export", "--format", "csv", "--region", "mopti"]));
    assert_eq!(code, 0);
    assert!(out.contains("\r\n2022-04-19-hombori,"), "{out}");
    assert_eq!(said(&run(folder.path(), &["verify", "mali-timeline.db"])).0, 0);
}

#[test]
fn a_dry_run_says_what_an_import_would_say() {
    let temp = small();
    let folder = temp.folder.path();
    let put = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    let header = "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,adm_1,country,\
                  date_prec,date_start,date_end,best,high,low\n";
    let row = |id, dead: u32| {
        format!(
            "{id},1,Government of Mali,JNIM,1,Hombori town,Mopti region,Mali,1,2022-04-19,\
             2022-04-19,{dead},{dead},{dead}\n"
        )
    };
    put("rows.csv", &format!("{header}{}{}{}", row(1, 50), row(2, 50), row(3, 1)));
    put("bad.csv", "<html><body>Sign in</body></html>");
    let import = |more: &[&str]| {
        let args = [&["import", "--db", "test.db", "rows.csv", "bad.csv"], more].concat();
        let (code, out, err) = said(&run(folder, &args));
        let out: Vec<_> =
            out.lines().filter(|l| !l.starts_with("dry run ")).map(str::to_owned).collect();
        (code, out, err)
    };
    let rehearsed = import(&["--dry-run"]);
    assert!(rehearsed.1.iter().any(|line| line.contains("doubtful")), "{rehearsed:?}");
    assert!(rehearsed.1.iter().any(|line| line.contains("2022-04-19-hombori and ")));
    assert_eq!(rehearsed, import(&[]));
    // The pairs wait, and the list of those that are decided is said to be empty.
    let (_, open, _) = said(&run(folder, &["matches", "--db", "test.db"]));
    assert!(open.starts_with("2022-04-19-hombori 2022-04-19-hombori-"), "{open}");
    let (code, none, _) = said(&run(folder, &["matches", "--db", "test.db", "--decided"]));
    assert_eq!((code, none.as_str()), (0, "Nothing was decided about any pair of incidents.\n"));
}

#[test]
fn parse_prints_names_and_quotes_and_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), STORY).unwrap();
    let (code, out, err) =
        said(&run(folder.path(), &["parse", "a.md", "--format", "json", "missing.txt"]));
    assert_eq!(code, 1);
    assert!(err.starts_with("refused missing.txt: line 1: expected a file"), "{err}");
    let docs: serde_json::Value = serde_json::from_str(&out).unwrap();
    let doc = &docs[0];
    assert_eq!((docs.as_array().unwrap().len(), &doc["doc"]), (1, &"a.md".into()));
    assert_eq!(doc["published"], "2022-04-20");
    assert_eq!(doc["lang"], "en");
    let incident = &doc["incidents"][0];
    assert_eq!(incident["date_start"], "2022-04-19");
    assert_eq!(incident["date_precision"], "day");
    assert_eq!(incident["places"][0]["name"], "Hombori");
    assert_eq!(incident["places"][0]["region"], "Mopti");
    let claim = &incident["claims"][0];
    assert_eq!(
        (&claim["min"], &claim["max"], &claim["qualifier"]),
        (&50.into(), &().into(), &"at least".into())
    );
    assert!(STORY.contains(claim["quote"].as_str().unwrap()));
    assert!(!folder.path().join("mali-timeline.db").exists());
}

/// A running server, stopped when the test ends.
struct Server {
    child: std::process::Child,
    address: String,
}

impl Server {
    fn start(folder: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mali-timeline"))
            .args(args)
            .current_dir(folder)
            .env_remove("MALI_TIMELINE_DB")
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = child.stdout.as_mut().unwrap();
        std::io::BufReader::new(out).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").expect(&line).to_owned();
        Self { child, address }
    }

    fn get(&self, path: &str) -> String {
        let mut answer = ureq::get(format!("{}{path}", self.address)).call().unwrap();
        answer.body_mut().read_to_string().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_first_start_imports_the_bundled_documents_and_serves_them() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--port", "0"]);
    assert!(server.get("/").contains("2022-04-19-hombori"));
    let from_page = server.get("/export.json?region=mopti&sort=oldest");
    let args = ["export", "--format", "json", "--region", "mopti", "--sort", "oldest"];
    let (code, from_command, err) = said(&run(folder.path(), &args));
    assert_eq!(code, 0, "{err}");
    let rows = |text: &str| {
        let json: serde_json::Value = serde_json::from_str(text).unwrap();
        (json["rows"].clone(), json["count"].clone(), json["sentence"].clone())
    };
    assert_eq!(rows(&from_page), rows(&from_command));

    // Another one on the same port says so and stops.
    let port = server.address.rsplit_once(':').unwrap().1;
    let (code, out, err) = said(&run(folder.path(), &["serve", "--port", port]));
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains(&format!("port {port} is taken by another program")), "{err}");
}
