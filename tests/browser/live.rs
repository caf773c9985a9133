//! Filters change the page in place where there is script.

use super::{Server, browser, follow, open, press, size, tab, text, until, value};

/// A page that is swapped in place keeps what is set on its window.
const SAME: &str = "window.same === true";

#[test]
fn filters_change_the_page_in_place_and_back_goes_back() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, requests) = tab(&browser);
    open(&tab, &server.url("/?lang=en"));
    value(&tab, "window.same = true");
    let jnim = "[aria-labelledby=f-perpetrator] a[href='/?perpetrator=jnim&lang=en']";
    let place = format!("document.querySelector({jnim:?}).getBoundingClientRect().top");
    value(&tab, &format!("document.querySelector({jnim:?}).scrollIntoView({{block: 'center'}})"));
    let before: f64 = value(&tab, &place).parse().unwrap();
    value(&tab, &format!("document.querySelector({jnim:?}).focus()"));
    press(&tab, "Enter");
    until(&tab, "location.search === '?perpetrator=jnim&lang=en'");
    until(&tab, "document.querySelectorAll('article.item').length === 3");
    assert_eq!(value(&tab, SAME), "true", "the page was not loaded again");
    // What was chosen keeps the focus, and stays where it was.
    let chosen = "document.activeElement.closest('li a[aria-current]') !== null && \
        document.activeElement.textContent.includes('JNIM')";
    assert_eq!(value(&tab, chosen), "true");
    let after: f64 =
        value(&tab, "document.activeElement.getBoundingClientRect().top").parse().unwrap();
    assert!((before - after).abs() < 2.0, "{before} {after}");
    // Title, spoken count, and the links of the frame follow.
    assert!(value(&tab, "document.title").starts_with("Incidents with JNIM named"));
    assert!(value(&tab, "document.querySelector('#live').textContent").starts_with("3 incidents"));
    for link in [".lang", "link[hreflang]"] {
        let href = value(&tab, &format!("document.querySelector('{link}').getAttribute('href')"));
        assert_eq!(href, "/?perpetrator=jnim&lang=fr", "{link}");
    }
    let json = "document.querySelector('link[type=\"application/json\"]').getAttribute('href')";
    assert_eq!(value(&tab, json), "/timeline.json?perpetrator=jnim&lang=en");

    // A chip takes it back.
    tab.wait_for_element(".chips a").unwrap().click().unwrap();
    until(&tab, "location.search === '?lang=en'");
    until(&tab, "document.querySelectorAll('article.item').length === 8");
    value(&tab, "history.back()");
    until(&tab, "document.querySelectorAll('article.item').length === 3");
    value(&tab, "history.back()");
    until(&tab, "document.querySelectorAll('article.item').length === 8");
    value(&tab, "history.forward()");
    until(&tab, "document.querySelectorAll('article.item').length === 3");
    assert_eq!(value(&tab, SAME), "true");

    // From an incident the reader comes back to the list as it was.
    follow(&tab, "article.item h4 a", "/incidents/2023-01-10-diafarabe?lang=en");
    value(&tab, "history.back()");
    until(&tab, "document.querySelectorAll('article.item').length === 3");
    assert_eq!(text(&tab, "h1"), "Incidents with JNIM named as perpetrator");
    let origin = server.url("/");
    let requests = requests.lock().unwrap();
    assert!(requests.iter().all(|r| r.starts_with(&origin)), "{requests:?}");
}

#[test]
fn a_search_follows_the_typing_and_is_one_step_back() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    open(&tab, &server.url("/"));
    value(&tab, "window.same = true");
    tab.wait_for_element("#q").unwrap().click().unwrap();
    tab.type_str("Hom").unwrap();
    until(&tab, "location.search === '?q=Hom'");
    until(&tab, "document.querySelectorAll('article.item').length === 1");
    tab.type_str("bori").unwrap();
    until(&tab, "location.search === '?q=Hombori'");
    until(&tab, "document.title.includes('Hombori')");
    assert_eq!(value(&tab, "document.activeElement.id"), "q");
    assert_eq!(value(&tab, "document.activeElement.selectionStart"), "7");
    assert_eq!(value(&tab, SAME), "true");
    // Words that no search has are no reason to leave the page.
    tab.type_str("???").unwrap();
    until(&tab, "location.search.startsWith('?q=Hombori%3F')");
    // A choice in the form is followed at once, a wrong date is not.
    let choose = "(f => { f.value = 'oldest'; \
        f.dispatchEvent(new Event('change', {bubbles: true})) })(document.querySelector('#sort'))";
    value(&tab, choose);
    until(&tab, "location.search.endsWith('sort=oldest')");
    value(&tab, "history.back()");
    until(&tab, "location.search.startsWith('?q=Hombori')");
    value(&tab, "history.back()");
    until(&tab, "location.search === ''");
    until(&tab, "document.querySelectorAll('article.item').length === 8");
    assert_eq!(value(&tab, "document.querySelector('#q').value"), "");
    assert_eq!(value(&tab, SAME), "true");
}

#[test]
fn what_is_not_allowed_is_the_error_page_all_the_same() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    open(&tab, &server.url("/"));
    value(&tab, "document.querySelector('#from').value = '2023'");
    value(&tab, "document.querySelector('#to').value = '2022'");
    tab.wait_for_element("form button").unwrap().click().unwrap();
    until(&tab, "document.querySelector('.error') !== null");
    assert_eq!(text(&tab, ".error .code"), "400");
}

#[test]
fn an_open_sheet_and_a_search_in_a_list_stay_while_filters_change() {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    let (tab, _) = tab(&browser);
    open(&tab, &server.url("/"));
    size(&tab, 390, 800);
    tab.wait_for_element(".filters > summary").unwrap().click().unwrap();
    let region = "[aria-labelledby=f-region] a[href='/?region=mopti']";
    value(&tab, &format!("document.querySelector({region:?}).click()"));
    until(&tab, "location.search === '?region=mopti'");
    until(&tab, "document.querySelectorAll('article.item').length === 4");
    assert_eq!(value(&tab, "document.querySelector('.filters').open"), "true");
}
