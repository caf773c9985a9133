//! How pages stand: nothing jumps, paper is clean, letters can be large.

use super::{PAGES, Server, browser, open, size, tab, value};
use headless_chrome::protocol::cdp::{Emulation, Page};

#[test]
fn nothing_shifts_while_a_page_loads() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    let watch = "window.shift = 0; new PerformanceObserver(list => { for (const e of \
        list.getEntries()) window.shift += e.value }).observe({type: 'layout-shift', \
        buffered: true})";
    tab.call_method(Page::AddScriptToEvaluateOnNewDocument {
        source: watch.to_owned(),
        world_name: None,
        include_command_line_api: None,
        run_immediately: None,
    })
    .unwrap();
    for (width, height) in [(390, 800), (1440, 900)] {
        size(&tab, width, height);
        for path in PAGES {
            open(&tab, &server.url(path));
            // Two frames after the last script there is nothing left to come.
            let settled = "new Promise(done => requestAnimationFrame(() => \
                requestAnimationFrame(() => done(window.shift))))";
            let shift = tab.evaluate(settled, true).unwrap().value.unwrap();
            let shift = shift.as_f64().unwrap();
            assert!(shift < 0.001, "{path} at {width} px: {shift}");
        }
    }
}

#[test]
fn paper_has_the_report_and_nothing_to_click() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    let print = Emulation::SetEmulatedMedia { media: Some("print".to_owned()), features: None };
    for path in ["/?region=mopti", "/map", "/incidents/2022-04-19-hombori", "/actors/jnim"] {
        open(&tab, &server.url(path));
        tab.call_method(print.clone()).unwrap();
        let seen = |selector: &str| {
            let all = format!(
                "[...document.querySelectorAll({selector:?})].some(e => e.checkVisibility())"
            );
            value(&tab, &all) == "true"
        };
        for gone in ["nav", ".filters", ".chips", ".bar", "button", "form", ".zoom", ".ways"] {
            assert!(!seen(gone), "{path} prints {gone}");
        }
        assert!(seen("h1") && seen("footer.site"), "{path}");
        let paper = value(&tab, "getComputedStyle(document.documentElement).backgroundColor");
        assert_eq!(paper, "rgb(255, 255, 255)");
    }
}
