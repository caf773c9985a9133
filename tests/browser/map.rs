//! Looking closer at the map.

use super::{Server, browser, open, press, tab, until, value};

const BOX: &str = "document.querySelector('.map svg').getAttribute('viewBox')";

#[test]
fn the_map_comes_closer_by_buttons_keys_wheel_and_dragging() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    open(&tab, &server.url("/map"));
    let whole = value(&tab, BOX);
    let wide = || -> f64 { value(&tab, BOX).split(' ').nth(2).unwrap().parse().unwrap() };
    assert_eq!(wide(), 1000.0);
    assert_eq!(value(&tab, "document.querySelector('[data-zoom=out]').disabled"), "true");
    let r = "document.querySelector('.signs circle.exact').getBoundingClientRect().width";
    let before: f64 = value(&tab, r).parse().unwrap();
    for _ in 0..3 {
        tab.wait_for_element("[data-zoom=in]").unwrap().click().unwrap();
    }
    assert!((wide() - 1000.0 / 3.375).abs() < 0.5, "{}", wide());
    // Signs do not grow with the land.
    let after: f64 = value(&tab, r).parse().unwrap();
    assert!(after < before * 1.4, "{before} {after}");
    let at = value(&tab, BOX);
    value(&tab, "document.querySelector('[data-zoom=in]').focus()");
    press(&tab, "ArrowLeft");
    assert_ne!(value(&tab, BOX), at);
    press(&tab, "ArrowRight");
    assert_eq!(value(&tab, BOX), at);
    press(&tab, "-");
    assert!((wide() - 1000.0 / 2.25).abs() < 0.5, "{}", wide());
    press(&tab, "0");
    assert_eq!(value(&tab, BOX), whole);
    // The wheel alone scrolls the page.
    let wheel = |ctrl: bool| {
        let event = format!(
            "document.querySelector('.map svg').dispatchEvent(new WheelEvent('wheel', \
             {{deltaY: -100, clientX: 600, clientY: 500, ctrlKey: {ctrl}, bubbles: true, \
             cancelable: true}}))"
        );
        value(&tab, &event);
    };
    wheel(false);
    assert_eq!(wide(), 1000.0);
    wheel(true);
    assert!(wide() < 700.0);
    // A drag moves the land and is no click.
    let at = value(&tab, BOX);
    let drag = "(() => { const svg = document.querySelector('.map svg'); \
        const on = svg.querySelector('.regions path'); const link = on.closest('a'); \
        svg.setPointerCapture = () => {}; \
        const send = (type, x) => on.dispatchEvent(new PointerEvent(type, {pointerId: 1, \
            clientX: x, clientY: 500, bubbles: true, cancelable: true})); \
        send('pointerdown', 600); send('pointermove', 540); send('pointerup', 540); \
        return link.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true})); })()";
    assert_eq!(value(&tab, drag), "false", "the click was held back");
    assert_ne!(value(&tab, BOX), at);
    assert_eq!(value(&tab, "location.pathname + location.search"), "/map");
}

#[test]
fn a_sign_says_its_words_when_it_is_pointed_at_or_reached_by_key() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    open(&tab, &server.url("/map"));
    let said = "document.querySelector('#map-readout:not([hidden])')?.textContent ?? ''";
    assert_eq!(value(&tab, said), "");
    let link = "document.querySelector('.signs a:has(.exact)')";
    value(&tab, &format!("{link}.focus()"));
    let words = value(&tab, &format!("{link}.getAttribute('aria-label')"));
    assert!(words.contains("incident"), "{words}");
    assert_eq!(value(&tab, said), words);
    value(&tab, &format!("{link}.blur()"));
    assert_eq!(value(&tab, said), "");
    // Still there after the filters have changed in place.
    value(&tab, "document.querySelector(\".facet a[href='/map?region=mopti']\").click()");
    until(&tab, "location.search === '?region=mopti'");
    until(&tab, "document.querySelector('.chips') !== null");
    assert_eq!(value(&tab, "document.querySelector('#map-zoom').hidden"), "false");
}

#[test]
fn without_script_the_map_is_whole_and_says_so_in_titles() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    super::without_script(&tab);
    open(&tab, &server.url("/map"));
    assert_eq!(value(&tab, "document.querySelector('#map-zoom').checkVisibility()"), "false");
    assert_eq!(value(&tab, "document.querySelectorAll('.signs a > title').length > 2"), "true");
}
