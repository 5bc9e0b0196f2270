//! The hotline of a station: who called, what was asked, what followed, the recordings.

use axum::{extract::Request, response::Response};
use serde_json::{Map, json};
use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1 as pb;

use super::{chosen, only, stations, tabs};
use crate::portal::{
    burial_office::sheet::{self, Act, options},
    desk::Desk,
    form::Form,
    view::{
        Section,
        chrome::query,
        rescue::calls::{CallsPage, FOLLOWED, KINDS},
    },
};

/// Calls on a page.
const PAGE: i32 = 50;
/// Where the calls are.
const HERE: &str = "/rescue/calls";

/// The calls, and one of them in full.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let stations = stations(&desk).await?;
    let station = chosen(&stations, desk.query("station"))?;
    let filter = match desk.query("show") {
        only @ ("open" | "erasable") => only,
        _ => "",
    };
    let request = pb::ListCallsRequest {
        station: station.code.clone(),
        day: desk.query("day").to_owned(),
        open: filter == "open",
        erasable: filter == "erasable",
        cursor: desk.query("cursor").to_owned(),
        limit: PAGE,
    };
    let backends = desk.state.backends();
    let found = backends.station_calls(desk.who()?, request).await?;
    let shown = match desk.query("call") {
        "" => None,
        id => Some(backends.station_call(desk.who()?, id).await?),
    };
    Ok(desk.page(&CallsPage {
        chrome: desk.chrome().titled("求助电话", Section::Rescue),
        tabs: tabs(&desk, HERE)?,
        told: match desk.query("done") {
            "saved" => "已经登记。",
            "erased" => "已经登记录音删除。",
            _ => "",
        },
        filter: filter.to_owned(),
        day: desk.query("day").to_owned(),
        today: desk.today().to_string(),
        next: match found.next_cursor.as_str() {
            "" => String::new(),
            cursor => query(
                HERE,
                &[
                    ("station", &station.code),
                    ("show", filter),
                    ("day", desk.query("day")),
                    ("cursor", cursor),
                ],
            ),
        },
        open: found.open,
        calls: found.calls,
        shown,
        station: station.clone(),
        stations,
    }))
}

/// The form of an act: `record`, `follow`, `recording`.
pub(crate) async fn act(desk: Desk) -> Result<Response, Fault> {
    let of = found(&desk).await?;
    sheet::show(&desk, &sheet_of(&desk, &of))
}

/// Does it.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    let of = found(&desk).await?;
    let act = sheet_of(&desk, &of);
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let station = desk.query("station");
    let backends = desk.state.backends();
    let who = desk.who()?;
    let key = typed.key.clone();
    let mut done = "saved";
    let answer = match of {
        Of::New => {
            let request = pb::RecordCallRequest {
                idempotency_key: key,
                station: station.to_owned(),
                at: at(&typed.text("day"), &typed.text("time")),
                kind: typed.text("kind"),
                caller: typed.text("caller"),
                phone: typed.text("phone"),
                asked: typed.text("asked"),
                answered: typed.text("answered"),
                followed: typed.text("followed"),
                refers: typed.text("refers"),
                recording: typed.text("recording"),
            };
            backends.record_call(who, request).await
        }
        Of::Follow(call) => {
            let request = pb::FollowCallRequest {
                idempotency_key: key,
                id: call.id,
                followed: typed.text("followed"),
                refers: typed.text("refers"),
                answered: typed.text("answered"),
            };
            backends.follow_call(who, request).await
        }
        Of::Recording(call) => {
            done = "erased";
            let request = pb::EraseRecordingRequest {
                idempotency_key: key,
                id: call.id,
            };
            backends.erase_recording(who, request).await
        }
    };
    let then = query(HERE, &[("station", station), ("done", done)]);
    sheet::end(&desk, &act, &typed, answer, &then)
}

/// Day and time as the contract wants them; both empty: now.
fn at(day: &str, time: &str) -> String {
    match (day, time) {
        ("", "") => String::new(),
        (day, time) => format!("{day}T{time}"),
    }
}

/// What an act is about.
enum Of {
    New,
    Follow(pb::Call),
    Recording(pb::Call),
}

async fn found(desk: &Desk) -> Result<Of, Fault> {
    only(desk)?;
    let name = desk.param(0)?;
    if name == "record" {
        return Ok(Of::New);
    }
    let backends = desk.state.backends();
    let call = backends.station_call(desk.who()?, desk.query("id")).await?;
    match name {
        "follow" => Ok(Of::Follow(call)),
        "recording" => Ok(Of::Recording(call)),
        _ => Err(Fault::not_found()),
    }
}

fn sheet_of(desk: &Desk, of: &Of) -> Act {
    let station = desk.query("station");
    let back = query(HERE, &[("station", station)]);
    let post = |name: &str, id: &str| {
        let path = format!("{HERE}/{name}");
        query(&path, &[("station", station), ("id", id)])
    };
    match of {
        Of::New => Act {
            title: "登记来电".to_owned(),
            lead:
                "24小时有人接听。先听清人在哪里、有没有危险：有危险、生病、受伤的，马上转110、120，\
                   再登记。"
                    .to_owned(),
            button: "登记",
            post: post("record", ""),
            back,
            form: Form::read(&json!({
                "required": ["kind", "asked", "followed"], "properties": record_fields(),
            })),
            value: Map::new(),
        },
        Of::Follow(call) => Act {
            title: "来电怎么办的".to_owned(),
            lead: format!("来电人说：{}", call.asked),
            button: "保存",
            post: post("follow", &call.id),
            back,
            form: Form::read(&json!({
                "required": ["followed", "answered"], "properties": {
                    "followed": {"title": "怎么办的", "oneOf": options(&FOLLOWED[1..])},
                    "answered": {"type": "string", "x-widget": "textarea", "title": "经过和结果",
                        "maxLength": 1_000},
                    "refers": refers(),
                },
            })),
            value: Map::new(),
        },
        Of::Recording(call) => Act {
            title: "登记录音删除".to_owned(),
            lead: format!(
                "录音{}保存到{}。到期以后先在电话系统里删除，再在这里登记。",
                call.recording, call.keep_until
            ),
            button: "已经删除，登记",
            post: post("recording", &call.id),
            back,
            form: Form::read(&json!({"properties": {}})),
            value: Map::new(),
        },
    }
}

fn refers() -> serde_json::Value {
    json!({"type": "string", "title": "有关的办件编号", "maxLength": 30,
           "description": "已经登记接待、寻人求助的填写；没有的不填。"})
}

fn record_fields() -> serde_json::Value {
    json!({
        "kind": {"title": "为了什么来电", "oneOf": options(&KINDS)},
        "asked": {"type": "string", "x-widget": "textarea", "title": "来电人说的情况",
            "maxLength": 2_000, "description": "人在哪里、什么样子、要什么帮助。"},
        "caller": {"type": "string", "title": "来电人姓名", "maxLength": 40,
            "description": "不愿意说的不填。"},
        "phone": {"type": "string", "title": "来电号码", "maxLength": 20},
        "followed": {"title": "怎么办的", "oneOf": options(&FOLLOWED)},
        "answered": {"type": "string", "x-widget": "textarea", "title": "怎么答复、怎么办的",
            "maxLength": 1_000, "description": "还没有办的可以先不填。"},
        "refers": refers(),
        "recording": {"type": "string", "title": "录音编号", "maxLength": 60,
            "description": "电话系统里的编号；录音至少保存三个月。"},
        "day": {"type": "string", "x-widget": "date", "title": "来电日期",
            "description": "刚刚来电的不填。"},
        "time": {"type": "string", "title": "来电时间", "maxLength": 5,
            "description": "例如03:10；刚刚来电的不填。"},
    })
}

#[cfg(test)]
mod tests {
    use super::at;

    #[test]
    fn day_and_time_are_one() {
        assert_eq!(at("", ""), "");
        assert_eq!(at("2026-05-20", "03:10"), "2026-05-20T03:10");
        // Refused by the service, at its field.
        assert_eq!(at("2026-05-20", ""), "2026-05-20T");
    }
}
