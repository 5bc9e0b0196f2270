//! Who comes with an appointment: read and checked, every mistake at its field.

use jiff::civil::Date;
use yiwang_casework::{Runtime, form::is_readable};
use yiwang_chassis::{
    fault::{Fault, FieldViolation},
    identity::Caller,
};
use yiwang_civic::{citizen_id::CitizenId, identity_document::IdentityDocument, time};
use yiwang_proto::marriage::v1 as pb;

use super::{
    Kind, Room,
    store::Hall,
    view::{Body, Visitor},
};
use crate::{document, domain::party::Residence};

/// Longest name, in characters.
const LONGEST_NAME: usize = 50;

/// Who comes, and their person keys in the same order.
#[derive(Debug)]
pub(super) struct Party {
    pub(super) body: Body,
    pub(super) keys: Vec<String>,
    /// Where each belongs, by the document.
    residences: Vec<Residence>,
}

impl Party {
    /// Nobody comes in vain: not every hall registers those who are not of the mainland
    /// (rules A3.8).
    pub(super) fn may_come_to(&self, hall: &Hall, room: Room) -> Result<(), Fault> {
        if room == Room::Counselling {
            return Ok(());
        }
        let may = |one: &Residence| hall.competence.iter().any(|code| code == one.code());
        match self.residences.iter().position(|one| !may(one)) {
            None => Ok(()),
            Some(at) => {
                let message = format!(
                    "{}不办理涉外、涉港澳台居民和华侨的婚姻登记，请选能办理的登记处。",
                    hall.name
                );
                let field = format!("/visitors/{at}/document");
                Err(Fault::invalid_field(field, "NO_COMPETENCE", message))
            }
        }
    }

    /// Reads the people of a request; the first one is the caller.
    pub(super) fn read(
        rt: &Runtime,
        caller: &Caller,
        request: &pb::BookRequest,
    ) -> Result<Self, Fault> {
        let Some(own) = &caller.person else {
            let message = "您的账号没有登记身份证号，请用实名账号预约，或者直接到现场办理。";
            return Err(Fault::precondition("NO_PERSON", message));
        };
        let mut wrong = Vec::new();
        let mut note = |field: String, reason: &'static str, message: &str| {
            wrong.push(FieldViolation::new(field, reason, message));
        };
        let kind = Kind::from_code(&request.kind);
        if kind.is_none() {
            note("/kind".to_owned(), "NOT_OFFERED", "请选择要办什么。");
        }
        let count = request.visitors.len();
        if kind.is_some_and(|kind| !kind.visitors().contains(&count)) {
            let message = "结婚、离婚请填写两个人，补领证件只填本人，辅导一个人或者两个人都可以。";
            note("/visitors".to_owned(), "WRONG_COUNT", message);
        }
        if !is_phone(&request.phone) {
            let message = "请填写联系电话，例如13800001234。";
            note("/phone".to_owned(), "PHONE", message);
        }
        let today = time::beijing_date(rt.now());
        let (mut visitors, mut keys, mut residences) = (Vec::new(), Vec::new(), Vec::new());
        let mut unread = Vec::new();
        for (at, visitor) in request.visitors.iter().take(2).enumerate() {
            let field = |name: &str| format!("/visitors/{at}/{name}");
            if !is_name(&visitor.name) {
                note(field("name"), "NAME", "请填写姓名，与身份证件一致。");
            }
            match document_of(visitor, at, today) {
                Err(violation) => unread.push(violation),
                Ok(id) => {
                    let key = rt.keyer.document_key(&id).as_str().to_owned();
                    if at == 0 && key != *own {
                        let message = "第一位是您本人，身份证号要与您的实名账号一致。";
                        note(field("id_number"), "NOT_APPLICANT", message);
                    } else if keys.contains(&key) {
                        let message = "两个人的身份证件一样，请核对。";
                        note(field("id_number"), "SAME_PERSON", message);
                    }
                    keys.push(key);
                    visitors.push(Visitor {
                        name: visitor.name.trim().to_owned(),
                        id_number: id.number().to_owned(),
                        document: id.kind().code().to_owned(),
                        country: id.country().code().to_owned(),
                    });
                    residences.push(Residence::of(&id));
                }
            }
        }
        wrong.extend(unread);
        if !wrong.is_empty() {
            return Err(Fault::invalid(wrong));
        }
        let phone = request.phone.trim().to_owned();
        Ok(Self {
            body: Body { visitors, phone },
            keys,
            residences,
        })
    }
}

/// The document of the visitor at `at`; nobody with an ID number is born after today.
fn document_of(
    visitor: &pb::Visitor,
    at: usize,
    today: Date,
) -> Result<IdentityDocument, FieldViolation> {
    let at = format!("/visitors/{at}");
    let fields = [&*visitor.document, &*visitor.country, &*visitor.id_number];
    let document = document::read(fields, &at)?;
    if document.citizen().is_some() {
        CitizenId::parse_on(document.number(), today).map_err(|error| {
            FieldViolation::new(format!("{at}/id_number"), error.reason(), error.message())
        })?;
    }
    Ok(document)
}

fn is_name(name: &str) -> bool {
    let name = name.trim();
    let plain = is_readable(name) && !name.contains(char::is_control);
    plain && (1..=LONGEST_NAME).contains(&name.chars().count())
}

pub(super) fn is_phone(phone: &str) -> bool {
    let phone = phone.trim();
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '+');
    (7..=15).contains(&digits) && phone.len() <= 20 && phone.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_phones() {
        for good in ["张三", "阿依古丽·买买提", " 欧阳 修 "] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "  ", "张\n三", "张\u{202e}三", &"长".repeat(51)] {
            assert!(!is_name(bad), "{bad:?}");
        }
        for good in ["13800001234", "0715-8325000", " +86 138 0000 1234 "] {
            assert!(is_phone(good), "{good}");
        }
        for bad in ["", "没有", "12345", "1380000123400000000", "138<b>00001234"] {
            assert!(!is_phone(bad), "{bad}");
        }
    }
}
