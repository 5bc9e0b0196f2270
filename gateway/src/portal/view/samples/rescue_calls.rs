//! Rescue: the hotline of a station.

use askama::Template;
use yiwang_proto::rescue::v1 as pb;

use super::{
    data::{EVIL, chrome},
    rescue::station,
    rescue_station::tabs,
};
use crate::portal::view::{Section, rescue::calls::CallsPage};

pub(super) fn pages() -> Vec<(&'static str, String)> {
    let open = call("open", "", "2026-08-12");
    let over = call("station", "0512-031", "2026-05-01");
    let shown = pb::Call {
        asked: EVIL.into(),
        ..open.clone()
    };
    vec![
        (
            "rescue-calls",
            page(vec![open, over.clone()], Some(shown))
                .render()
                .unwrap(),
        ),
        (
            "rescue-calls-over",
            page(vec![over.clone()], Some(over)).render().unwrap(),
        ),
        ("rescue-calls-empty", page(vec![], None).render().unwrap()),
    ]
}

fn call(followed: &str, recording: &str, keep_until: &str) -> pb::Call {
    let open = followed == "open";
    pb::Call {
        id: "018f0000-0000-7000-8000-000000000001".into(),
        station: station().code,
        at: "2026-05-12T03:10".into(),
        taken_by: "刘春生".into(),
        kind: "told".into(),
        kind_label: "反映街面上有人需要救助".into(),
        followed: followed.into(),
        followed_label: if open { "待办理" } else { "已到站求助" }.into(),
        refers: if open { "" } else { "4212022605120000010" }.into(),
        caller: "张*".into(),
        phone: "139****2222".into(),
        asked: String::new(),
        answered: if open { "" } else { "已派车去接" }.into(),
        recording: recording.into(),
        keep_until: keep_until.into(),
        erased_at: String::new(),
        followed_at: if open { "" } else { "2026-05-12T04:00" }.into(),
    }
}

fn page(calls: Vec<pb::Call>, shown: Option<pb::Call>) -> CallsPage {
    CallsPage {
        chrome: chrome("求助电话", Section::Rescue, "staff"),
        tabs: tabs(),
        told: "已经登记。",
        stations: vec![station(), station()],
        station: station(),
        filter: "open".into(),
        day: "2026-05-12".into(),
        today: "2026-05-12".into(),
        open: 1,
        next: match calls.is_empty() {
            true => String::new(),
            false => "/rescue/calls?cursor=c".into(),
        },
        calls,
        shown,
    }
}
