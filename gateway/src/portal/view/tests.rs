//! What must hold on every page. The pages are also written to
//! `target/portal/*.html`, to be looked at in a browser.

use std::{collections::HashSet, fs, path::Path};

use super::samples;
use crate::portal::assets;

/// An opening tag with its attributes.
#[derive(Debug)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The opening tags of a page; enough for pages whose text is escaped.
fn tags(html: &str) -> Vec<Tag> {
    let pieces = html.split('<').skip(1);
    let opening = pieces.filter(|piece| piece.starts_with(|c: char| c.is_ascii_alphabetic()));
    opening
        .map(|piece| tag(piece.split_once('>').map_or(piece, |(inside, _)| inside)))
        .collect()
}

fn tag(inside: &str) -> Tag {
    let (name, mut rest) = inside
        .split_once(char::is_whitespace)
        .unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start().trim_start_matches('/');
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        if let Some(quoted) = after.strip_prefix("=\"") {
            let (value, after) = quoted.split_once('"').expect("a closing quote");
            attributes.push((key.to_owned(), value.to_owned()));
            rest = after;
        } else {
            assert!(!after.starts_with('='), "unquoted attribute in <{inside}>");
            attributes.push((key.to_owned(), String::new()));
            rest = after;
        }
    }
    Tag {
        name: name.to_owned(),
        attributes,
    }
}

#[test]
fn every_page_is_written_where_it_can_be_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/portal");
    fs::create_dir_all(&folder).unwrap();
    for asset in assets::ALL {
        let name = asset.url().rsplit('/').next().unwrap();
        fs::write(folder.join(name), asset.bytes).unwrap();
    }
    for (name, html) in samples::pages() {
        let mut html = html;
        for asset in assets::ALL {
            html = html.replace(asset.url(), asset.url().rsplit('/').next().unwrap());
        }
        fs::write(folder.join(format!("{name}.html")), &html).unwrap();
        let large = html.replacen("class=\"print\"", "class=\"large\"", 1);
        fs::write(folder.join(format!("{name}-large.html")), large).unwrap();
    }
}

#[test]
fn every_page_has_one_language_one_heading_and_one_way_to_the_text() {
    for (name, html) in samples::pages() {
        let tags = tags(&html);
        let count = |wanted: &str| tags.iter().filter(|tag| tag.name == wanted).count();
        assert_eq!(tags[0].get("lang"), Some("zh-CN"), "{name}");
        assert_eq!(count("h1"), 1, "{name}: one h1");
        assert_eq!(count("main"), 1, "{name}");
        assert!(
            html.contains(r##"href="#main""##),
            "{name}: a link past the navigation"
        );
        assert!(html.contains("长辈版"), "{name}: large print");
        assert!(!html.contains("<title></title>"), "{name}");
    }
}

#[test]
fn no_page_has_script_or_style_of_its_own() {
    for (name, html) in samples::pages() {
        for tag in tags(&html) {
            assert_ne!(tag.name, "style", "{name}");
            assert!(
                tag.name != "script" || tag.get("src").is_some(),
                "{name}: inline script"
            );
            assert!(tag.get("style").is_none(), "{name}: {tag:?}");
            let handler = tag.attributes.iter().find(|(key, _)| key.starts_with("on"));
            assert!(handler.is_none(), "{name}: {tag:?}");
            let script = tag
                .get("href")
                .is_some_and(|href| href.starts_with("javascript:"));
            assert!(!script, "{name}: {tag:?}");
        }
        assert!(!html.contains("<script>alert"), "{name}: text is escaped");
    }
}

#[test]
fn every_control_has_a_label_and_every_reference_a_target() {
    for (name, html) in samples::pages() {
        let tags = tags(&html);
        let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
        let known: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(
            known.len(),
            ids.len(),
            "{name}: an id twice: {:?}",
            twice(&ids)
        );
        let labelled: HashSet<&str> = tags
            .iter()
            .filter(|tag| tag.name == "label")
            .filter_map(|tag| tag.get("for"))
            .collect();
        for tag in &tags {
            let is_control = matches!(tag.name.as_str(), "input" | "select" | "textarea")
                && !matches!(tag.get("type"), Some("hidden"))
                && tag.get("aria-hidden") != Some("true");
            if is_control {
                let id = tag
                    .get("id")
                    .unwrap_or_else(|| panic!("{name}: {tag:?} has no id"));
                assert!(labelled.contains(id), "{name}: {id} has no label");
            }
            for reference in ["aria-describedby", "aria-labelledby", "for", "form"] {
                for id in tag
                    .get(reference)
                    .into_iter()
                    .flat_map(str::split_whitespace)
                {
                    assert!(known.contains(id), "{name}: {reference}={id} leads nowhere");
                }
            }
            if let Some(id) = tag.get("href").and_then(|href| href.strip_prefix('#')) {
                assert!(known.contains(id), "{name}: #{id} leads nowhere");
            }
            assert!(
                tag.name != "img" || tag.get("alt").is_some(),
                "{name}: {tag:?}"
            );
        }
    }
}

fn twice<'a>(ids: &[&'a str]) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    ids.iter().copied().filter(|id| !seen.insert(*id)).collect()
}

#[test]
fn every_form_that_changes_something_carries_its_token() {
    for (name, html) in samples::pages() {
        for form in html.split("<form ").skip(1) {
            let form = form.split("</form>").next().unwrap();
            if form.contains(r#"method="post""#) {
                assert!(
                    form.contains(r#"name="csrf" value="token""#),
                    "{name}: {form}"
                );
            }
        }
    }
}

#[test]
fn forms_that_must_not_act_twice_carry_a_key() {
    let keyed = [
        "apply-review",
        "action",
        "officer",
        "notice",
        "hall-check-in",
        "hall-bench",
        "hall-conflicts",
        "hall-counselling",
        "hall-dishonesty",
        "hall-restoration",
        "hall-setup-form",
        "hall-setup-registrars",
        "hall-setup-days",
        "archive-list",
        "archive-batch",
        "book-people",
        "book-talk",
        "appointments",
        "visits-people",
        "visits-mine",
        "visits-gate",
        "funeral-times",
        "cemetery",
        "rescue-tell",
        "rescue-encounter",
        "child-payments",
        "child-report",
        "child-tasks",
    ];
    for (name, html) in samples::pages() {
        if keyed.contains(&name) {
            assert!(html.contains(r#"name="key" value="key""#), "{name}");
        }
    }
}

#[test]
fn the_help_sheet_names_nobody() {
    let pages = samples::pages();
    let (_, sheet) = pages
        .iter()
        .find(|(name, _)| *name == "hall-help-sheet")
        .unwrap();
    for number in ["110", "12338", "12345"] {
        assert!(sheet.contains(number), "{number}");
    }
    let letter = sheet.split("<article").nth(1).unwrap();
    assert!(
        !letter.contains("编号") && !letter.contains("何*"),
        "{letter}"
    );
}

#[test]
fn counselling_is_said_to_be_no_condition() {
    for name in ["book-kind", "book-talk-done"] {
        let pages = samples::pages();
        let (_, html) = pages.iter().find(|(found, _)| *found == name).unwrap();
        assert!(html.contains("免费") && html.contains("不影响"), "{name}");
    }
}

/// What the family must still do comes before what it may; what hardly anybody needs is folded.
#[test]
fn a_grieving_family_reads_first_what_is_missing() {
    let pages = samples::pages();
    let html = pages
        .iter()
        .find_map(|(name, html)| html.contains("治丧安排").then_some((name, html)));
    let (name, html) = html.unwrap();
    let at = |word: &str| html.find(word).unwrap_or_else(|| panic!("{name}: {word}"));
    let signing = at("/actions/sign_confirmation");
    assert!(signing < at("kind=furnace"), "{name}");
    assert!(at("<details") < at("/actions/ask_transfer"), "{name}");
    assert_eq!(
        html.matches("button big call").count(),
        1,
        "{name}: one call"
    );
}

#[test]
fn people_read_chinese() {
    // Names of programs and keys that have no Chinese name.
    const KNOWN: [&str; 28] = [
        "PDF", "CSV", "XLSX", "JPG", "PNG", "MB", "KB", "B", "X", "Ctrl", "Tab", "Enter", "J", "K",
        "Chrome", "Android", "Firefox", "Windows", "alert", "script", "DROP", "TABLE", "jpg",
        "citizen", "township", "zhushan", "YY", "JS",
    ];
    for (name, html) in samples::pages() {
        for text in texts(&html) {
            let words = text.split(|c: char| !c.is_ascii_alphabetic());
            for word in words.filter(|word| word.len() > 1 && !KNOWN.contains(word)) {
                let is_code = text.contains("4203") || word == "demo" || text.contains("ABCD EFGH");
                assert!(is_code, "{name}: {word:?} in {text:?}");
            }
        }
    }
}

/// The texts between tags.
fn texts(html: &str) -> Vec<String> {
    let pieces = html
        .split('<')
        .skip(1)
        .filter_map(|piece| piece.split_once('>'));
    let text = pieces.map(|(_, text)| text.replace("&#60;", " ").replace("&#62;", " "));
    text.map(|text| text.replace("&#39;", " ").trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}
