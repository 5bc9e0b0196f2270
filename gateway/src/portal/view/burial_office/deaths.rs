//! The register of deaths.

use askama::Template;
use yiwang_civic::division;
use yiwang_proto::burial::v1 as pb;

use super::{Tab, instant};
use crate::portal::view::{Chrome, Trouble, chrome::query, format};

/// A certificate looked up, alarms, deaths to be taken back.
#[derive(Template)]
#[template(path = "burial/deaths.html")]
pub(crate) struct DeathsPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) found: Option<DeathView>,
    /// May note a use.
    pub(crate) uses: bool,
    /// May ask to take a death back.
    pub(crate) asks: bool,
    /// Decides on it.
    pub(crate) decides: bool,
    /// Sees alarms.
    pub(crate) county: bool,
    pub(crate) alarms: Vec<AlarmView>,
    pub(crate) next_alarms: String,
    pub(crate) revocations: Vec<RevocationView>,
    pub(crate) next_revocations: String,
}

/// A death in words.
pub(crate) struct DeathView {
    pub(crate) name: String,
    pub(crate) state: &'static str,
    pub(crate) class: &'static str,
    pub(crate) died: String,
    pub(crate) cause: &'static str,
    pub(crate) place: String,
    pub(crate) source: &'static str,
    pub(crate) reference: String,
    pub(crate) uses: String,
    pub(crate) infectious: bool,
}

impl DeathView {
    /// A death of the register.
    pub(crate) fn of(death: &pb::Death) -> Self {
        let (state, class) = match death.state.as_str() {
            "voided" => ("已作废", "shut"),
            "corrected" => ("有效（已更正）", "live"),
            _ => ("有效", "live"),
        };
        let used = |code: &String| match code.as_str() {
            "police" => "注销户口",
            "funeral" => "办理殡葬",
            "grave" => "墓位（格位）",
            "eco_subsidy" => "生态安葬奖补",
            "refund" => "异地火化费用报销",
            _ => "社会保险",
        };
        let uses: Vec<&str> = death.used_for.iter().map(used).collect();
        Self {
            name: death.name.clone(),
            state,
            class,
            died: format::iso_day(&death.died_on),
            cause: match death.cause.as_str() {
                "natural" => "正常死亡",
                "unnatural" => "非正常死亡",
                _ => "死因不明",
            },
            place: division::full_name(&death.place).unwrap_or_else(|| death.place.clone()),
            source: match death.source.as_str() {
                "health" => "卫生健康部门",
                "police" => "公安机关",
                _ => "纸质证明录入",
            },
            reference: death.reference.clone(),
            uses: match uses.as_slice() {
                [] => "还没有用过".to_owned(),
                uses => uses.join("、"),
            },
            infectious: death.infectious,
        }
    }
}

/// Something an officer must look at.
pub(crate) struct AlarmView {
    pub(crate) title: &'static str,
    pub(crate) text: String,
    pub(crate) reference: String,
    pub(crate) place: String,
    pub(crate) raised: String,
    pub(crate) href: String,
}

impl AlarmView {
    /// An open one.
    pub(crate) fn of(alarm: &pb::DeathAlarm) -> Self {
        let asks = if alarm.asks_outcome { "outcome" } else { "" };
        Self {
            title: match alarm.kind.as_str() {
                "cremation_without_death" => "没有死亡登记的火化",
                "found_alive" => "登记死亡的人在救助站",
                "died_in_station" => "受助人员去世",
                "certificate_contested" => "殡仪馆对死亡证明有异议",
                _ => "没有入库的死亡证明",
            },
            text: alarm.text.clone(),
            reference: alarm.reference.clone(),
            place: division::full_name(&alarm.division).unwrap_or_default(),
            raised: instant(&alarm.raised_at),
            href: query("/home/deaths/alarm", &[("id", &alarm.id), ("asks", asks)]),
        }
    }
}

/// A death somebody wants to be taken back.
pub(crate) struct RevocationView {
    pub(crate) name: String,
    pub(crate) died: String,
    pub(crate) reference: String,
    pub(crate) reason: String,
    pub(crate) asked: String,
    pub(crate) href: String,
}

impl RevocationView {
    /// An open one.
    pub(crate) fn of(one: &pb::DeathRevocation) -> Self {
        Self {
            name: one.name.clone(),
            died: format::iso_day(&one.died_on),
            reference: one.reference.clone(),
            reason: one.reason.clone(),
            asked: format!("{}，{}", one.asked_by, instant(&one.asked_at)),
            href: query("/home/deaths/decide", &[("id", &one.id)]),
        }
    }
}
