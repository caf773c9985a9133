//! Reviewing as a person does it, with script and without.

use super::{Server, browser, open, size, tab, text, until, value, without_script};
use headless_chrome::Tab;
use headless_chrome::protocol::cdp::Emulation;

fn server() -> Server {
    Server::with(|app, _| app.writable())
}

/// Opens the form of the first incident of the first document.
fn open_form(tab: &Tab, server: &Server) {
    open(tab, &server.url("/review"));
    let first = value(tab, "document.querySelector('.reviews li a').pathname");
    open(tab, &server.url(&first));
    let edit = value(tab, "document.querySelector('.entry .edit').href");
    open(tab, &edit);
}

#[test]
fn a_title_and_its_words_are_corrected_with_script_and_without() {
    let Some(browser) = browser() else { return };
    let server = server();
    for (script, name) in [(true, "Ada"), (false, "Bea")] {
        let (tab, requests) = tab(&browser);
        if !script {
            without_script(&tab);
        }
        open_form(&tab, &server);
        let pick = "document.querySelector('.pick').checkVisibility()";
        assert_eq!(value(&tab, pick), script.to_string(), "the button is there with script only");
        if script {
            // The first words of a passage of the text are selected and taken.
            let words = value(
                &tab,
                "(() => { const mark = document.querySelector('.beside .text mark.fact-date'); \
                 getSelection().selectAllChildren(mark); return mark.textContent })()",
            );
            let button = tab.wait_for_element("[name=date_quote] ~ .pick").unwrap();
            button.click().unwrap();
            let taken = value(&tab, "document.querySelector('[name=date_quote]').value");
            assert!(words.contains(&taken) && !taken.is_empty(), "{taken:?} of {words:?}");
        }
        for (field, typed) in [("title", format!("Corrected by {name}")), ("who", name.to_owned())]
        {
            let field = format!(".incident-form [name={field}]");
            tab.wait_for_element(&field).unwrap().focus().unwrap();
            tab.evaluate(&format!("document.querySelector({field:?}).select()"), false).unwrap();
            tab.type_str(&typed).unwrap();
        }
        tab.wait_for_element(".incident-form .do button").unwrap().click().unwrap();
        until(&tab, "!location.search && document.querySelector('.entry .reviewed') !== null");
        assert!(text(&tab, ".entry .reviewed").starts_with(&format!("Reviewed by {name}")));
        assert!(text(&tab, ".work").contains(&format!("Corrected by {name}")));
        // The incident says so too, with who and what.
        tab.wait_for_element(".entry h3 a").unwrap().click().unwrap();
        until(&tab, "document.querySelector('.history') !== null");
        assert!(text(&tab, ".history").contains(&format!("corrected by {name}")));
        let own = server.url("");
        let all = requests.lock().unwrap().clone();
        assert!(all.iter().all(|url| url.starts_with(&own)), "{all:?}");
    }
}

#[test]
fn nothing_runs_over_the_edge_and_axe_finds_nothing() {
    let Some(browser) = browser() else { return };
    let server = server();
    let (tab, _) = tab(&browser);
    for width in [360, 820, 1440] {
        size(&tab, width, 900);
        open_form(&tab, &server);
        let over = "document.documentElement.scrollWidth - innerWidth";
        assert!(value(&tab, over).parse::<i64>().unwrap() <= 0, "at {width}");
    }
    let Some(axe) = std::env::var_os("AXE_PATH") else {
        eprintln!("skipped: AXE_PATH names no axe.min.js");
        return;
    };
    let axe = std::fs::read_to_string(axe).unwrap();
    for scheme in ["light", "dark"] {
        let feature = Emulation::SetEmulatedMedia {
            media: None,
            features: Some(vec![Emulation::MediaFeature {
                name: "prefers-color-scheme".to_owned(),
                value: scheme.to_owned(),
            }]),
        };
        tab.call_method(feature).unwrap();
        open_form(&tab, &server);
        tab.evaluate(&axe, false).unwrap();
        let run = "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => \
            n.target.join(' ')).join(', ')).join('\\n'))";
        let found = tab.evaluate(run, true).unwrap().value.unwrap();
        assert_eq!(found.as_str(), Some(""), "{scheme}: {found}");
    }
}
