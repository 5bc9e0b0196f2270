//! Foster institutions 托养机构: papers, agreement, the county's check.

use axum::{extract::Request, response::Response};
use serde_json::{Map, Value, json};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Role,
};
use yiwang_civic::division::{self, Level};
use yiwang_proto::rescue::v1 as pb;

use super::{only, scopes, tabs};
use crate::portal::{
    burial_office::sheet::{self, Act, Typed, object, options},
    desk::Desk,
    form::Form,
    view::{
        Section,
        chrome::query,
        rescue::leaving::{INSTITUTIONS, InstitutionsPage, PAPERS},
    },
};

const HERE: &str = "/rescue/institutions";

/// All of the reader's regions, with what each is short of.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let told = match desk.query("done") {
        "saved" => "已经保存。",
        "checked" => "核查结果已经登记。",
        _ => "",
    };
    Ok(desk.page(&InstitutionsPage {
        chrome: desk.chrome().titled("托养机构", Section::Rescue),
        tabs: tabs(&desk, HERE)?,
        told,
        county: desk.who()?.has_role(Role::CountyOfficer),
        institutions: all(&desk).await?,
    }))
}

async fn all(desk: &Desk) -> Result<Vec<pb::Institution>, Fault> {
    let backends = desk.state.backends();
    let mut found: Vec<pb::Institution> = Vec::new();
    for division in scopes(desk)? {
        let request = pb::ListInstitutionsRequest {
            division,
            all: true,
        };
        found.extend(backends.foster_institutions(desk.who()?, request).await?);
    }
    Ok(found)
}

/// The form of an act: `save` or `check`.
pub(crate) async fn act(desk: Desk) -> Result<Response, Fault> {
    let (act, _) = found(&desk).await?;
    sheet::show(&desk, &act)
}

/// Does it.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    let (act, known) = found(&desk).await?;
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let backends = desk.state.backends();
    let who = desk.who()?;
    let (answer, done) = match desk.param(0)? {
        "check" => {
            let request = pb::CheckInstitutionRequest {
                idempotency_key: typed.key.clone(),
                code: known.code,
                licences: typed.yes("licences"),
                fire: typed.yes("fire"),
                food: typed.yes("food"),
                findings: typed.text("findings"),
            };
            (backends.check_institution(who, request).await, "checked")
        }
        _ => {
            let request = pb::SaveInstitutionRequest {
                idempotency_key: typed.key.clone(),
                institution: Some(institution(known, &typed)),
            };
            (backends.save_institution(who, request).await, "saved")
        }
    };
    let done = query(HERE, &[("done", done)]);
    sheet::end(&desk, &act, &typed, answer, &done)
}

/// What was typed over what is known.
fn institution(known: pb::Institution, typed: &Typed) -> pb::Institution {
    let paper = |(kind, _): &(&str, &str)| pb::Licence {
        kind: (*kind).to_owned(),
        number: typed.text(&format!("{kind}_number")),
        valid_to: typed.text(&format!("{kind}_to")),
    };
    let papers = PAPERS.iter().map(paper);
    pb::Institution {
        name: typed.text("name"),
        division: match known.code.as_str() {
            "" => typed.text("division"),
            _ => known.division,
        },
        kind: typed.text("kind"),
        licences: papers.filter(|one| !one.number.is_empty()).collect(),
        agreement: typed.text("agreement"),
        agreement_to: typed.text("agreement_to"),
        active: known.code.is_empty() || typed.yes("active"),
        code: known.code,
        ..pb::Institution::default()
    }
}

/// The act, and the institution it is about; an empty code: a new one.
async fn found(desk: &Desk) -> Result<(Act, pb::Institution), Fault> {
    if !desk.who()?.has_role(Role::CountyOfficer) {
        return Err(Fault::forbidden());
    }
    let (name, code) = (desk.param(0)?, desk.query("code"));
    let known = match (name, code) {
        ("save", "") => pb::Institution::default(),
        ("save" | "check", code) => {
            let mut all = all(desk).await?.into_iter();
            all.find(|one| one.code == code).ok_or_else(gone)?
        }
        _ => return Err(Fault::not_found()),
    };
    let post = query(&format!("{HERE}/{name}"), &[("code", code)]);
    let act = match name {
        "check" => check(&known, post),
        _ => save(desk, &known, post)?,
    };
    Ok((act, known))
}

fn gone() -> Fault {
    let message = "没有登记这家托养机构，请从列表重新打开。";
    Fault::new(Code::NotFound, "INSTITUTION_UNKNOWN", message)
}

fn check(known: &pb::Institution, post: String) -> Act {
    let tick = |title: &str| json!({"type": "boolean", "x-widget": "checkbox", "title": title});
    Act {
        title: format!("登记核查：{}", known.name),
        lead:
            "到现场核查以后登记。有一项不合格的，不能再接收；已经住在里面的，马上逐人评估是否转出。"
                .to_owned(),
        button: "登记核查结果",
        post,
        back: HERE.to_owned(),
        form: Form::read(&json!({"required": ["findings"], "properties": {
            "licences": tick("证照齐全，在有效期内"),
            "fire": tick("消防合格"),
            "food": tick("食品合格"),
            "findings": {"type": "string", "x-widget": "textarea", "maxLength": 2_000,
                "title": "核查情况", "description": "看了哪里、谁陪同、要改正什么。"},
        }})),
        value: Map::new(),
    }
}

fn save(desk: &Desk, known: &pb::Institution, post: String) -> Result<Act, Fault> {
    let new = known.code.is_empty();
    Ok(Act {
        title: match new {
            true => "新增托养机构".to_owned(),
            false => format!("修改：{}", known.name),
        },
        lead: "只登记已经有的证照；没有的、到期的，机构不能接收托养人员。".to_owned(),
        button: "保存",
        post,
        back: HERE.to_owned(),
        form: Form::read(&fields(new, &townships(desk)?)),
        value: value(known),
    })
}

/// Townships of the counties the reader answers for.
fn townships(desk: &Desk) -> Result<Vec<(String, String)>, Fault> {
    let mut all = Vec::new();
    for scope in scopes(desk)?.iter().filter(|scope| scope.len() == 6) {
        let below = division::children(scope).into_iter();
        let below = below.filter(|one| one.level == Level::Township);
        all.extend(below.map(|one| (one.code.to_owned(), one.name.to_owned())));
    }
    Ok(all)
}

fn fields(new: bool, townships: &[(String, String)]) -> Value {
    let mut required = vec!["name", "kind"];
    let mut properties = Map::new();
    let name = json!({"type": "string", "title": "机构名称", "maxLength": 60});
    properties.insert("name".to_owned(), name);
    if new {
        required.push("division");
        let title = "所在乡镇、街道";
        let field = match townships {
            [] => json!({"type": "string", "title": title, "x-widget": "township"}),
            list => json!({"title": title, "x-widget": "select", "oneOf": options(list)}),
        };
        properties.insert("division".to_owned(), field);
    }
    let kind = json!({"title": "种类", "x-widget": "select", "oneOf": options(&INSTITUTIONS)});
    properties.insert("kind".to_owned(), kind);
    for (kind, label) in PAPERS {
        let number = json!({"type": "string", "title": format!("{label}：编号"), "maxLength": 60,
            "description": "没有的不填。"});
        let to = json!({"type": "string", "x-widget": "date",
            "title": format!("{label}：有效期至"), "description": "长期有效的不填。"});
        properties.insert(format!("{kind}_number"), number);
        properties.insert(format!("{kind}_to"), to);
    }
    properties.extend(object(json!({
        "agreement": {"type": "string", "title": "托养协议编号", "maxLength": 100},
        "agreement_to": {"type": "string", "x-widget": "date", "title": "协议到期日期"},
    })));
    if !new {
        let active = json!({"type": "boolean", "x-widget": "checkbox",
            "title": "正在使用（不勾选就是停用）"});
        properties.insert("active".to_owned(), active);
    }
    json!({"required": required, "properties": properties})
}

fn value(known: &pb::Institution) -> Map<String, Value> {
    if known.code.is_empty() {
        return Map::new();
    }
    let mut value = object(json!({
        "name": known.name, "kind": known.kind, "agreement": known.agreement,
        "agreement_to": known.agreement_to, "active": known.active,
    }));
    for one in &known.licences {
        value.insert(format!("{}_number", one.kind), json!(one.number));
        value.insert(format!("{}_to", one.kind), json!(one.valid_to));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_read_back_as_it_was() {
        let known = pb::Institution {
            code: "421202001-TY01".into(),
            name: "温泉康养院".into(),
            division: "421202001".into(),
            kind: "elder".into(),
            licences: vec![pb::Licence {
                kind: "fire".into(),
                number: "XF-1".into(),
                valid_to: "2027-01-01".into(),
            }],
            agreement: "协议1号".into(),
            agreement_to: "2026-12-31".into(),
            active: true,
            ..pb::Institution::default()
        };
        let typed = Typed {
            key: String::new(),
            value: value(&known),
        };
        assert_eq!(institution(known.clone(), &typed), known);
    }
}
