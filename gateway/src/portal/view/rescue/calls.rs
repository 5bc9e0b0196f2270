//! The hotline of a station.

use askama::Template;
use yiwang_proto::rescue::v1 as pb;

use super::{Chrome, query, station::local};
use crate::portal::view::burial_office::Tab;

/// What a call is about, by code.
pub(crate) const KINDS: [(&str, &str); 6] = [
    ("help", "本人求助"),
    ("missing", "家属寻人"),
    ("told", "反映街面上有人需要救助"),
    ("inquiry", "政策咨询"),
    ("complaint", "投诉、意见"),
    ("other", "其他"),
];

/// What followed, by code; open first.
pub(crate) const FOLLOWED: [(&str, &str); 8] = [
    ("open", "待办理"),
    ("advised", "已当场答复"),
    ("station", "已到站求助"),
    ("patrol", "已派人上街看望"),
    ("ambulance", "已请120救治"),
    ("police", "已转公安机关"),
    ("missing_report", "已登记寻人求助"),
    ("referred", "已转其他单位"),
];

/// Calls of a station, one of them in full.
#[derive(Template)]
#[template(path = "rescue/calls.html")]
pub(crate) struct CallsPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    pub(crate) stations: Vec<pb::Station>,
    pub(crate) station: pb::Station,
    /// `open`, `erasable`; empty: all.
    pub(crate) filter: String,
    pub(crate) day: String,
    /// ISO date.
    pub(crate) today: String,
    pub(crate) open: i64,
    pub(crate) calls: Vec<pb::Call>,
    pub(crate) shown: Option<pb::Call>,
    pub(crate) next: String,
}

impl CallsPage {
    /// An act on a call; without one: a new call.
    fn act(&self, name: &str, id: &str) -> String {
        let path = format!("/rescue/calls/{name}");
        query(&path, &[("station", &self.station.code), ("id", id)])
    }

    /// The page with this call in full.
    fn open_one(&self, id: &str) -> String {
        let pairs = [
            ("station", self.station.code.as_str()),
            ("show", &self.filter),
            ("day", &self.day),
            ("call", id),
        ];
        query("/rescue/calls", &pairs)
    }

    /// What is kept of the recording.
    fn recording(&self, call: &pb::Call) -> String {
        if call.recording.is_empty() {
            return "没有录音".to_owned();
        }
        if !call.erased_at.is_empty() {
            return format!("已删除（{}）", local(&call.erased_at));
        }
        let until = crate::portal::view::format::iso_day(&call.keep_until);
        match self.erasable(call) {
            true => format!("{}，保存期已满", call.recording),
            false => format!("{}，保存到{until}", call.recording),
        }
    }

    /// Whether its time is over.
    fn erasable(&self, call: &pb::Call) -> bool {
        !call.recording.is_empty() && call.erased_at.is_empty() && call.keep_until < self.today
    }
}

/// Who called: a masked name, a number, or nobody.
fn caller(call: &pb::Call) -> String {
    let told: Vec<&str> = [call.caller.as_str(), call.phone.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    match told.is_empty() {
        true => "没有说".to_owned(),
        false => told.join("　"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_called_in_words() {
        let call = |caller: &str, phone: &str| pb::Call {
            caller: caller.into(),
            phone: phone.into(),
            ..Default::default()
        };
        assert_eq!(
            super::caller(&call("张*", "139****2222")),
            "张*　139****2222"
        );
        assert_eq!(super::caller(&call("", "")), "没有说");
    }
}
