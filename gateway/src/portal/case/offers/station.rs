//! Free places where this person may lie, and articles with what is left of them.

use serde_json::Value;
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::{casework::v1 as pb, rescue::v1 as rescue};

use super::offer;
use crate::portal::{desk::Desk, view::chrome::query};

/// The stay.
pub(super) const ITEM: &str = "station-stay";

/// Names belongings by their line.
const GIVE_BACK: &str = "give_back";

/// The case with choices in the forms of its acts.
pub(super) async fn with_choices(desk: &Desk, mut case: pb::Case) -> pb::Case {
    let works = desk.who.as_ref();
    if !works.is_some_and(|who| who.has_role(Role::Station)) {
        return case;
    }
    let form: Value = serde_json::from_str(&case.form).unwrap_or_default();
    let station = form["station"].as_str().unwrap_or_default();
    let number = case.number.clone();
    let (mut places, mut articles) = (None, None);
    for spec in &mut case.actions {
        let Ok(mut schema) = serde_json::from_str::<Value>(&spec.data_schema) else {
            continue;
        };
        if spec.code == GIVE_BACK {
            let backends = desk.state.backends();
            let kept = match desk.who() {
                Ok(who) => backends.belongings_of(who, &number).await,
                Err(fault) => Err(fault),
            };
            schema["properties"]["lines"]["description"] = listed(&kept.unwrap_or_default()).into();
            spec.data_schema = schema.to_string();
        }
        let Some((key, widget)) = asked(&schema) else {
            continue;
        };
        let choices = match widget {
            Widget::Place => {
                if places.is_none() {
                    places = free(desk, station, &number).await.ok();
                }
                let free = places.as_deref().unwrap_or_default();
                self::places(free, &spec.code, is_needed(&schema, &key))
            }
            Widget::Article => {
                if articles.is_none() {
                    articles = stock(desk, station).await.ok();
                }
                self::articles(articles.as_deref().unwrap_or_default())
            }
        };
        offer(&mut schema, &key, choices);
        spec.data_schema = schema.to_string();
    }
    case
}

/// States in which somebody is in the station's care.
const IN_CARE: [&str; 4] = ["admitted", "in_hospital", "on_trip", "fostered"];

/// To the relative search, for whoever is in care.
pub(super) fn ways(case: &pb::Case) -> Vec<(String, &'static str)> {
    let path = format!("/rescue/search/{}", case.number);
    let there = IN_CARE.contains(&case.state.as_str());
    there
        .then_some((path, "查找可能的家人"))
        .into_iter()
        .collect()
}

/// To both sides of a pair.
pub(super) fn pair(case: &pb::Case) -> Vec<(String, &'static str)> {
    let form: Value = serde_json::from_str(&case.form).unwrap_or_default();
    let [stay, report] = ["stay", "report"].map(|key| form[key].as_str().unwrap_or_default());
    let path = format!("/rescue/search/{}/compare", stay.trim());
    let pair = [("report", report.trim()), ("match", case.number.as_str())];
    vec![(query(&path, &pair), "并排比较双方")]
}

/// What a field names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Widget {
    Place,
    Article,
}

/// The field that names a place or an article; no act names two.
fn asked(schema: &Value) -> Option<(String, Widget)> {
    let properties = schema["properties"].as_object()?;
    properties.iter().find_map(|(key, field)| {
        let widget = match field["x-widget"].as_str()? {
            "rescue-place" => Widget::Place,
            "rescue-article" => Widget::Article,
            _ => return None,
        };
        Some((key.clone(), widget))
    })
}

fn is_needed(schema: &Value, key: &str) -> bool {
    let required = schema["required"].as_array();
    required.is_some_and(|keys| keys.iter().any(|one| one == key))
}

async fn free(desk: &Desk, station: &str, number: &str) -> Result<Vec<rescue::Place>, Fault> {
    let request = rescue::ListPlacesRequest {
        station: station.to_owned(),
        case_number: number.to_owned(),
        all: false,
    };
    let backends = desk.state.backends();
    backends.station_places(desk.who()?, request).await
}

async fn stock(desk: &Desk, station: &str) -> Result<Vec<rescue::Article>, Fault> {
    let backends = desk.state.backends();
    backends.station_articles(desk.who()?, station).await
}

/// Rooms, or hospitals for who is brought to one; the station's own choice comes first.
fn places(free: &[rescue::Place], act: &str, needed: bool) -> Vec<(String, String)> {
    let kind = match act {
        "send_hospital" => "hospital",
        _ => "room",
    };
    let own = (String::new(), "自动安排".to_owned());
    let mut found: Vec<_> = (!needed).then_some(own).into_iter().collect();
    let fitting = free.iter().filter(|one| one.active && one.kind == kind);
    found.extend(fitting.map(|one| {
        let left = one.berths.saturating_sub(one.taken);
        (one.id.clone(), format!("{}（空{left}）", one.label))
    }));
    found
}

fn articles(stock: &[rescue::Article]) -> Vec<(String, String)> {
    let there = stock.iter().filter(|one| one.on_hand > 0);
    let title = |one: &rescue::Article| format!("{}（现有{}{}）", one.name, one.on_hand, one.unit);
    there.map(|one| (one.id.clone(), title(one))).collect()
}

/// What is still kept, by line.
fn listed(belongings: &[rescue::Belonging]) -> String {
    let kept = belongings.iter().filter(|one| one.state == "kept");
    let lines = kept.map(|one| {
        let two = if one.valued { "，两人签字" } else { "" };
        format!("{}号：{}（{}{two}）", one.line, one.what, one.quantity)
    });
    let lines: Vec<String> = lines.collect();
    match lines.is_empty() {
        true => "没有寄存的物品。".to_owned(),
        false => lines.join("；"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_room_is_chosen_by_its_name_and_a_hospital_by_who_needs_one() {
        let schema = json!({"required": ["reasons"], "properties": {
            "place": {"type": "string", "x-widget": "rescue-place"}, "reasons": {}}});
        assert_eq!(asked(&schema), Some(("place".to_owned(), Widget::Place)));
        assert!(!is_needed(&schema, "place"));
        let place = |kind: &str, label: &str| rescue::Place {
            id: label.into(),
            kind: kind.into(),
            label: label.into(),
            berths: 6,
            taken: 2,
            active: true,
            ..Default::default()
        };
        let free = [place("room", "男宿舍101"), place("hospital", "定点医院")];
        let titles = |act, needed| {
            let all = places(&free, act, needed).into_iter();
            all.map(|(_, title)| title).collect::<Vec<_>>()
        };
        assert_eq!(titles("admit", false), ["自动安排", "男宿舍101（空4）"]);
        assert_eq!(titles("move_place", true), ["男宿舍101（空4）"]);
        assert_eq!(
            titles("send_hospital", false),
            ["自动安排", "定点医院（空4）"]
        );
    }
}
