//! 寻亲返乡一件事: from the day a station knows who somebody is until they have settled down at home.
//!
//! ```text
//! identified ─> returned ─┬─> needs ─> settled
//!                         └─> household ─> medical, disability
//! ```
//! The rescue service does the return, the needs list and the visits as cases of its own (rules
//! R08, R13); here the person's family and the township see all of it under one number, and the
//! departments get to work while the person is still on the way.

use super::{DISABILITY, MEDICAL, POLICE, ticket};
use crate::one_thing::definition::{
    Act, Definition, Fact, Ground, Starter, Step, Subject, Undo, When,
};
use yiwang_chassis::identity::Role;

/// The one-thing.
pub(crate) static HOMECOMING: Definition = Definition {
    code: "homecoming",
    version: 1,
    prefix: "FX",
    title: "寻亲返乡一件事",
    about: "从找到家人到送回家、安顿好：户口、医保、残疾评定、救助和回访，一个编号看到底。",
    starter: Starter::Roles(&[Role::Station]),
    subject: Subject::Other("/id_number"),
    place: "/household",
    once: false,
    handed_in: "已经提交。返乡、需求清单和回访由救助办件自动告知，各部门同时办理。",
    void_when: Some(Ground {
        fact: Fact::Unidentified,
        words: "身份认定已经撤销",
    }),
    steps: &[
        Step {
            code: "identified",
            title: "身份核实",
            owner: "救助管理站",
            after: &[],
            when: When::Always,
            act: Act::Fact(Fact::Identified),
            undo: Undo::Nothing("只是核实，没有改变什么"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "returned",
            title: "返乡交接",
            owner: "救助管理站、户籍地乡镇（街道）",
            after: &["identified"],
            when: When::Always,
            act: Act::Fact(Fact::Returned),
            undo: Undo::Nothing("由救助管理站重新安排"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "household",
            title: "恢复户口、补领居民身份证",
            owner: "公安机关户籍部门",
            // The paper is there when the person arrives.
            after: &["identified"],
            when: When::Ticked("/household_lost"),
            act: Act::Ticket(ticket(POLICE, "household-recovery")),
            undo: Undo::Ticket(ticket(POLICE, "household-recovery-withdrawal")),
            pivot: false,
            clock: None,
        },
        Step {
            code: "medical",
            title: "参加城乡居民基本医疗保险",
            owner: "医疗保障部门",
            after: &["identified", "household"],
            when: When::Ticked("/medical"),
            act: Act::Ticket(ticket(MEDICAL, "enrolment")),
            undo: Undo::Ticket(ticket(MEDICAL, "enrolment-withdrawal")),
            pivot: false,
            clock: None,
        },
        Step {
            code: "disability",
            title: "残疾评定、残疾人证",
            owner: "残疾人联合会",
            after: &["returned", "household"],
            when: When::Ticked("/disability"),
            act: Act::Ticket(ticket(DISABILITY, "assessment")),
            undo: Undo::Ticket(ticket(DISABILITY, "assessment-withdrawal")),
            pivot: false,
            clock: None,
        },
        Step {
            code: "needs",
            title: "上门了解、列出需求清单",
            owner: "户籍地乡镇（街道）",
            after: &["returned"],
            when: When::Always,
            act: Act::Fact(Fact::NeedsListed),
            undo: Undo::Nothing("由乡镇（街道）结束帮扶"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "assistance",
            title: "低保、特困供养或者临时救助",
            owner: "户籍地乡镇（街道）",
            after: &["needs"],
            when: When::Ticked("/assistance"),
            act: Act::Officer("乡镇（街道）正在帮助申请救助。"),
            undo: Undo::Officer("请核对已经给予的救助。"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "settled",
            title: "回访、生活稳固",
            owner: "户籍地乡镇（街道）",
            after: &["needs"],
            when: When::Always,
            act: Act::Fact(Fact::Settled),
            undo: Undo::Nothing("由乡镇（街道）结束帮扶"),
            pivot: false,
            clock: None,
        },
    ],
};
