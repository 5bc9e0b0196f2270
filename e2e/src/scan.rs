//! Looks for people where none may be named: in logs and metrics.

use std::{fs, path::Path};

use anyhow::Context;
use yiwang_civic::citizen_id::CitizenId;

/// Lines of `text` that hold a valid ID number or one of `secrets`, with what and where.
#[must_use]
pub fn named(text: &str, secrets: &[String]) -> Vec<String> {
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

/// All logs below a data directory, of servers too, by path.
///
/// # Errors
/// When one cannot be read.
pub fn logs(data: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let mut logs = Vec::new();
    let mut folders = vec![data.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() && !path.ends_with("data") && !path.ends_with("store") {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "log") || path.ends_with("log") {
                let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
                logs.push((path.display().to_string(), without_banner(&text)));
            }
        }
    }
    Ok(logs)
}

/// What the terminal shows at the start is indented, and may list the demo accounts.
fn without_banner(text: &str) -> String {
    let said = text.lines().map(|line| match line.starts_with("  ") {
        true => "",
        false => line,
    });
    said.collect::<Vec<_>>().join("\n")
}

/// The metrics of a service that was configured by `yiwang up`.
///
/// # Errors
/// When they cannot be read.
pub async fn metrics(data: &Path, service: &str) -> anyhow::Result<String> {
    let settings = data.join(format!("config/{service}.toml"));
    let settings: toml::Table = fs::read_to_string(settings)?.parse()?;
    let listen = settings["admin"]["listen"]
        .as_str()
        .context("no admin.listen")?;
    let http = reqwest::Client::builder().no_proxy().build()?;
    let answer = http.get(format!("http://{listen}/metrics")).send().await?;
    Ok(answer.error_for_status()?.text().await?)
}

#[test]
fn people_are_recognised() {
    let id = crate::id_number("420323", "19790315", 301);
    let name = ["何大山".to_owned()];
    assert_eq!(named(&format!("a=1 id={id}, b"), &[]).len(), 1);
    assert_eq!(named("{\"who\":\"何大山\"}", &name).len(), 1);
    assert_eq!(named(&format!("trace=0{id}"), &name), Vec::<String>::new());
    assert_eq!(named("at=170000000000000000", &name), Vec::<String>::new());
}
