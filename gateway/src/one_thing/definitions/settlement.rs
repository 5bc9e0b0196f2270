//! 落户安置一件事 (rules D7, R10): what somebody gets whom nobody could identify, from the day of the
//! temporary household.
//!
//! ```text
//! housed ─┬─> card ─> medical
//!         ├─> disability, support, guardian
//! ```
//! The police have registered the household in the case of the settlement itself (R10), so nothing
//! here does. When the true identity is found, everything goes back to the right name.

use super::{DISABILITY, MEDICAL, POLICE, ticket};
use crate::one_thing::definition::{
    Act, Clock, Definition, Fact, Ground, Span, Starter, Step, Subject, Undo, When,
};
use yiwang_chassis::identity::Role;

/// The one-thing.
pub(crate) static SETTLEMENT: Definition = Definition {
    code: "settlement",
    version: 1,
    prefix: "LA",
    title: "滞留人员落户安置一件事",
    about: "落户以后的身份证、医保、残疾评定、特困供养和监护，一个编号看到底。",
    starter: Starter::Roles(&[Role::Station, Role::CountyOfficer]),
    subject: Subject::Other("/id_number"),
    place: "/household",
    once: false,
    handed_in: "已经提交。落户由落户安置办件自动告知，落户以后各部门同时办理。",
    void_when: Some(Ground {
        fact: Fact::HouseholdCancelled,
        words: "已经查明真实身份，临时户口已经注销",
    }),
    steps: &[
        Step {
            code: "housed",
            title: "公安机关落户",
            owner: "救助管理站、公安机关户籍部门",
            after: &[],
            when: When::Always,
            act: Act::Fact(Fact::Housed),
            undo: Undo::Nothing("由落户安置办件注销临时户口"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "card",
            title: "申领居民身份证",
            owner: "公安机关户籍部门",
            after: &["housed"],
            when: When::Always,
            act: Act::Ticket(ticket(POLICE, "identity-card")),
            undo: Undo::Ticket(ticket(POLICE, "identity-card-cancellation")),
            pivot: false,
            clock: Some(Clock {
                span: Span::Days(60),
                source: "居民身份证法 12",
            }),
        },
        Step {
            code: "medical",
            title: "参加城乡居民基本医疗保险",
            owner: "医疗保障部门",
            after: &["card"],
            when: When::Always,
            act: Act::Ticket(ticket(MEDICAL, "enrolment")),
            undo: Undo::Ticket(ticket(MEDICAL, "enrolment-withdrawal")),
            pivot: false,
            clock: None,
        },
        Step {
            code: "disability",
            title: "残疾评定、残疾人证",
            owner: "残疾人联合会",
            after: &["housed"],
            when: When::Ticked("/disability"),
            act: Act::Ticket(ticket(DISABILITY, "assessment")),
            undo: Undo::Ticket(ticket(DISABILITY, "assessment-withdrawal")),
            pivot: false,
            clock: None,
        },
        Step {
            code: "support",
            title: "特困人员救助供养",
            owner: "落户地乡镇（街道）、县级民政部门",
            after: &["housed"],
            when: When::Ticked("/support"),
            // Granted in its own case, whose event tells it.
            act: Act::Fact(Fact::OnBenefit),
            undo: Undo::Nothing("由民政部门按真实身份重新认定"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "guardian",
            title: "落实监护人、照料人",
            owner: "县级民政部门",
            after: &["housed"],
            when: When::Ticked("/guardian"),
            act: Act::Officer("请确定监护人或者照料服务机构，签好协议。"),
            undo: Undo::Officer("请把监护、照料交接给真实身份的监护人或者家人。"),
            pivot: false,
            clock: None,
        },
    ],
};
