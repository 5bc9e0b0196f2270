//! What a hall may look like, pure: every mistake at its field.

use jiff::civil::Time;
use yiwang_casework::form::is_readable;
use yiwang_chassis::fault::{Fault, FieldViolation};
use yiwang_civic::division::{self, Level};
use yiwang_proto::marriage::v1 as pb;

use crate::halls::{party::is_phone, plan::Hours};

/// Grades of MZ/T 024-2011; empty: none.
const GRADES: [&str; 4] = ["", "3A", "4A", "5A"];
/// Whom halls are competent for and registrars trained for (条例第二条).
pub(super) const KINDS: [&str; 5] = [
    "mainland",
    "foreign",
    "hk_macao",
    "taiwan",
    "overseas_chinese",
];
/// Shortest and longest time, in minutes; the table has the same.
const MINUTES: std::ops::RangeInclusive<i32> = 5..=120;
/// Places at a time; the table has the same.
pub(super) const PLACES: std::ops::RangeInclusive<i32> = 1..=100;
/// More people live in no county.
const RESIDENTS: i32 = 20_000_000;

/// A hall as it was typed, found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    /// Empty: the next of the township.
    pub(super) code: String,
    pub(super) division: String,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) phone: String,
    pub(super) grade: String,
    pub(super) competence: Vec<String>,
    pub(super) hours: Hours,
    pub(super) capacity: i32,
    pub(super) population: Option<i32>,
    pub(super) active: bool,
}

/// What is wrong, at its fields.
#[derive(Debug, Default)]
pub(super) struct Wrong(Vec<FieldViolation>);

impl Wrong {
    pub(super) fn note(&mut self, field: &str, reason: &'static str, message: impl Into<String>) {
        self.0.push(FieldViolation::new(field, reason, message));
    }

    /// What was read, when nothing is wrong.
    pub(super) fn or<T>(self, read: Option<T>) -> Result<T, Fault> {
        match read {
            Some(read) if self.0.is_empty() => Ok(read),
            _ => Err(Fault::invalid(self.0)),
        }
    }
}

/// Reads a hall.
pub(super) fn hall(request: &pb::SaveHallRequest) -> Result<Draft, Fault> {
    let mut wrong = Wrong::default();
    let opens_it = request.version == 0;
    let division = division_of(request);
    if opens_it && !is_township(&division) {
        let message = "请选择登记处所在的乡镇、街道。";
        wrong.note("/division", "NOT_A_TOWNSHIP", message);
    }
    let code = request.code.trim().to_owned();
    // A new hall may leave it to the register, which takes the next number.
    let left_open = opens_it && code.is_empty();
    let fits = is_code(&code) && code.starts_with(&division);
    if !fits && !left_open {
        let message =
            "登记处代码是所在乡镇、街道的9位区划代码，加横线和两位序号，例如421202001-01。";
        wrong.note("/code", "HALL_CODE", message);
    }
    let mut text = |field: &str, typed: &str, most: usize, message: &str| {
        let typed = typed.trim();
        let plain = is_readable(typed) && !typed.contains(char::is_control);
        if !plain || !(2..=most).contains(&typed.chars().count()) {
            wrong.note(field, "TEXT", message);
        }
        typed.to_owned()
    };
    let name = text(
        "/name",
        &request.name,
        40,
        "请填写登记处的名称，不超过40个字。",
    );
    let address = text(
        "/address",
        &request.address,
        100,
        "请填写登记处的地址，写到门牌或者楼层，不超过100个字。",
    );
    if !is_phone(&request.phone) {
        let message = "请填写咨询电话，例如0715-8320520。";
        wrong.note("/phone", "PHONE", message);
    }
    if !GRADES.contains(&request.grade.as_str()) {
        wrong.note("/grade", "NOT_OFFERED", "请选择等级。");
    }
    let competence = kinds(&request.competence, "/competence", &mut wrong);
    if !MINUTES.contains(&request.slot_minutes) {
        let message = "每个时段请填5到120分钟。";
        wrong.note("/slot_minutes", "OUT_OF_RANGE", message);
    }
    if !PLACES.contains(&request.slot_capacity) {
        let message = "每个时段的名额请填1到100对。";
        wrong.note("/slot_capacity", "OUT_OF_RANGE", message);
    }
    if !(0..=RESIDENTS).contains(&request.population) {
        let message = "请填写本县（市、区）的人口数，单位是人。";
        wrong.note("/population", "OUT_OF_RANGE", message);
    }
    let minutes = u16::try_from(request.slot_minutes).unwrap_or_default();
    let hours = hours(request.hours.as_ref(), minutes, &mut wrong);
    let draft = hours.map(|hours| Draft {
        code,
        division,
        name,
        address,
        phone: request.phone.trim().to_owned(),
        grade: request.grade.clone(),
        competence,
        hours,
        capacity: request.slot_capacity,
        population: Some(request.population).filter(|residents| *residents > 0),
        active: request.active,
    });
    wrong.or(draft)
}

/// The township of a hall; that of its code when only this was said.
fn division_of(request: &pb::SaveHallRequest) -> String {
    let said = match request.division.trim() {
        "" => request.code.trim().get(..9).unwrap_or_default(),
        said => said,
    };
    said.to_owned()
}

fn is_township(code: &str) -> bool {
    division::find(code).is_some_and(|found| found.level == Level::Township)
}

/// Nine digits, a hyphen, two digits.
fn is_code(code: &str) -> bool {
    code.split_once('-').is_some_and(|(division, serial)| {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        division.len() == 9 && serial.len() == 2 && digits(division) && digits(serial)
    })
}

/// Known words, none twice, in the order of [`KINDS`].
pub(super) fn kinds(chosen: &[String], field: &str, wrong: &mut Wrong) -> Vec<String> {
    let known = chosen.iter().all(|one| KINDS.contains(&one.as_str()));
    if chosen.is_empty() || !known {
        wrong.note(field, "NOT_OFFERED", "请至少选择一项。");
    }
    let kept = KINDS
        .iter()
        .filter(|kind| chosen.iter().any(|one| one == *kind));
    kept.map(|kind| (*kind).to_owned()).collect()
}

/// Reads hours; none when they are wrong, which is noted.
pub(super) fn hours(
    hours: Option<&pb::DayHours>,
    slot_minutes: u16,
    wrong: &mut Wrong,
) -> Option<Hours> {
    let typed = hours.cloned().unwrap_or_default();
    let mut at = |field: &str, text: &str| {
        let found = clock(text);
        if found.is_none() {
            wrong.note(field, "NOT_A_TIME", "请填写时间，例如8:30。");
        }
        found
    };
    let opens = at("/hours/opens", &typed.opens);
    let closes_noon = at("/hours/closes_noon", &typed.closes_noon);
    let opens_noon = at("/hours/opens_noon", &typed.opens_noon);
    let closes = at("/hours/closes", &typed.closes);
    let read = Hours {
        opens: opens?,
        closes_noon: closes_noon?,
        opens_noon: opens_noon?,
        closes: closes?,
        slot_minutes,
    };
    let order = [
        ("/hours/closes_noon", read.opens, read.closes_noon),
        ("/hours/opens_noon", read.closes_noon, read.opens_noon),
        ("/hours/closes", read.opens_noon, read.closes),
    ];
    let mut in_order = true;
    for (field, earlier, later) in order {
        if earlier > later {
            in_order = false;
            let message = "时间要依次往后：上午开门、上午关门、下午开门、下午关门。";
            wrong.note(field, "NOT_IN_ORDER", message);
        }
    }
    if in_order && slot_minutes > 0 && read.starts().is_empty() {
        let message = "这样一个时段也排不下，请核对办公时间和时段的长短。";
        wrong.note("/hours/closes", "NO_TIMES", message);
    }
    Some(read)
}

/// 8:30, 08:30 or 8：30.
fn clock(text: &str) -> Option<Time> {
    let text = text.trim().replace('：', ":");
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(hour, 2) || !digits(minute, 2) || minute.len() != 2 {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests;
