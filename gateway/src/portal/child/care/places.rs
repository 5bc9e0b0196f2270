//! Protection stations, centres, welfare homes, children's homes, project sites.

use axum::{extract::Request, response::Response};
use serde_json::{Map, Value, json};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_civic::division::{self, Level};
use yiwang_proto::child::v1 as pb;

use super::{
    super::{OFFICE, Region, only, tabs},
    ground,
};
use crate::portal::{
    burial_office::sheet::{self, Act, Typed, object, options},
    desk::Desk,
    form::Form,
    view::{
        Section,
        child::care::roster::{KINDS, PlacesPage, place as link},
        chrome::query,
    },
};

const HERE: &str = "/child/places";

/// What stands in the division.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let region = ground(&desk, OFFICE)?;
    let asked = desk.query("kind");
    let kind = KINDS.iter().find(|(code, ..)| *code == asked);
    let kind = kind.map_or("", |(code, ..)| code);
    Ok(desk.page(&PlacesPage {
        chrome: desk.chrome().titled("未保站点和儿童之家", Section::Child),
        tabs: tabs(&desk, HERE)?,
        told: match desk.query("done") {
            "saved" => "已经保存。",
            _ => "",
        },
        found: listed(&desk, &region.chosen, kind).await?,
        places: region.all,
        division: region.chosen,
        kind: kind.to_owned(),
    }))
}

async fn listed(desk: &Desk, division: &str, kind: &str) -> Result<Vec<pb::Place>, Fault> {
    let request = pb::ListPlacesRequest {
        division: division.to_owned(),
        kind: kind.to_owned(),
    };
    desk.state
        .backends()
        .child_places(desk.who()?, request)
        .await
}

/// The form of a place.
pub(crate) async fn act(desk: Desk) -> Result<Response, Fault> {
    let (act, _) = found(&desk).await?;
    sheet::show(&desk, &act)
}

/// Saves it.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    let (act, known) = found(&desk).await?;
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let request = pb::SavePlaceRequest {
        idempotency_key: typed.key.clone(),
        place: Some(place(known, &typed)),
    };
    let backends = desk.state.backends();
    let answer = backends.save_child_place(desk.who()?, request).await;
    let done = [("division", desk.query("division")), ("done", "saved")];
    sheet::end(&desk, &act, &typed, answer, &query(HERE, &done))
}

/// What was typed over what is known.
fn place(known: pb::Place, typed: &Typed) -> pb::Place {
    pb::Place {
        division: match known.division.as_str() {
            "" => typed.text("division"),
            _ => known.division,
        },
        name: typed.text("name"),
        address: typed.text("address"),
        phone: typed.text("phone"),
        hours: typed.text("hours"),
        staff: typed.number("staff"),
        active: known.id.is_empty() || typed.yes("active"),
        id: known.id,
        kind: known.kind,
        ..pb::Place::default()
    }
}

/// The form, and the place it is about; an empty id: a new one.
async fn found(desk: &Desk) -> Result<(Act, pb::Place), Fault> {
    only(desk, OFFICE)?;
    let (id, kind, division) = (desk.query("id"), desk.query("kind"), desk.query("division"));
    let (code, name, digits) = *KINDS
        .iter()
        .find(|(code, ..)| *code == kind)
        .ok_or_else(Fault::not_found)?;
    let region = Region::of(desk, OFFICE)?;
    let known = match id {
        "" => pb::Place {
            kind: code.to_owned(),
            // Where the list already says so.
            division: match division.len() == digits {
                true => division.to_owned(),
                false => String::new(),
            },
            ..pb::Place::default()
        },
        id => {
            let mut all = vec![];
            for (division, _) in &region.all {
                all.extend(listed(desk, division, code).await?);
            }
            all.into_iter().find(|one| one.id == id).ok_or_else(gone)?
        }
    };
    let there = match division::full_name(&known.division) {
        Some(place) => format!("{place}。"),
        None => String::new(),
    };
    let act = Act {
        title: match id {
            "" => format!("登记{name}"),
            _ => format!("修改：{}", known.name),
        },
        lead: format!("{there}公布给家长和孩子看，请写清楚怎么找、什么时候开。"),
        button: "保存",
        post: link(id, kind, division),
        back: query(HERE, &[("division", division)]),
        form: Form::read(&fields(&known, digits, &choices(&region, digits))),
        value: value(&known),
    };
    Ok((act, known))
}

fn gone() -> Fault {
    let message = "没有登记这个地方，请从列表重新打开。";
    Fault::new(Code::NotFound, "PLACE_UNKNOWN", message)
}

/// Divisions of that many digits that the reader answers for, as far as the table has them.
fn choices(region: &Region, digits: usize) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = vec![];
    for (code, name) in &region.all {
        if code.len() == digits {
            found.push((code.clone(), name.clone()));
        }
        let below = division::children(code).into_iter();
        let townships = below.filter(|one| one.level == Level::Township && digits == 9);
        found.extend(townships.map(|one| (one.code.to_owned(), one.name.to_owned())));
    }
    found
}

fn fields(known: &pb::Place, digits: usize, choices: &[(String, String)]) -> Value {
    let mut required = vec!["name", "address", "phone"];
    let mut properties = Map::new();
    if known.division.is_empty() {
        required.push("division");
        let title = match digits {
            6 => "所在县（市、区）",
            9 => "所在乡镇（街道）",
            _ => "所在村（社区）",
        };
        let field = match (choices, digits) {
            ([], 12) => json!({"type": "string", "title": title, "x-widget": "village"}),
            ([], _) => json!({"type": "string", "title": title, "x-widget": "division"}),
            (list, _) => json!({"title": title, "x-widget": "select", "oneOf": options(list)}),
        };
        properties.insert("division".to_owned(), field);
    }
    properties.extend(object(json!({
        "name": {"type": "string", "title": "名称", "maxLength": 60},
        "address": {"type": "string", "title": "地址", "maxLength": 120},
        "phone": {"type": "string", "x-widget": "phone", "title": "电话"},
        "hours": {"type": "string", "title": "什么时候开", "maxLength": 60,
            "description": "例如：放学后和周末，下午4点到6点。"},
        "staff": {"type": "integer", "title": "工作人员数", "minimum": 0, "maximum": 500},
    })));
    if !known.id.is_empty() {
        let title = "正在使用（不勾选就是停用）";
        let active = json!({"type": "boolean", "x-widget": "checkbox", "title": title});
        properties.insert("active".to_owned(), active);
    }
    json!({"required": required, "properties": properties})
}

fn value(known: &pb::Place) -> Map<String, Value> {
    match known.id.as_str() {
        "" => Map::new(),
        _ => object(json!({
            "name": known.name, "address": known.address, "phone": known.phone,
            "hours": known.hours, "staff": known.staff, "active": known.active,
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_read_back_as_it_was() {
        let known = pb::Place {
            id: "1".into(),
            kind: "station".into(),
            division: "421202001".into(),
            name: "温泉街道未保站".into(),
            address: "长安大道8号".into(),
            phone: "0715-8320110".into(),
            hours: "工作日".into(),
            staff: 2,
            active: true,
            ..pb::Place::default()
        };
        let typed = Typed {
            key: String::new(),
            value: value(&known),
        };
        assert_eq!(place(known.clone(), &typed), known);
    }
}
