//! Looks for people where none may be named: in logs, metrics and events.

use yiwang_civic::citizen_id::CitizenId;

/// Lines of `text` that hold a valid ID number or one of `secrets`, with what and where.
pub(crate) fn named(text: &str, secrets: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        if let Some(id) = id_number(line) {
            found.push(format!("line {number}: the ID number {id} in {line}"));
        }
        for secret in secrets.iter().filter(|secret| line.contains(*secret)) {
            found.push(format!("line {number}: {secret} in {line}"));
        }
    }
    found
}

/// A number of 18 digits with the right check digit that stands alone.
fn id_number(line: &str) -> Option<&str> {
    let words = line.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| word.len() == 18)
        .find(|word| word.parse::<CitizenId>().is_ok())
}

#[test]
fn people_are_recognised() {
    let id = yiwang_e2e::id_number("420323", "19790315", 301);
    let name = ["何大山".to_owned()];
    assert_eq!(named(&format!("a=1 id={id}, b"), &[]).len(), 1);
    assert_eq!(named("{\"who\":\"何大山\"}", &name).len(), 1);
    assert_eq!(named(&format!("trace=0{id}"), &name), Vec::<String>::new());
    assert_eq!(named("at=170000000000000000", &name), Vec::<String>::new());
}
