//! Who comes: read and checked, every mistake at its field.

use yiwang_casework::{Runtime, form::is_readable};
use yiwang_chassis::{
    fault::{Code, Fault, FieldViolation},
    identity::{Caller, Role},
};
use yiwang_civic::{citizen_id::CitizenId, time};
use yiwang_proto::burial::v1 as pb;

use super::{
    Kind,
    rules::VisitRules,
    view::{Body, Guest},
};

/// Longest name, in characters.
const LONGEST_NAME: usize = 50;
/// Longest description of a grave.
const LONGEST_PLACE: usize = 100;

/// Who comes.
#[derive(Debug)]
pub(super) struct Party {
    pub(super) kind: Kind,
    pub(super) cars: i32,
    pub(super) body: Body,
}

impl Party {
    /// Reads the people of a request; the caller comes first, by the real name of the account.
    pub(super) fn read(
        rt: &Runtime,
        caller: &Caller,
        rules: &VisitRules,
        request: &pb::BookVisitRequest,
    ) -> Result<Self, Fault> {
        if caller.person.is_none() || !caller.has_role(Role::Citizen) {
            let message = "祭扫预约要先完成实名认证；也可以打电话请公墓（骨灰堂）代为登记。";
            return Err(Fault::new(Code::Forbidden, "NOT_VERIFIED", message));
        }
        let mut wrong = Vec::new();
        let mut note = |field: String, reason: &'static str, message: String| {
            wrong.push(FieldViolation::new(field, reason, message));
        };
        let kind = Kind::from_code(&request.kind);
        if kind.is_none() {
            note(
                "/kind".into(),
                "NOT_OFFERED",
                "请选择到场祭扫还是代祭。".into(),
            );
        }
        let kind = kind.unwrap_or(Kind::InPerson);
        if !is_phone(&request.phone) {
            let message = "请填写联系电话，例如13800001234。";
            note("/phone".into(), "PHONE", message.into());
        }
        let most = match kind {
            Kind::InPerson => (rules.companions, rules.cars),
            Kind::OnBehalf => (0, 0),
        };
        if request.companions.len() > most.0 as usize {
            let message = match kind {
                Kind::InPerson => {
                    format!("一次预约最多带{}位同行的人，其余的人请另外预约。", most.0)
                }
                Kind::OnBehalf => "代祭由工作人员进行，不用填同行的人。".to_owned(),
            };
            note("/companions".into(), "TOO_MANY", message);
        }
        if request.cars < 0 || i64::from(request.cars) > i64::from(most.1) {
            let message = match most.1 {
                0 => "这里不能开车进去，请把车辆改成0。".to_owned(),
                most => format!("一次预约最多开{most}辆车。"),
            };
            note("/cars".into(), "TOO_MANY", message);
        }
        let place = request.place.trim().to_owned();
        if kind == Kind::OnBehalf && !is_text(&place, LONGEST_PLACE) {
            let message = "请写明逝者姓名和位置，例如“张德福，松鹤区3排5号”。";
            note("/place".into(), "REQUIRED", message.into());
        } else if !place.is_empty() && !is_text(&place, LONGEST_PLACE) {
            let message = "位置请写短一些，不超过100字。";
            note("/place".into(), "TOO_LONG", message.into());
        }
        let today = time::beijing_date(rt.now());
        let mut companions = Vec::new();
        for (at, one) in request.companions.iter().take(20).enumerate() {
            let field = |name: &str| format!("/companions/{at}/{name}");
            let (name, id_number) = (one.name.trim(), one.id_number.trim());
            if !is_text(name, LONGEST_NAME) {
                note(field("name"), "NAME", "请填写姓名，与身份证件一致。".into());
            }
            let id_number = match (rules.companion_ids, id_number) {
                // Not asked for, not kept.
                (false, _) => String::new(),
                (true, typed) => match CitizenId::parse_on(typed, today) {
                    Ok(id) => id.as_str().to_owned(),
                    Err(error) => {
                        note(field("id_number"), error.reason(), error.message().into());
                        String::new()
                    }
                },
            };
            companions.push(Guest {
                name: name.to_owned(),
                id_number,
            });
        }
        if !wrong.is_empty() {
            return Err(Fault::invalid(wrong));
        }
        Ok(Self {
            kind,
            cars: request.cars,
            body: Body {
                name: caller.name.clone(),
                companions,
                phone: request.phone.trim().to_owned(),
                place,
                note: String::new(),
                photos: Vec::new(),
            },
        })
    }
}

/// A short text that people wrote.
pub(crate) fn is_text(text: &str, longest: usize) -> bool {
    let plain = is_readable(text) && !text.contains(char::is_control);
    plain && (1..=longest).contains(&text.trim().chars().count())
}

fn is_phone(phone: &str) -> bool {
    let phone = phone.trim();
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '+');
    (7..=15).contains(&digits) && phone.len() <= 20 && phone.chars().all(plain)
}
