//! 婚育一件事 (rules D3): what follows a registered marriage.
//!
//! ```text
//! registered ─┬─> marital-status ─> household-move
//!             └─> birth, checkup, housing-fund, cards
//! ```
//! Nothing here touches the marriage: a refused child stays a refused child. Who the other one is
//! the police read from the marriage record; it is not asked for (国令第716号 7).

use super::{HEALTH, HOUSING, POLICE, SOCIAL, ticket};
use crate::one_thing::definition::{
    Act, Definition, Fact, Ground, Starter, Step, Subject, Undo, When,
};

/// The one-thing.
pub(crate) static NEWLYWEDS: Definition = Definition {
    code: "newlyweds",
    version: 1,
    prefix: "HY",
    title: "婚育一件事",
    about: "领了结婚证以后的户口、生育登记、孕前检查、公积金，一张表办完。",
    starter: Starter::Anybody,
    subject: Subject::Applicant,
    place: "/household",
    once: false,
    handed_in: "已经提交。婚姻登记的结果由婚姻登记机关告诉各部门，不用交结婚证复印件；这一页随时看得到办到哪里。",
    void_when: Some(Ground {
        fact: Fact::MarriageVoid,
        words: "婚姻登记已经被撤销或者确认无效",
    }),
    steps: &[
        Step {
            code: "registered",
            title: "结婚登记",
            owner: "婚姻登记机关",
            after: &[],
            when: When::Always,
            act: Act::Fact(Fact::Married),
            undo: Undo::Nothing("只是核实，没有改变什么"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "marital-status",
            title: "户口簿婚姻状况变更",
            owner: "公安机关户籍部门",
            after: &["registered"],
            when: When::Always,
            act: Act::Ticket(ticket(POLICE, "marital-status-change")),
            undo: Undo::Ticket(ticket(POLICE, "marital-status-restoration")),
            pivot: true,
            clock: None,
        },
        Step {
            code: "household-move",
            title: "夫妻投靠户口迁移",
            owner: "公安机关户籍部门",
            after: &["marital-status"],
            when: When::Ticked("/household_move"),
            act: Act::Ticket(ticket(POLICE, "household-move")),
            undo: Undo::Ticket(ticket(POLICE, "household-move-back")),
            pivot: true,
            clock: None,
        },
        Step {
            code: "birth",
            title: "生育登记",
            owner: "卫生健康部门",
            after: &["registered"],
            when: When::Ticked("/birth"),
            act: Act::Ticket(ticket(HEALTH, "birth-registration")),
            undo: Undo::Ticket(ticket(HEALTH, "birth-registration-withdrawal")),
            pivot: false,
            clock: None,
        },
        Step {
            code: "checkup",
            title: "免费孕前优生健康检查预约",
            owner: "卫生健康部门",
            after: &["registered"],
            when: When::Ticked("/checkup"),
            act: Act::Ticket(ticket(HEALTH, "checkup-booking")),
            undo: Undo::Ticket(ticket(HEALTH, "checkup-cancellation")),
            pivot: false,
            clock: None,
        },
        Step {
            code: "housing-fund",
            title: "住房公积金婚姻信息更新",
            owner: "住房公积金管理中心",
            after: &["registered"],
            when: When::Ticked("/housing_fund"),
            act: Act::Ticket(ticket(HOUSING, "marital-status-change")),
            undo: Undo::Ticket(ticket(HOUSING, "marital-status-restoration")),
            pivot: false,
            clock: None,
        },
        Step {
            code: "cards",
            title: "社会保障卡信息更新",
            owner: "人力资源社会保障部门",
            after: &["registered"],
            when: When::Ticked("/card"),
            act: Act::Ticket(ticket(SOCIAL, "marital-status-change")),
            undo: Undo::Ticket(ticket(SOCIAL, "marital-status-restoration")),
            pivot: false,
            clock: None,
        },
    ],
};
