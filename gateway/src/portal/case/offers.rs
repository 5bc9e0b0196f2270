//! What a funeral home can take for a step, to choose from instead of to type: free times,
//! cells, vehicles, furnaces; and the free places and the stock of a rescue station. When it
//! cannot be had, the field stays a text.

mod child;
mod station;

use jiff::ToSpan as _;
use serde_json::{Value, json};
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::{burial::v1::Resource, casework::v1 as pb};

use crate::portal::{desk::Desk, view::format};

/// Days ahead whose times are offered, today included.
const DAYS: i32 = 3;

/// The case with choices in the forms of its acts.
pub(super) async fn with_choices(desk: &Desk, mut case: pb::Case) -> pb::Case {
    if case.item == station::ITEM {
        return station::with_choices(desk, case).await;
    }
    let form: Value = serde_json::from_str(&case.form).unwrap_or_default();
    let home = form["home"].as_str().unwrap_or_default().to_owned();
    let works = desk
        .who
        .as_ref()
        .is_some_and(|who| who.has_role(Role::Funeral));
    if case.item != "funeral" || home.is_empty() || !works {
        return case;
    }
    let mut resources = None;
    for spec in &mut case.actions {
        let Ok(mut schema) = serde_json::from_str::<Value>(&spec.data_schema) else {
            continue;
        };
        let fields: Vec<(String, bool)> = asked(&schema).collect();
        for (key, time) in fields {
            let kind = kind_of(&key, &spec.code);
            let offered = match time {
                true => times(desk, &home, kind).await,
                false => {
                    if resources.is_none() {
                        resources = of_home(desk, &home).await.ok();
                    }
                    Ok(things(resources.as_deref().unwrap_or_default(), kind))
                }
            };
            offer(&mut schema, &key, offered.unwrap_or_default());
        }
        spec.data_schema = schema.to_string();
    }
    case
}

/// Pages beside the case that its officers need for it: path, words.
pub(super) fn ways(desk: &Desk, case: &pb::Case) -> Vec<(String, &'static str)> {
    let mut ways = child::ways(desk, case);
    ways.extend(beside(case));
    ways
}

fn beside(case: &pb::Case) -> Vec<(String, &'static str)> {
    match case.item.as_str() {
        _ if case.closed => vec![],
        station::ITEM => station::ways(case),
        "kin-match" => station::pair(case),
        "protection-case" => vec![(format!("/child/cases/{}", case.number), "个案工作台")],
        _ => vec![],
    }
}

async fn of_home(desk: &Desk, home: &str) -> Result<Vec<Resource>, Fault> {
    let backends = desk.state.backends();
    backends.home_resources(desk.who()?, home).await
}

/// Fields that name a thing of the home, or (true) a time of it.
fn asked(schema: &Value) -> impl Iterator<Item = (String, bool)> + use<'_> {
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties.filter_map(|(key, field)| match field["x-widget"].as_str()? {
        "resource" => Some((key.clone(), false)),
        "free-time" => Some((key.clone(), true)),
        _ => None,
    })
}

/// What kind of thing a field of an act names.
fn kind_of(key: &str, act: &str) -> &'static str {
    match key {
        "cell" => "cell",
        "vehicle" => "vehicle",
        "furnace" => "furnace",
        _ if act.contains("farewell") => "hall",
        _ => "furnace",
    }
}

/// Those in use, after the home's own choice.
fn things(resources: &[Resource], kind: &str) -> Vec<(String, String)> {
    let mut found = vec![(String::new(), "自动安排".to_owned())];
    let there = resources
        .iter()
        .filter(|one| one.active && one.kind == kind);
    found.extend(there.map(|one| (one.id.clone(), one.label.clone())));
    found
}

/// Free times of the next days, each once with whatever is free then.
async fn times(desk: &Desk, home: &str, kind: &str) -> Result<Vec<(String, String)>, Fault> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    let today = desk.today();
    let days = (0..DAYS).filter_map(|after| today.checked_add(after.days()).ok());
    for day in days {
        let backends = desk.state.backends();
        let mut free = backends.funeral_times(home, kind, &day.to_string()).await?;
        free.sort_by(|a, b| a.starts_at.cmp(&b.starts_at));
        for one in free {
            match found.last_mut().filter(|(at, _)| *at == one.starts_at) {
                Some((_, labels)) => labels.push(one.label),
                None => found.push((one.starts_at, vec![one.label])),
            }
        }
    }
    let words = |(at, labels): (String, Vec<String>)| {
        let (day, time) = at.split_once('T').unwrap_or((&at, ""));
        let day = day
            .parse()
            .map_or_else(|_| day.to_owned(), format::short_day);
        let title = format!("{day} {time}（{}）", labels.join("、"));
        (at, title)
    };
    Ok(found.into_iter().map(words).collect())
}

fn offer(schema: &mut Value, key: &str, choices: Vec<(String, String)>) {
    if choices.iter().all(|(code, _)| code.is_empty()) {
        return;
    }
    let options = choices
        .into_iter()
        .map(|(code, title)| json!({"const": code, "title": title}));
    let field = &mut schema["properties"][key];
    field["oneOf"] = options.collect();
    field["x-widget"] = "select".into();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::form::{Form, schema::Kind};

    #[test]
    fn a_cell_is_chosen_by_its_name() {
        let mut schema = json!({"properties": {
            "tag": {"type": "string", "x-widget": "scan"},
            "cell": {"type": "string", "maxLength": 36, "x-widget": "resource"}}});
        let fields: Vec<_> = asked(&schema).collect();
        assert_eq!(fields, [("cell".to_owned(), false)]);
        let one = |kind: &str, active| Resource {
            id: "0190".into(),
            kind: kind.into(),
            label: "冷藏02".into(),
            active,
            ..Default::default()
        };
        let all = [one("cell", true), one("cell", false), one("hall", true)];
        offer(&mut schema, "cell", things(&all, kind_of("cell", "store")));
        let form = Form::read(&schema);
        let Kind::Choice { options, .. } = &form.fields[1].kind else {
            panic!("no choice")
        };
        let titles: Vec<_> = options.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(titles, ["自动安排", "冷藏02"]);
    }

    #[test]
    fn a_home_without_things_leaves_a_text() {
        let mut schema = json!({"properties": {"cell": {"type": "string"}}});
        offer(&mut schema, "cell", things(&[], "cell"));
        assert!(schema["properties"]["cell"].get("oneOf").is_none());
    }
}
