//! 困难群众救助一件事 (rules D4): one application, one check, and everything that follows from the
//! class of the family.
//!
//! ```text
//! apply ─> applied ─> classified ─┬─> edge (refused, with consent)
//!                                 └─> medical, education, housing, employment, disability, utilities
//! ```
//! 一次核查、分类救助、数据共享: the check is made once, by 低保; a department learns the class and
//! from which day it holds, and nothing of incomes or property (社会救助法 42).

use super::{CONSTRUCTION, DISABILITY, EDUCATION, MEDICAL, SOCIAL, UTILITIES, ticket};
use crate::one_thing::definition::{
    Act, Ask, Clock, Definition, Fact, Span, Starter, Step, Subject, Undo, When,
};

/// The one-thing.
pub(crate) static HARDSHIP: Definition = Definition {
    code: "hardship",
    version: 1,
    prefix: "KN",
    title: "困难群众救助一件事",
    about: "家里有困难，不用弄清有哪些政策：申请一次、核对一次，该享受哪几项由各部门来办。",
    starter: Starter::Anybody,
    subject: Subject::Applicant,
    place: "/household",
    once: false,
    handed_in: "已经提交。还没有申请低保的，请接着填低保申请：只核对一次，结果各部门共用。",
    void_when: None,
    steps: &[
        Step {
            code: "apply",
            title: "填写低保申请",
            owner: "您本人",
            after: &[],
            when: When::Is("/application", "not_yet"),
            act: Act::Applicant(Ask {
                words: "家里的情况只填这一次。交了以后回到这里点“已经办好”；不会写的，村（社区）可以代办。",
                link: Some(("/apply/minimum-living", "填写低保申请")),
            }),
            undo: Undo::Nothing("低保申请在它自己的办件里撤回"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "applied",
            title: "低保申请已经收到",
            owner: "乡镇（街道）",
            after: &["apply"],
            when: When::Always,
            act: Act::Fact(Fact::AidApplied),
            undo: Undo::Nothing("低保申请在它自己的办件里撤回"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "classified",
            title: "家庭经济状况核对、确认属于哪一类",
            owner: "乡镇（街道）、县级民政部门",
            after: &["applied"],
            when: When::Always,
            act: Act::Fact(Fact::Classified),
            undo: Undo::Nothing("低保由它自己的办件决定"),
            pivot: false,
            // The case has the exact clock, with its pauses.
            clock: Some(Clock {
                span: Span::WorkingDays(30),
                source: "最低生活保障审核确认办法",
            }),
        },
        Step {
            code: "edge",
            title: "低保边缘家庭认定",
            owner: "县级民政部门",
            after: &["classified"],
            when: When::TickedAndKnown("/next_class", Fact::EdgeFamily),
            act: Act::Officer("用同一次核对的结果认定，不用再申请、不用再交材料。"),
            undo: Undo::Officer("请撤销低保边缘家庭认定。"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "medical",
            title: "资助参保、医疗救助",
            owner: "医疗保障部门",
            after: &["classified", "edge"],
            when: When::TickedAndKnown("/medical", Fact::InNeed),
            act: Act::Ticket(ticket(MEDICAL, "medical-assistance")),
            undo: Undo::Ticket(ticket(MEDICAL, "medical-assistance-withdrawal")),
            pivot: false,
            clock: None,
        },
        Step {
            code: "education",
            title: "学生资助",
            owner: "教育部门",
            after: &["classified", "edge"],
            when: When::TickedAndKnown("/education", Fact::InNeed),
            act: Act::Ticket(ticket(EDUCATION, "student-aid")),
            undo: Undo::Ticket(ticket(EDUCATION, "student-aid-withdrawal")),
            pivot: false,
            clock: None,
        },
        Step {
            code: "housing",
            title: "住房救助（公租房、危房改造）",
            owner: "住房城乡建设部门",
            after: &["classified", "edge"],
            when: When::TickedAndKnown("/housing", Fact::InNeed),
            act: Act::Ticket(ticket(CONSTRUCTION, "housing-aid")),
            undo: Undo::Ticket(ticket(CONSTRUCTION, "housing-aid-withdrawal")),
            pivot: false,
            clock: None,
        },
        Step {
            code: "employment",
            title: "就业援助",
            owner: "人力资源社会保障部门",
            after: &["classified", "edge"],
            when: When::TickedAndKnown("/employment", Fact::InNeed),
            act: Act::Ticket(ticket(SOCIAL, "employment-aid")),
            undo: Undo::Ticket(ticket(SOCIAL, "employment-aid-withdrawal")),
            pivot: false,
            clock: None,
        },
        Step {
            code: "disability",
            title: "残疾人两项补贴",
            owner: "残疾人联合会",
            after: &["classified", "edge"],
            // The care allowance does not depend on the class.
            when: When::Ticked("/disability"),
            act: Act::Ticket(ticket(DISABILITY, "allowances")),
            undo: Undo::Ticket(ticket(DISABILITY, "allowances-withdrawal")),
            pivot: false,
            clock: None,
        },
        Step {
            code: "utilities",
            title: "水、电、气、有线电视费用减免",
            owner: "供水、供电、供气企业",
            after: &["classified", "edge"],
            when: When::TickedAndKnown("/utilities", Fact::InNeed),
            act: Act::Ticket(ticket(UTILITIES, "fee-relief")),
            undo: Undo::Ticket(ticket(UTILITIES, "fee-relief-ending")),
            pivot: false,
            clock: None,
        },
    ],
};
