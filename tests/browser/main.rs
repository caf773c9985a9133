//! A real Chromium does what a reader does: opens the timeline, filters, follows a figure to
//! its marked words, takes the view along. No request may leave the own origin.
//!
//! Skipped with a message where there is no Chromium, unless `REQUIRE_BROWSER=1`.

#[path = "../seed/mod.rs"]
mod seed;

mod live;
mod look;
mod map;
mod review;
mod tasks;

use headless_chrome::protocol::cdp::Browser::{
    SetDownloadBehavior, SetDownloadBehaviorBehaviorOption,
};
use headless_chrome::protocol::cdp::types::Event;
use headless_chrome::protocol::cdp::{Emulation, Network, Page};
use headless_chrome::{Browser, LaunchOptions, Tab};
use mali_timeline::web::guard::{Guard, Hosts, Key};
use mali_timeline::web::{App, router};
use std::ffi::OsStr;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A server in its own thread, gone with the value.
struct Server {
    address: SocketAddr,
    _seeded: seed::Seeded,
    _runtime: tokio::runtime::Runtime,
}

impl Server {
    fn start() -> Self {
        Self::with(|app, _| app)
    }

    /// As it is shared: with a key, and for its own names.
    fn guarded(key: &str) -> Self {
        Self::with(|app, port| {
            let key = Key::given(key).unwrap();
            app.guarded(Guard::new(Hosts::local(&[]), Some(key), port))
        })
    }

    fn with(guard: impl FnOnce(App, u16) -> App) -> Self {
        let seeded = seed::seeded();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let app = App::new(seeded.db.clone(), seeded.known.clone());
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let app = router(guard(app, address.port()));
        runtime.spawn(async move { axum::serve(listener, app).await });
        Self { address, _seeded: seeded, _runtime: runtime }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

fn chromium() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Some(path.into());
    }
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|file| file.is_file())
}

/// A browser with a profile of its own; none where there is no Chromium.
fn browser() -> Option<Browser> {
    let Some(path) = chromium() else {
        let required = std::env::var("REQUIRE_BROWSER").is_ok_and(|v| v == "1");
        assert!(!required, "REQUIRE_BROWSER=1, and no Chromium was found");
        eprintln!(
            "skipped: no Chromium was found (chromium, chromium-browser, google-chrome, CHROMIUM)"
        );
        return None;
    };
    let args = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-default-apps",
        "--no-first-run",
        "--lang=en",
        // A name of somebody else that leads here.
        "--host-resolver-rules=MAP rebound.test 127.0.0.1",
    ];
    let options = LaunchOptions::default_builder()
        .path(Some(path))
        .sandbox(false)
        .window_size(Some((1280, 900)))
        .idle_browser_timeout(Duration::from_secs(120))
        .args(args.iter().map(OsStr::new).collect())
        .build()
        .unwrap();
    Some(Browser::new(options).unwrap())
}

/// A tab that keeps the address of every request.
fn tab(browser: &Browser) -> (Arc<Tab>, Arc<Mutex<Vec<String>>>) {
    let tab = browser.new_tab().unwrap();
    tab.set_default_timeout(Duration::from_secs(30));
    let requests = Arc::new(Mutex::new(Vec::new()));
    let log = requests.clone();
    tab.add_event_listener(Arc::new(move |event: &Event| {
        if let Event::NetworkRequestWillBeSent(sent) = event {
            log.lock().unwrap().push(sent.params.request.url.clone());
        }
    }))
    .unwrap();
    tab.call_method(Network::Enable {
        max_total_buffer_size: None,
        max_resource_buffer_size: None,
        max_post_data_size: None,
        report_direct_socket_traffic: None,
        enable_durable_messages: None,
    })
    .unwrap();
    (tab, requests)
}

fn text(tab: &Tab, selector: &str) -> String {
    let element = tab.wait_for_element(selector).unwrap();
    element.get_inner_text().unwrap().trim().to_owned()
}

/// What an expression gives, as text.
fn value(tab: &Tab, expression: &str) -> String {
    let object = tab.evaluate(expression, false).unwrap();
    let value = object.value.unwrap_or_default();
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Keeps every script of the page away; the driver's own still runs.
fn without_script(tab: &Tab) {
    tab.call_method(Network::SetBlockedURLs { urls: vec!["*.js".to_owned()] }).unwrap();
}

fn press(tab: &Tab, key: &str) {
    tab.press_key(key).unwrap();
}

/// Clicks, and waits until the address ends in `to` and the page is there. What is clicked may
/// be replaced by the page at any moment, and may be a shape of a drawing.
fn follow(tab: &Tab, selector: &str, to: &str) {
    tab.wait_for_element(selector).unwrap();
    let click = "new MouseEvent('click', {bubbles: true, cancelable: true, view: window})";
    value(tab, &format!("document.querySelector({selector:?}).dispatchEvent({click})"));
    let arrived = format!("location.href.endsWith({to:?}) && document.readyState === 'complete'");
    until(tab, &arrived);
}

/// Waits until an expression is true.
fn until(tab: &Tab, expression: &str) {
    let end = Instant::now() + Duration::from_secs(30);
    // While a page gives way to the next there is nothing to ask.
    while !tab.evaluate(expression, false).is_ok_and(|o| o.value == Some(true.into())) {
        assert!(Instant::now() < end, "not within 30 s: {expression} at {}", tab.get_url());
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Every kind of page, with what it looks like when something is wrong or missing.
const PAGES: [&str; 24] = [
    "/",
    "/?lanes=perpetrator",
    "/?lanes=region&lang=fr",
    "/actors",
    "/places?lang=fr",
    "/victims",
    "/?lang=fr",
    "/?q=civilians&killed=2&killed_by=high",
    "/?region=kayes",
    "/?region=atlantis",
    "/map",
    "/map?region=mopti&lang=fr",
    "/incidents/2022-03-moura",
    "/incidents/2022-04-19-hombori?lang=fr",
    "/sources",
    "/sources/hombori-and-moura-in-2022",
    "/sources/script-alert-1-script-eltit",
    "/about?lang=fr",
    "/actors/jnim",
    "/places/hombori?lang=fr",
    "/victims/civilians",
    "/compare?a.from=2022&a.to=2022&b.region=menaka",
    "/matches",
    "/matches?show=joined",
];

/// Gives the page another size, in CSS pixels.
fn size(tab: &Tab, width: u32, height: u32) {
    tab.call_method(Emulation::SetDeviceMetricsOverride {
        width,
        height,
        device_scale_factor: 1.0,
        mobile: false,
        scale: None,
        screen_width: None,
        screen_height: None,
        position_x: None,
        position_y: None,
        dont_set_visible_size: None,
        screen_orientation: None,
        viewport: None,
        display_feature: None,
        device_posture: None,
    })
    .unwrap();
}

/// Gives the page the colours that a reader prefers: `light` or `dark`.
fn colours(tab: &Tab, scheme: &str) {
    let feature = Emulation::MediaFeature {
        name: "prefers-color-scheme".to_owned(),
        value: scheme.to_owned(),
    };
    tab.call_method(Emulation::SetEmulatedMedia { media: None, features: Some(vec![feature]) })
        .unwrap();
}

fn open(tab: &Tab, url: &str) {
    tab.navigate_to(url).unwrap();
    until(tab, &format!("location.href === {url:?} && document.readyState === 'complete'"));
}

/// The text of the one file in a folder, once it is whole: browsers write to another name.
fn downloaded(folder: &Path, ending: &str) -> String {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        let mut files = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path());
        let whole = files.find(|f| f.extension().is_some_and(|e| e == ending));
        if let Some(file) = whole {
            return std::fs::read_to_string(file).unwrap();
        }
        assert!(Instant::now() < end, "nothing was downloaded within 30 s");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_reader_gets_from_the_timeline_to_the_words() {
    reader(true);
}

#[test]
fn a_reader_without_script_gets_as_far() {
    reader(false);
}

fn reader(script: bool) {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, requests) = tab(&browser);
    if !script {
        without_script(&tab);
    }

    open(&tab, &server.url("/"));
    assert_eq!(text(&tab, "h1"), "All incidents");
    assert_eq!(tab.find_elements("article.item").unwrap().len(), 8);

    // Its own sign shows whether the script ran.
    assert_eq!(value(&tab, "!document.querySelector('#help-open').hidden"), script.to_string());

    // One click on a filter.
    let jnim = "[aria-labelledby=f-perpetrator] a[href='/?perpetrator=jnim']";
    follow(&tab, jnim, "/?perpetrator=jnim");
    assert_eq!(text(&tab, "h1"), "Incidents with JNIM named as perpetrator");
    assert_eq!(tab.find_elements("article.item").unwrap().len(), 3);

    // A search typed into the form keeps the filter.
    tab.wait_for_element("#q").unwrap().click().unwrap();
    tab.type_str("Hombori").unwrap();
    follow(&tab, "form button", "/?perpetrator=jnim&q=Hombori");
    assert_eq!(tab.find_elements("article.item").unwrap().len(), 1);

    // The view goes along as a file, with the same incident and no other.
    let folder = tempfile::tempdir().unwrap();
    tab.call_method(SetDownloadBehavior {
        behavior: SetDownloadBehaviorBehaviorOption::Allow,
        browser_context_id: None,
        download_path: Some(folder.path().to_string_lossy().into_owned()),
        events_enabled: None,
    })
    .unwrap();
    tab.wait_for_element("a[download][href^='/export.csv']").unwrap().click().unwrap();
    let file = downloaded(folder.path(), "csv");
    let rows: Vec<&str> = file.lines().filter(|l| l.starts_with("20")).collect();
    assert_eq!(rows.len(), 1, "{file}");
    assert!(rows[0].starts_with("2022-04-19-hombori,"));

    // The words behind a figure, on demand.
    let summary = "article .claim summary";
    tab.wait_for_element(summary).unwrap().click().unwrap();
    until(&tab, "document.querySelector('article .claim blockquote').checkVisibility()");
    assert_eq!(text(&tab, "article .claim blockquote p"), "at least 50 civilians killed");

    // They stand marked in the source, in sight.
    let link = tab.wait_for_element("article .claim blockquote a").unwrap();
    let passage = link.get_attribute_value("href").unwrap().unwrap();
    assert!(passage.starts_with("/sources/hombori-and-moura-in-2022#p-"), "{passage}");
    follow(&tab, "article .claim blockquote a", &passage);
    assert_eq!(text(&tab, "h1"), "Hombori and Moura in 2022");
    assert_eq!(text(&tab, "mark:target"), "at least 50 civilians killed");
    let place = "document.querySelector('mark:target').getBoundingClientRect().top";
    let top: f64 = value(&tab, place).parse().unwrap();
    assert!((0.0..900.0).contains(&top), "{top}");
    let outline = "getComputedStyle(document.querySelector('mark:target')).outlineStyle";
    assert_eq!(value(&tab, outline), "solid");

    // Back to the incident from the mark.
    follow(&tab, "mark:target + a.back", "/incidents/2022-04-19-hombori");
    assert_eq!(tab.find_elements(".ledger tbody tr").unwrap().len(), 5);

    let origin = server.url("/");
    let requests = requests.lock().unwrap();
    assert!(requests.len() > 5);
    for url in requests.iter() {
        assert!(url.starts_with(&origin) || url.starts_with("data:"), "left the origin: {url}");
    }
}

#[test]
fn no_page_is_wider_than_a_phone() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    // 640 px is a laptop at 200 % zoom.
    for width in [360, 640, 820, 1440, 3840] {
        size(&tab, width, 800);
        for path in PAGES {
            open(&tab, &server.url(path));
            let excess = value(
                &tab,
                "document.documentElement.scrollWidth - document.documentElement.clientWidth",
            );
            // Below 0 where there is nothing to scroll: the room for the scroll bar is kept free.
            let excess: i32 = excess.parse().unwrap();
            assert!(excess <= 0, "{path} at {width} px is {excess} px too wide");
        }
    }
}

#[test]
fn filters_are_open_on_a_wide_screen_and_folded_on_a_phone() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    let visible = "document.querySelector('#q').checkVisibility({contentVisibilityAuto: true})";
    open(&tab, &server.url("/"));
    assert_eq!(value(&tab, visible), "true");
    size(&tab, 390, 800);
    assert_eq!(value(&tab, visible), "false");
    tab.wait_for_element(".filters > summary").unwrap().click().unwrap();
    assert_eq!(value(&tab, visible), "true");
}

/// Runs axe-core, whose file `AXE_PATH` names, with the rules of WCAG 2.2 AA and its own.
#[test]
fn axe_finds_nothing_on_any_page_light_or_dark() {
    let Some(axe) = std::env::var_os("AXE_PATH") else {
        eprintln!("skipped: AXE_PATH names no axe.min.js");
        return;
    };
    let axe = std::fs::read_to_string(axe).unwrap();
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    let run = "axe.run({runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', \
        'wcag21aa', 'wcag22aa', 'best-practice']}}).then(found => JSON.stringify( \
        found.violations.map(v => [v.id, v.nodes.map(n => n.html)])))";
    let mut wrong = Vec::new();
    for scheme in ["light", "dark"] {
        colours(&tab, scheme);
        for width in [390, 1440] {
            size(&tab, width, 900);
            for path in PAGES {
                open(&tab, &server.url(path));
                tab.evaluate(&axe, false).unwrap();
                let found = tab.evaluate(run, true).unwrap().value.unwrap();
                if found != "[]" {
                    wrong.push(format!("{path}, {width} px, {scheme}: {found}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn everything_is_reached_by_keyboard_in_the_order_of_the_page_and_seen() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    for path in ["/?region=mopti", "/map", "/incidents/2022-04-19-hombori"] {
        open(&tab, &server.url(path));
        value(&tab, "window.last = document.documentElement, 0");
        for step in 0..30 {
            tab.press_key("Tab").unwrap();
            let at = "document.activeElement.outerHTML.slice(0, 120)";
            // A sign of the map is outlined by its own stroke.
            let seen = "(e => e === document.body || getComputedStyle(e).outlineStyle !== 'none' \
                || e.closest('.map svg') !== null)(document.activeElement)";
            assert_eq!(value(&tab, seen), "true", "{path}: no focus seen on {}", value(&tab, at));
            if step == 0 {
                assert_eq!(value(&tab, "document.activeElement.className"), "skip", "{path}");
            }
            let forward = "(e => { const ok = e === document.body || \
                !!(last.compareDocumentPosition(e) & 4); window.last = e; return ok })\
                (document.activeElement)";
            assert_eq!(value(&tab, forward), "true", "{path}: back to {}", value(&tab, at));
            if value(&tab, "document.activeElement === document.body") == "true" {
                break;
            }
        }
    }
}

#[test]
fn a_fact_leads_to_the_next_without_script() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    let source = "/sources/hombori-and-moura-in-2022";
    open(&tab, &server.url(source));
    assert!(tab.find_elements(".walk a").unwrap().len() > 10);
    let visible = "[...document.querySelectorAll('.walk')].filter(w => w.checkVisibility()).length";
    assert_eq!(value(&tab, visible), "0");
    let first = tab.wait_for_element(".notes a").unwrap().get_attribute_value("href").unwrap();
    let first = first.unwrap();
    follow(&tab, ".notes a", &first);
    assert_eq!(value(&tab, visible), "1");
    let next = tab.wait_for_element("mark:target .onward").unwrap();
    let next = next.get_attribute_value("href").unwrap().unwrap();
    follow(&tab, "mark:target .onward", &next);
    follow(&tab, "mark:target > .walk .previous", &first);
    assert_eq!(text(&tab, "mark:target"), "19 April 2022");
}

#[test]
fn a_sign_of_the_map_leads_to_its_incidents() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    open(&tab, &server.url("/?perpetrator=jnim"));
    follow(&tab, ".views a", "/map?perpetrator=jnim");
    follow(
        &tab,
        ".facet a[href='/map?region=mopti&perpetrator=jnim']",
        "/map?region=mopti&perpetrator=jnim",
    );
    assert_eq!(text(&tab, "h1"), "Incidents in the region Mopti; with JNIM named as perpetrator");
    follow(&tab, ".places td a[href='/incidents/2022-04-19-hombori']", "/2022-04-19-hombori");
    follow(&tab, ".named a[href='/places/hombori']", "/places/hombori");
}

#[test]
fn keys_move_search_and_explain_themselves_and_can_be_turned_off() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    open(&tab, &server.url("/"));
    let at = "document.activeElement.textContent.trim()";
    for (key, title) in [
        ("j", "Diafarabé and Koumara"),
        ("j", "Attaques du 24 avril 2022"),
        ("j", "Market of Hombori, April 2022"),
        ("k", "Attaques du 24 avril 2022"),
    ] {
        tab.press_key(key).unwrap();
        assert_eq!(value(&tab, at), title, "{key}");
    }
    tab.press_key("/").unwrap();
    assert_eq!(value(&tab, "document.activeElement.id"), "q");
    // In a field a key is a letter.
    tab.press_key("j").unwrap();
    assert_eq!(value(&tab, "document.activeElement.value"), "j");
    value(&tab, "document.activeElement.blur()");
    let shown = "document.querySelector('#help').open";
    tab.press_key("?").unwrap();
    assert_eq!(value(&tab, shown), "true");
    tab.wait_for_element("#help-on").unwrap().click().unwrap();
    tab.press_key("Escape").unwrap();
    until(&tab, "!document.querySelector('#help').open");
    open(&tab, &server.url("/sources"));
    tab.press_key("?").unwrap();
    assert_eq!(value(&tab, shown), "false");
    // The button stays, and turns them on again.
    tab.wait_for_element("#help-open").unwrap().click().unwrap();
    assert_eq!(value(&tab, shown), "true");
    tab.wait_for_element("#help-on").unwrap().click().unwrap();
    tab.wait_for_element("#help form button").unwrap().click().unwrap();
    open(&tab, &server.url("/sources/hombori-and-moura-in-2022"));
    tab.press_key("j").unwrap();
    until(&tab, "document.querySelector('mark:target') !== null");
}

/// Pictures of every page in `target/screenshots`, to be looked at; only where `SCREENSHOTS=1`.
#[test]
fn screenshots() {
    if std::env::var("SCREENSHOTS").ok().as_deref() != Some("1") {
        return;
    }
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, path) in [
        ("timeline", "/"),
        ("filtered", "/?region=mopti&q=civilians"),
        ("nothing", "/?region=kayes"),
        ("error", "/?region=atlantis"),
        ("map", "/map"),
        ("compare", "/compare?a.region=mopti&b.region=menaka"),
        ("incident", "/incidents/2022-03-moura"),
        ("lanes", "/?lanes=perpetrator"),
        ("actors", "/actors"),
        ("places", "/places"),
        ("groups", "/victims"),
        ("sources", "/sources"),
        ("source", "/sources/hombori-and-moura-in-2022"),
        ("about", "/about"),
        ("actor", "/actors/jnim"),
        ("place", "/places/hombori"),
        ("victims", "/victims/civilians"),
    ] {
        for lang in ["en", "fr"] {
            let with = if path.contains('?') { '&' } else { '?' };
            for scheme in ["light", "dark"] {
                colours(&tab, scheme);
                for width in [390, 820, 1440] {
                    size(&tab, width, 900);
                    open(&tab, &server.url(&format!("{path}{with}lang={lang}")));
                    let height = value(&tab, "document.documentElement.scrollHeight");
                    size(&tab, width, height.parse::<u32>().unwrap().min(6000));
                    let png = Page::CaptureScreenshotFormatOption::Png;
                    let picture = tab.capture_screenshot(png, None, None, true).unwrap();
                    assert!(picture.starts_with(b"\x89PNG"));
                    let file = format!("{name}-{lang}-{scheme}-{width}.png");
                    std::fs::write(folder.join(file), picture).unwrap();
                }
            }
        }
    }
}

#[test]
fn a_reader_is_let_in_with_the_key_and_a_rebound_name_is_not() {
    let Some(browser) = browser() else { return };
    let server = Server::guarded("open sesame & more");
    let (tab, requests) = tab(&browser);

    // Typed: first a wrong one.
    open(&tab, &server.url("/sources?lang=en"));
    assert_eq!(text(&tab, "h1"), "The key, please");
    let width = "getComputedStyle(document.querySelector('main')).maxWidth";
    assert_eq!(value(&tab, width), "480px", "its own style is let in");
    tab.wait_for_element("input[name=key]").unwrap().click().unwrap();
    tab.type_str("sesame").unwrap();
    follow(&tab, "button", "/key");
    assert_eq!(text(&tab, "h1"), "This is not the key");
    tab.wait_for_element("input[name=key]").unwrap().click().unwrap();
    tab.type_str("open sesame & more").unwrap();
    follow(&tab, "button", "/sources?lang=en");
    assert_eq!(text(&tab, "h1"), "Sources");
    assert_eq!(value(&tab, "document.cookie"), "", "scripts do not see the cookie");
    assert_eq!(value(&tab, "getComputedStyle(document.body).margin"), "0px", "styles are let in");

    // By the link, in a browser that has no cookie yet.
    let fresh = browser.new_context().unwrap().new_tab().unwrap();
    let to = "/?region=mopti";
    fresh.navigate_to(&server.url("/?region=mopti&key=open+sesame+%26+more")).unwrap();
    until(&fresh, &format!("location.href.endsWith({to:?}) && document.readyState === 'complete'"));
    assert_eq!(text(&fresh, "h1"), "Incidents in the region Mopti");
    assert_eq!(value(&fresh, "history.length > 2"), "false", "the key is not in the history");

    // A name of somebody else, pointed at this machine.
    open(&tab, &format!("http://rebound.test:{}/timeline.json", server.address.port()));
    let answer = value(&tab, "document.body.innerText");
    assert!(answer.contains("421") && !answer.contains("hombori"), "{answer}");

    let names = [server.url("/"), format!("http://rebound.test:{}/", server.address.port())];
    for url in requests.lock().unwrap().iter() {
        let ours = names.iter().any(|name| url.starts_with(name));
        assert!(ours || url.starts_with("data:"), "left the origin: {url}");
    }
}

#[test]
fn an_exported_page_reads_from_a_file_and_asks_nothing() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, requests) = tab(&browser);
    let page = ureq::get(server.url("/export.html?region=mopti")).call().unwrap();
    let page = page.into_body().read_to_string().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("view.html");
    std::fs::write(&file, &page).unwrap();
    // The program is gone: a stick in another machine.
    drop(server);
    let url = format!("file://{}", file.display());
    open(&tab, &url);
    assert_eq!(text(&tab, "h1"), "Incidents in the region Mopti");
    let shown = tab.find_elements("article").unwrap().len();
    assert_eq!(shown, page.matches("<article").count());
    assert!(shown > 1);
    assert_eq!(value(&tab, "getComputedStyle(document.querySelector('dl')).display"), "grid");
    // Chart and map are drawn, in both themes; a sign leads to its incident in the file.
    let fill = "getComputedStyle(document.querySelector('.chart .count')).fill";
    let land = "getComputedStyle(document.querySelector('.map .regions path')).fill";
    let mut colours_of = [String::new(), String::new()];
    for (seen, scheme) in colours_of.iter_mut().zip(["light", "dark"]) {
        colours(&tab, scheme);
        *seen = value(&tab, &format!("{fill} + {land}"));
    }
    assert_ne!(colours_of[0], colours_of[1]);
    let wide = "document.querySelector('.map svg').getBoundingClientRect().width > 300";
    assert_eq!(value(&tab, wide), "true");
    let sign = tab.wait_for_element(".map .signs a[href^='#2']").unwrap();
    let to = sign.get_attribute_value("href").unwrap().unwrap();
    follow(&tab, &format!(".map .signs a[href='{to}']"), &to);
    assert_eq!(value(&tab, "document.querySelector('article:target') !== null"), "true");
    let bar = tab.wait_for_element(".chart a[href^='#in-']").unwrap();
    let to = bar.get_attribute_value("href").unwrap().unwrap();
    follow(&tab, &format!(".chart a[href='{to}']"), &to);
    assert_eq!(value(&tab, "document.querySelector('.anchor:target') !== null"), "true");
    let requests = requests.lock().unwrap();
    assert!(requests.iter().all(|r| r.starts_with(&url)), "{requests:?}");
    assert_eq!(requests.len(), 1, "{requests:?}");
}
