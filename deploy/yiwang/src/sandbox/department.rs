//! The departments that the sandbox plays.

use jiff::{SignedDuration, Timestamp, tz};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    bank, behaviour,
    book::Taken,
    check_centre, dna, population, sharing,
    tickets::{self, Office},
};

/// A department outside civil affairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Department {
    /// 核对中心
    CheckCentre,
    /// 代发银行
    Bank,
    /// 公安人口信息库
    Population,
    /// 身份证读卡器: it answers at once and takes no requests.
    IdReader,
    /// 卫生健康部门: a feed, which takes no requests.
    Health,
    /// 公安机关DNA信息库
    Dna,
    /// 气象部门: a feed, which takes no requests.
    Weather,
    /// 数据共享平台
    Sharing,
    /// 短信平台
    Sms,
    /// 本地办事平台
    Platform,
    /// A department that one-things 一件事 reach.
    #[serde(untagged)]
    Office(Office),
}

impl Department {
    /// All of them.
    pub(crate) const ALL: [Self; 22] = [
        Self::CheckCentre,
        Self::Bank,
        Self::Population,
        Self::IdReader,
        Self::Health,
        Self::Dna,
        Self::Weather,
        Self::Sharing,
        Self::Sms,
        Self::Platform,
        Self::Office(Office::PoliceHousehold),
        Self::Office(Office::TrafficPolice),
        Self::Office(Office::MedicalInsurance),
        Self::Office(Office::SocialInsurance),
        Self::Office(Office::HousingFund),
        Self::Office(Office::PublicHealth),
        Self::Office(Office::Education),
        Self::Office(Office::Construction),
        Self::Office(Office::MarketSupervision),
        Self::Office(Office::Ecology),
        Self::Office(Office::DisabilityFederation),
        Self::Office(Office::Utilities),
    ];

    /// Its name in URLs, keys and callbacks.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::CheckCentre => "check-centre",
            Self::Bank => "bank",
            Self::Population => "population",
            Self::IdReader => "id-reader",
            Self::Health => "health",
            Self::Dna => "dna",
            Self::Weather => "weather",
            Self::Sharing => "sharing",
            Self::Sms => "sms",
            Self::Platform => "platform",
            Self::Office(office) => office.name(),
        }
    }

    /// Where its interface begins.
    pub(crate) fn base(self) -> String {
        format!("/{}/v1", self.name())
    }

    /// Where requests are posted and asked for; none when it takes none.
    pub(crate) fn path(self) -> Option<String> {
        let requests = match self {
            Self::CheckCentre | Self::Sharing => "requests",
            Self::Bank => "batches",
            Self::Population => "checks",
            Self::Dna => "samples",
            Self::Sms | Self::Platform => "messages",
            Self::Office(_) => "tickets",
            Self::IdReader | Self::Health | Self::Weather => return None,
        };
        Some(format!("{}/{requests}", self.base()))
    }

    /// What is wrong with a request.
    pub(crate) fn check(self, body: &Value) -> Result<(), String> {
        match self {
            Self::CheckCentre => check_centre::check(body),
            Self::Bank => bank::check(body),
            Self::Population => population::check(body),
            Self::Dna => dna::check(body),
            Self::Sharing => sharing::check(body),
            Self::Sms | Self::Platform => messages(body),
            Self::Office(office) => tickets::check(office, body),
            Self::IdReader => Err("a reader takes no requests".to_owned()),
            Self::Health | Self::Weather => Err("a feed takes no requests".to_owned()),
        }
    }

    /// Code of a malformed request.
    pub(crate) fn invalid(self) -> &'static str {
        match self {
            Self::Bank => "INVALID_BATCH",
            _ => "INVALID_REQUEST",
        }
    }
}

impl Taken {
    /// The answer to a POST, and to a GET before the answer is ready.
    pub(crate) fn receipt(&self) -> Value {
        match self.department {
            Department::CheckCentre => {
                json!({"request_id": self.number("HD-"), "status": "pending"})
            }
            Department::Bank => json!({"batch_id": self.number("YH-"), "status": "accepted"}),
            _ => json!({"status": "pending"}),
        }
    }

    /// The answer once it is ready.
    pub(crate) fn answer(&self) -> Value {
        match self.department {
            Department::CheckCentre => check_centre::answer(self),
            Department::Bank => bank::answer(self),
            Department::Population => population::answer(self),
            Department::Dna => dna::answer(self),
            Department::Sharing => sharing::answer(self),
            Department::Sms | Department::Platform => json!({"status": "sent"}),
            Department::Office(office) => tickets::answer(office, self),
            Department::IdReader | Department::Health | Department::Weather => Value::Null,
        }
    }

    /// The instant, machine time, at which the answer is ready.
    pub(crate) fn ready_at(&self) -> Timestamp {
        self.taken_at + behaviour::delay(&self.behave)
    }

    /// The instant of the answer, business time, in Beijing.
    pub(crate) fn answered_at(&self) -> jiff::Zoned {
        beijing(self.business_at + behaviour::delay(&self.behave))
    }

    /// Where the callback goes.
    pub(crate) fn callback_url(&self) -> Option<&str> {
        self.body.get("callback_url").and_then(Value::as_str)
    }

    /// A number that follows from the key alone.
    pub(crate) fn number(&self, prefix: &str) -> String {
        let digest = Sha256::digest(self.key.as_bytes());
        format!("{prefix}{}", hex::encode(&digest[..8]))
    }
}

/// What is wrong with a message 消息.
fn messages(body: &Value) -> Result<(), String> {
    for field in ["message", "phone", "text"] {
        if body[field].as_str().is_none_or(str::is_empty) {
            return Err(format!("{field} is missing"));
        }
    }
    Ok(())
}

/// The same instant on a clock in Beijing.
pub(crate) fn beijing(at: Timestamp) -> jiff::Zoned {
    at.to_zoned(tz::TimeZone::fixed(tz::offset(8)))
}

/// An instant as the contract writes it.
pub(crate) fn written(at: &jiff::Zoned) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// A day this many days later.
pub(crate) fn days_later(at: &jiff::Zoned, days: i64) -> jiff::civil::Date {
    at.date()
        .saturating_add(SignedDuration::from_hours(24 * days))
}
