//! What readers come for, each in at most three actions, with script and without.

use super::{Server, browser, follow, open, tab, text, until, value, without_script};
use headless_chrome::Tab;

fn each_way(task: impl Fn(&Tab, &Server)) {
    let Some(browser) = browser() else { return };
    let server = Server::start();
    for script in [true, false] {
        let (tab, _) = tab(&browser);
        if !script {
            without_script(&tab);
        }
        open(&tab, &server.url("/"));
        task(&tab, &server);
    }
}

#[test]
fn who_says_how_many_died_in_moura() {
    each_way(|tab, _| {
        // Type the name (one), press Enter (two): figures stand with their claimants.
        tab.wait_for_element("#q").unwrap().click().unwrap();
        tab.type_str("Moura").unwrap();
        tab.press_key("Enter").unwrap();
        until(tab, "location.search === '?q=Moura'");
        until(tab, "document.querySelectorAll('article.item').length === 1");
        assert_eq!(text(tab, "article.item h4"), "Moura, March 2022");
        let said = text(tab, "article.item .m-killed .claims");
        for (figure, who) in
            [("300", "Human Rights Watch"), ("at least 500", "UN"), ("203", "Malian government")]
        {
            assert!(said.contains(figure) && said.contains(who), "{figure} {who}: {said}");
        }
        // Three: the whole ledger, with the words.
        follow(tab, "article.item h4 a", "/incidents/2022-03-moura");
        let ledger = text(tab, ".ledger");
        for words in ["more than 500", "up to 400", "des habitants", "203", "Malian government"] {
            assert!(ledger.contains(words), "{words}: {ledger}");
        }
    });
}

#[test]
fn all_attacks_claimed_by_jnim_in_segou_in_january_2023() {
    each_way(|tab, _| {
        // Each choice is one action, and dates with Enter are one.
        follow(tab, "[aria-labelledby=f-region] a[href='/?region=segou']", "/?region=segou");
        until(tab, "document.querySelectorAll('article.item').length === 2");
        follow(
            tab,
            "[aria-labelledby=f-perpetrator] a[href='/?region=segou&perpetrator=jnim']",
            "/?region=segou&perpetrator=jnim",
        );
        until(tab, "document.querySelector('h1').textContent.includes('JNIM')");
        follow(
            tab,
            ".chart a[href='/?region=segou&perpetrator=jnim&from=2023-01&to=2023-01']",
            "/?region=segou&perpetrator=jnim&from=2023-01&to=2023-01",
        );
        until(tab, "document.querySelectorAll('article.item').length === 1");
        assert_eq!(text(tab, "article.item h4"), "Diafarabé and Koumara");
        // The way in which JNIM is named is said with each.
        assert!(text(tab, "article.item .facts").contains("claimed by JNIM"));
    });
}

#[test]
fn send_my_colleague_this_view() {
    each_way(|tab, server| {
        follow(
            tab,
            "[aria-labelledby=f-victim] a[href='/?victim=civilians']",
            "/?victim=civilians",
        );
        until(tab, "document.querySelector('h1').textContent.includes('civilians')");
        // The address is the view; the file is one action away, and is the same view.
        let here = value(tab, "location.pathname + location.search");
        let file = tab.wait_for_element("a[download][href^='/export.html']").unwrap();
        let file = file.get_attribute_value("href").unwrap().unwrap();
        assert_eq!(file, here.replacen("/?", "/export.html?", 1));
        let shown = value(tab, "document.querySelectorAll('article.item').length");
        let sent = ureq::get(server.url(&file)).call().unwrap();
        let sent = sent.into_body().read_to_string().unwrap();
        assert_eq!(sent.matches("<article ").count().to_string(), shown);
        // The colleague opens the address and sees the same.
        let seen = text(tab, "h1");
        open(tab, &server.url(&here));
        assert_eq!(text(tab, "h1"), seen);
        assert_eq!(value(tab, "document.querySelectorAll('article.item').length"), shown);
    });
}
