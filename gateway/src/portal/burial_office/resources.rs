//! Vehicles, cells, halls and furnaces of a home.

use axum::{extract::Request, response::Response};
use serde_json::{Value, json};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::burial::v1 as pb;

use super::{
    HOME,
    board::{homes, no_home},
    chosen, only,
    sheet::{self, Act, Typed, object},
    tabs,
};
use crate::portal::{
    desk::Desk,
    form::Form,
    view::{
        Section,
        burial_office::resources::{CLASSES, KINDS, ResourceRow, ResourcesPage},
        chrome::query,
    },
};

/// All of a home.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk, HOME)?;
    let homes = homes(&desk).await?;
    let home = chosen(&homes, desk.query("home"), |home| &home.code).ok_or_else(no_home)?;
    let backends = desk.state.backends();
    let resources = backends.home_resources(desk.who()?, &home.code).await?;
    Ok(desk.page(&ResourcesPage {
        chrome: desk
            .chrome()
            .titled("车辆、冷藏柜、厅、炉", Section::Burial),
        tabs: tabs(&desk, "/home/resources"),
        told: match desk.query("done") {
            "saved" => "已经保存。",
            _ => "",
        },
        rows: resources.iter().map(ResourceRow::of).collect(),
        homes: homes
            .iter()
            .map(|home| (home.code.clone(), home.name.clone()))
            .collect(),
        add: query("/home/resources/edit", &[("home", &home.code)]),
        home: home.clone(),
    }))
}

/// The form of one, or of a new one.
pub(crate) async fn edit(desk: Desk) -> Result<Response, Fault> {
    let (act, _) = act(&desk).await?;
    sheet::show(&desk, &act)
}

/// Saves it.
pub(crate) async fn save(desk: Desk, request: Request) -> Result<Response, Fault> {
    let (act, known) = act(&desk).await?;
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let home = desk.query("home").to_owned();
    let done = query("/home/resources", &[("home", &home), ("done", "saved")]);
    let request = pb::SaveResourceRequest {
        idempotency_key: typed.key.clone(),
        resource: Some(resource(&typed, home, known.as_ref())),
    };
    let answer = desk.state.backends().save_resource(desk.who()?, request);
    sheet::end(&desk, &act, &typed, answer.await, &done)
}

fn resource(typed: &Typed, home: String, known: Option<&pb::Resource>) -> pb::Resource {
    let kind = known.map_or_else(|| typed.text("kind"), |one| one.kind.clone());
    let class = match kind.as_str() {
        "hall" => typed.text("hall_class"),
        "furnace" => typed.text("furnace_class"),
        _ => String::new(),
    };
    pb::Resource {
        id: known.map_or_else(String::new, |one| one.id.clone()),
        home,
        kind,
        label: typed.text("label"),
        class,
        slot_minutes: typed.number("slot_minutes"),
        opens: typed.text("opens"),
        closes: typed.text("closes"),
        active: known.is_none() || typed.yes("active"),
    }
}

/// The form for the resource of the address; none: for a new one.
async fn act(desk: &Desk) -> Result<(Act, Option<pb::Resource>), Fault> {
    only(desk, HOME)?;
    let (home, id) = (desk.query("home"), desk.query("id"));
    let known = match id {
        "" => None,
        id => {
            let backends = desk.state.backends();
            let all = backends.home_resources(desk.who()?, home).await?;
            let found = all.into_iter().find(|one| one.id == id);
            let message = "本馆没有这一项，请从列表重新打开。";
            Some(found.ok_or_else(|| Fault::new(Code::NotFound, "NO_SUCH_RESOURCE", message))?)
        }
    };
    let value = known.as_ref().map_or_else(
        || json!({"kind": "hall", "slot_minutes": 60, "opens": "08:00", "closes": "17:00"}),
        value_of,
    );
    let kind = known.as_ref().map_or("", |one| one.kind.as_str());
    let act = Act {
        title: known
            .as_ref()
            .map_or_else(|| "新增".to_owned(), |one| one.label.clone()),
        lead: "停用以后不再接受新的预约；已经约好的照常。".to_owned(),
        button: "保存",
        post: query("/home/resources/edit", &[("home", home), ("id", id)]),
        back: query("/home/resources", &[("home", home)]),
        form: form(kind),
        value: object(value),
    };
    Ok((act, known))
}

fn value_of(one: &pb::Resource) -> Value {
    json!({
        "label": one.label, "slot_minutes": one.slot_minutes, "opens": one.opens,
        "closes": one.closes, "active": one.active,
        "hall_class": one.class, "furnace_class": one.class,
    })
}

/// The form; `kind` is empty for a new one.
fn form(kind: &str) -> Form {
    let clock = |title: &str| json!({"type": "string", "title": title, "description": "例如08:00。", "maxLength": 5});
    let mut properties = serde_json::Map::new();
    let mut required = vec!["label", "slot_minutes", "opens", "closes"];
    if kind.is_empty() {
        required.push("kind");
        let field = json!({"title": "种类", "oneOf": sheet::options(&KINDS)});
        properties.insert("kind".to_owned(), field);
    }
    let name = json!({"type": "string", "title": "名称", "maxLength": 40,
        "description": "写在门上、车上的名称，例如“一号告别厅”。"});
    properties.insert("label".to_owned(), name);
    for (of, key, title) in [
        ("hall", "hall_class", "告别厅规格"),
        ("furnace", "furnace_class", "火化炉种类"),
    ] {
        let classes: Vec<_> = CLASSES.iter().filter(|(kind, ..)| *kind == of).collect();
        let classes: Vec<_> = classes
            .iter()
            .map(|(_, code, name)| (*code, *name))
            .collect();
        let mut field = json!({"title": title, "oneOf": sheet::options(&classes)});
        match kind {
            "" => field["x-show-if"] = json!({"pointer": "/kind", "equals": of}),
            other if other != of => continue,
            _ => {}
        }
        properties.insert(key.to_owned(), field);
    }
    let minutes = json!({"type": "integer", "title": "每次多少分钟", "minimum": 15,
        "maximum": 1440});
    properties.insert("slot_minutes".to_owned(), minutes);
    properties.insert("opens".to_owned(), clock("每天从几点起"));
    properties.insert("closes".to_owned(), clock("每天到几点止"));
    if !kind.is_empty() {
        let field = json!({"type": "boolean", "x-widget": "checkbox",
            "title": "正在使用（不勾选就是停用）"});
        properties.insert("active".to_owned(), field);
    }
    Form::read(&json!({"required": required, "properties": properties}))
}
