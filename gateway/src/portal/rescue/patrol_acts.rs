//! A patrol is planned, starts, ends, does not take place.

use axum::{extract::Request, response::Response};
use jiff::civil::{DateTime, Time};
use serde_json::{Map, Value, json};
use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1 as pb;

use super::{chosen, only, stations};
use crate::portal::{
    body::Body,
    burial_office::sheet::{self, Act, Typed, object, options},
    desk::Desk,
    form::Form,
    view::{chrome::query, rescue::patrols::PARTNERS},
};

/// How often, by the days between.
const OFTEN: [(&str, &str); 4] = [
    ("0", "只巡查一次"),
    ("1", "每天一次"),
    ("2", "隔天一次"),
    ("7", "每周一次"),
];

/// The form of a new patrol.
pub(crate) async fn plan(desk: Desk) -> Result<Response, Fault> {
    let (act, _) = plan_act(&desk).await?;
    sheet::show(&desk, &act)
}

/// Plans it, once or again and again.
pub(crate) async fn take_plan(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let (act, station) = plan_act(&desk).await?;
    let typed = match sheet::take(&desk, &body, &act)? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let answer = match read_plan(&typed, &station.code) {
        Ok(request) => {
            desk.state
                .backends()
                .plan_patrol(desk.who()?, request)
                .await
        }
        Err(fault) => Err(fault),
    };
    let count = answer.as_ref().map_or(0, |one| one.planned).to_string();
    let day = typed.text("day");
    let pairs = [
        ("station", station.code.as_str()),
        ("from", &day),
        ("done", "plan"),
        ("count", &count),
    ];
    let done = query("/rescue/patrols", &pairs);
    sheet::end(&desk, &act, &typed, answer, &done)
}

async fn plan_act(desk: &Desk) -> Result<(Act, pb::Station), Fault> {
    only(desk)?;
    let stations = stations(desk).await?;
    let station = chosen(&stations, desk.query("station"))?.clone();
    let county = station.division.get(..6).unwrap_or_default();
    let campaigns = desk.state.backends().campaigns(county).await?.campaigns;
    let here = [("station", station.code.as_str())];
    let asked = desk.query("campaign");
    let act = Act {
        title: "安排巡查".to_owned(),
        lead: format!("{}。写明巡查哪里、走哪条路线、谁参加。", station.name),
        button: "安排",
        post: query("/rescue/patrols/plan", &here),
        back: query("/rescue/patrols", &here),
        form: plan_form(&campaigns),
        value: object(json!({
            "day": desk.today().to_string(), "starts_at": "20:00", "ends_at": "22:00",
            "every_days": "0", "campaign": asked,
        })),
    };
    Ok((act, station))
}

fn plan_form(campaigns: &[pb::Campaign]) -> Form {
    let line = |title: &str, hint: &str, max: u32| json!({"type": "string", "title": title, "description": hint, "maxLength": max});
    let day = |title: &str, hint: &str| json!({"type": "string", "format": "date", "title": title, "description": hint});
    let open: Vec<_> = campaigns
        .iter()
        .filter(|one| one.state != "ended")
        .collect();
    let mut choices = vec![(String::new(), "不属于专项行动".to_owned())];
    choices.extend(open.iter().map(|one| (one.id.clone(), one.title.clone())));
    let mut properties = object(json!({
        "area": line("巡查区域", "例如：汽车客运站、银泉大道地下通道。", 100),
        "route": {"type": "string", "x-widget": "textarea", "title": "路线", "maxLength": 500,
            "description": "从哪里出发，经过哪些地方。"},
        "day": day("哪一天", ""),
        "starts_at": line("几点开始", "例如：20:00。", 10),
        "ends_at": line("几点结束", "早于开始时间的，算第二天。", 10),
        "every_days": {"title": "多久巡查一次", "x-widget": "radio", "oneOf": options(&OFTEN)},
        "until": day("最后一天", "只巡查一次的不填。"),
        "partners": {"type": "array", "title": "参加单位", "uniqueItems": true,
            "items": {"oneOf": options(&PARTNERS)}},
        "leader_name": line("带队人", "", 50),
    }));
    if !open.is_empty() {
        let campaign = json!({"title": "专项行动", "x-widget": "select",
            "oneOf": options(&choices)});
        properties.insert("campaign".to_owned(), campaign);
    }
    let required = ["area", "day", "starts_at", "ends_at", "every_days"];
    Form::read(&json!({"required": required, "properties": properties}))
}

fn read_plan(typed: &Typed, station: &str) -> Result<pb::PlanPatrolRequest, Fault> {
    let (starts_at, ends_at) = hours(
        &typed.text("day"),
        &typed.text("starts_at"),
        &typed.text("ends_at"),
    )?;
    Ok(pb::PlanPatrolRequest {
        idempotency_key: typed.key.clone(),
        station: station.to_owned(),
        area: typed.text("area"),
        route: typed.text("route"),
        starts_at: wire(starts_at),
        ends_at: wire(ends_at),
        partners: typed.list("partners"),
        leader_name: typed.text("leader_name"),
        campaign: typed.text("campaign"),
        every_days: typed.text("every_days").parse().unwrap_or_default(),
        until: typed.text("until"),
    })
}

/// Beginning and end; what ends before it begins ends on the next day.
fn hours(day: &str, from: &str, to: &str) -> Result<(DateTime, DateTime), Fault> {
    let wrong = |at: &str, message: &str| Fault::invalid_field(at, "NOT_A_TIME", message);
    let day: jiff::civil::Date = day.parse().map_err(|_| wrong("/day", "请选择日期。"))?;
    let read =
        |at: &str, text: &str| time_of(text).ok_or_else(|| wrong(at, "请填写时间，例如20:00。"));
    let (from, to) = (read("/starts_at", from)?, read("/ends_at", to)?);
    let last = match to > from {
        true => Ok(day),
        false => day.tomorrow(),
    };
    let last = last.map_err(|_| wrong("/day", "请选择日期。"))?;
    Ok((day.to_datetime(from), last.to_datetime(to)))
}

/// 20:00, 20点, 8点30分, 2030.
fn time_of(typed: &str) -> Option<Time> {
    let text: String = typed
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '：' | '点' | '时' | '.' => ':',
            c => c,
        })
        .filter(|c| !matches!(c, '分' | ' ' | '　'))
        .collect();
    let (hour, minute) = match text.split_once(':') {
        Some((hour, "")) => (hour, "0"),
        Some((hour, "半")) => (hour, "30"),
        Some(parts) => parts,
        None if text.len() == 4 && text.is_ascii() => text.split_at(2),
        None => (text.as_str(), "0"),
    };
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

fn wire(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// The form of `start`, `finish` or `cancel`.
pub(crate) async fn act(desk: Desk) -> Result<Response, Fault> {
    let act = change_act(&desk).await?;
    sheet::show(&desk, &act)
}

/// Does it.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let act = change_act(&desk).await?;
    let typed = match sheet::take(&desk, &body, &act)? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let request = pb::ChangePatrolRequest {
        idempotency_key: typed.key.clone(),
        patrol: desk.param(0)?.to_owned(),
        summary: typed.text("summary"),
    };
    let (who, backends) = (desk.who()?, desk.state.backends());
    let name = desk.param(1)?;
    let answer = match name {
        "start" => backends.start_patrol(who, request).await,
        "finish" => backends.finish_patrol(who, request).await,
        _ => backends.cancel_patrol(who, request).await,
    };
    let done = query(&act.back, &[("done", name)]);
    sheet::end(&desk, &act, &typed, answer, &done)
}

async fn change_act(desk: &Desk) -> Result<Act, Fault> {
    only(desk)?;
    let (id, name) = (desk.param(0)?, desk.param(1)?);
    let summary = |title: &str, hint: &str| {
        Form::read(&json!({"required": ["summary"], "properties": {
            "summary": {"type": "string", "x-widget": "textarea", "title": title,
                "description": hint, "maxLength": 1000},
        }}))
    };
    let (title, lead, button, form) = match name {
        "start" => (
            "开始巡查",
            "开始以后，手机“街头救助”页上可以签到、写看望。",
            "开始",
            Form::read(&Value::Object(Map::new())),
        ),
        "finish" => (
            "结束巡查",
            "还没有发送的看望，手机有网络时会自己补上。",
            "结束",
            summary(
                "巡查情况",
                "走了哪些地方，见到几个人，发了什么，还要做什么。",
            ),
        ),
        "cancel" => (
            "取消巡查",
            "已经开始的不能取消。",
            "取消这次巡查",
            summary("为什么取消", ""),
        ),
        _ => return Err(Fault::not_found()),
    };
    let patrol = desk.state.backends().patrol(desk.who()?, id).await?;
    let back = format!("/rescue/patrols/{}", patrol.id);
    Ok(Act {
        title: format!("{title}：{}", patrol.area),
        lead: lead.to_owned(),
        button,
        post: format!("{back}/{name}"),
        back,
        form,
        value: Map::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_people_write_them() {
        let time = |text| time_of(text).map(|time| time.strftime("%H:%M").to_string());
        for (typed, read) in [
            ("20:00", "20:00"),
            ("２０：３０", "20:30"),
            ("8点", "08:00"),
            ("8点半", "08:30"),
            ("20点15分", "20:15"),
            ("2030", "20:30"),
            ("9", "09:00"),
        ] {
            assert_eq!(time(typed).as_deref(), Some(read), "{typed}");
        }
        for typed in ["", "晚上", "25:00", "20:61"] {
            assert_eq!(time(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_night_ends_on_the_next_day() {
        let (from, to) = hours("2026-05-20", "22:00", "1:30").unwrap();
        assert_eq!(
            (wire(from), wire(to)),
            ("2026-05-20T22:00".into(), "2026-05-21T01:30".into())
        );
        assert!(hours("", "22:00", "23:00").is_err());
    }
}
